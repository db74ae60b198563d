package record

// The kinds of [CarePlan] and [Goal].
const (
	KindCarePlan Kind = "CarePlan"
	KindGoal     Kind = "Goal"
)

// CarePlan is what is planned for the patient (FHIR CarePlan, C-CDA Plan of
// Treatment entries).
type CarePlan struct {
	Status      string     `json:"status,omitempty"` // draft, active, on-hold, revoked, completed, entered-in-error, unknown
	Intent      string     `json:"intent,omitempty"` // proposal, plan, order, option
	Title       string     `json:"title,omitempty"`
	Category    []Concept  `json:"category,omitempty"`
	Description string     `json:"description,omitempty"`
	Period      When       `json:"period,omitzero"`
	Author      string     `json:"author,omitempty"`
	Activity    []Activity `json:"activity,omitempty"`
	Text        Narrative  `json:"text,omitempty"`
	Note        []string   `json:"note,omitempty"`
}

// Activity is one thing planned.
type Activity struct {
	Code         Concept `json:"code,omitzero"`
	Kind         string  `json:"kind,omitempty"` // what sort: medication, procedure, observation, encounter, …
	Status       string  `json:"status,omitempty"`
	When         When    `json:"when,omitzero"`
	Description  string  `json:"description,omitempty"`
	DoNotPerform bool    `json:"doNotPerform,omitempty"`
}

// String is the activity in one line.
func (a Activity) String() string {
	s := joinStatus(a.Code.String(), a.Description)
	if a.DoNotPerform {
		s = "do NOT: " + s
	}
	return joinStatus(s, a.When.Human(), a.Status)
}

// Kind implements [Resource].
func (*CarePlan) Kind() Kind { return KindCarePlan }

var planStanding = map[string]Standing{
	"active": Current, "completed": Past, "revoked": NotSo, "cancelled": NotSo, "rejected": NotSo, "on-hold": Past,
	"draft": Intended, "proposed": Intended, "planned": Intended, "accepted": Current, "new": Intended,
	"entered-in-error": InError, "nullified": InError, "aborted": NotSo, "unknown": Uncertain,
}

// Summary implements [Resource].
func (c *CarePlan) Summary() Summary {
	s := Summary{Title: c.Title, When: c.Period, Status: c.Status, Standing: statusMeaning(c.Status, planStanding)}
	for _, k := range c.Category {
		s.Codes = append(s.Codes, k.Coding...)
	}
	for _, title := range []string{joinConcepts(c.Category), c.Description, c.firstActivity()} {
		if s.Title == "" {
			s.Title = title
		}
	}
	if s.Title == "" {
		s.Title = "Care plan without a title"
	}
	if s.Standing == Current && (c.Intent == "proposal" || c.Intent == "option") {
		s.Standing = Intended
	}
	return s
}

func (c *CarePlan) firstActivity() string {
	for _, a := range c.Activity {
		if statusMeaning(a.Status, planStanding) != InError {
			return a.Code.String()
		}
	}
	return ""
}

// Details implements [Resource].
func (c *CarePlan) Details() []Detail {
	var r rows
	r.add("Plan", c.Title)
	r.add("Category", joinConcepts(c.Category))
	r.add("Status", c.Status)
	r.add("Intent", c.Intent)
	r.add("Description", c.Description)
	r.when("Period", c.Period)
	for _, a := range c.Activity {
		if statusMeaning(a.Status, planStanding) != InError {
			r.add("Activity", a.String())
		}
	}
	r.add("Author", c.Author)
	r.add("Text", c.Text.Plain())
	r.all("Note", c.Note)
	return r
}

// Validate implements [Resource].
func (*CarePlan) Validate() []Issue { return nil }

func (*CarePlan) sealed() {}

// Goal is what the patient and their carers want to reach (FHIR Goal).
type Goal struct {
	LifecycleStatus string    `json:"lifecycleStatus,omitempty"` // proposed, planned, accepted, active, on-hold, completed, cancelled, entered-in-error, rejected
	Achievement     Concept   `json:"achievement,omitzero"`
	Description     Concept   `json:"description,omitzero"`
	Start           When      `json:"start,omitzero"`
	Target          []string  `json:"target,omitempty"`
	ExpressedBy     string    `json:"expressedBy,omitempty"`
	Note            []string  `json:"note,omitempty"`
	Text            Narrative `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// Kind implements [Resource].
func (*Goal) Kind() Kind { return KindGoal }

// Summary implements [Resource].
func (g *Goal) Summary() Summary {
	s := Summary{Title: g.Description.String(), When: g.Start, Codes: g.Description.Coding, Status: joinStatus(g.LifecycleStatus, g.Achievement.String()), Standing: statusMeaning(g.LifecycleStatus, planStanding)}
	if s.Title == "" {
		s.Title = "Goal without a description"
	}
	return s
}

// Details implements [Resource].
func (g *Goal) Details() []Detail {
	var r rows
	r.add("Goal", g.Description.String())
	r.add("Status", g.LifecycleStatus)
	r.add("Achievement", g.Achievement.String())
	r.when("Start", g.Start)
	r.all("Target", g.Target)
	r.add("Expressed by", g.ExpressedBy)
	r.add("Text", g.Text.Plain())
	r.all("Note", g.Note)
	codeRows(&r, g.Description)
	return r
}

// Validate implements [Resource].
func (*Goal) Validate() []Issue { return nil }

func (*Goal) sealed() {}
