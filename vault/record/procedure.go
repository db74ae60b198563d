package record

// KindProcedure is the kind of [Procedure].
const KindProcedure Kind = "Procedure"

// Procedure is something done to or for the patient (FHIR Procedure, C-CDA
// Procedure Activity Procedure, Observation and Act).
type Procedure struct {
	Status       string    `json:"status,omitempty"` // preparation, in-progress, not-done, on-hold, stopped, completed, entered-in-error, unknown
	StatusReason Concept   `json:"statusReason,omitzero"`
	Category     Concept   `json:"category,omitzero"`
	Code         Concept   `json:"code,omitzero"`
	Performed    When      `json:"performed,omitzero"`
	Recorder     string    `json:"recorder,omitempty"`
	Performer    []string  `json:"performer,omitempty"`
	Location     string    `json:"location,omitempty"`
	Reason       []Concept `json:"reason,omitempty"`
	BodySite     []Concept `json:"bodySite,omitempty"`
	Outcome      Concept   `json:"outcome,omitzero"`
	Value        Value     `json:"value,omitzero"` // C-CDA procedure observations may carry one
	Complication []Concept `json:"complication,omitempty"`
	FollowUp     []Concept `json:"followUp,omitempty"`
	Device       []string  `json:"device,omitempty"`
	Encounter    Reference `json:"encounter,omitzero"`
	Note         []string  `json:"note,omitempty"`
	Text         Narrative `json:"text,omitempty"`   // the source's own formatted text of the whole entry
	Absent       bool      `json:"absent,omitempty"` // CDA negationInd: NOT done
}

// Kind implements [Resource].
func (*Procedure) Kind() Kind { return KindProcedure }

// procedureStanding: a completed procedure is a fact of the history, so it is
// current in the sense of "holds".
var procedureStanding = map[string]Standing{
	"completed": Current, "in-progress": Current, "active": Current,
	"preparation": Intended, "on-hold": Intended, "intended": Intended, "new": Intended, "held": Intended,
	"not-done": NotSo, "cancelled": NotSo, "stopped": Past, "aborted": Past,
	"entered-in-error": InError, "nullified": InError, "unknown": Uncertain,
}

// Summary implements [Resource].
func (p *Procedure) Summary() Summary {
	s := Summary{Title: p.Code.String(), When: p.Performed, Codes: p.Code.Coding, Status: p.Status, Standing: statusMeaning(p.Status, procedureStanding), Value: p.Value.Number(), Unit: p.Value.Unit()}
	switch {
	case s.Title == "" && len(p.Device) > 0:
		s.Title = "Procedure with " + p.Device[0]
	case s.Title == "":
		s.Title = "Procedure that the source does not name"
	}
	switch {
	case p.Absent && s.Standing != InError:
		s.Standing = NotSo
	case s.Standing == Current && p.Code.noInformation():
		s.Standing = Uncertain
	}
	if s.Standing == NotSo {
		s.Title = "Not done: " + s.Title
	}
	return s
}

// Details implements [Resource].
func (p *Procedure) Details() []Detail {
	var r rows
	if p.Absent || p.Status == "not-done" {
		r.add("Statement", "the source says that this was NOT done")
	}
	r.add("Procedure", p.Code.String())
	r.add("Status", p.Status)
	r.add("Reason for the status", p.StatusReason.String())
	r.when("Date", p.Performed)
	r.add("Category", p.Category.String())
	r.add("Body site", joinConcepts(p.BodySite))
	r.add("Because of", joinConcepts(p.Reason))
	r.add("Value", p.Value.String())
	r.add("Outcome", p.Outcome.String())
	r.add("Complication", joinConcepts(p.Complication))
	r.add("Follow-up", joinConcepts(p.FollowUp))
	r.all("Device", p.Device)
	r.all("Performed by", p.Performer)
	r.add("Recorded by", p.Recorder)
	r.add("Location", p.Location)
	r.add("Text", p.Text.Plain())
	r.all("Note", p.Note)
	codeRows(&r, p.Code)
	return r
}

// Validate implements [Resource].
func (p *Procedure) Validate() []Issue {
	var issues []Issue
	if p.Code.Empty() {
		issues = append(issues, Issue{Warning, "code", "the procedure has no name and no code"})
	}
	if p.Status == "" {
		issues = append(issues, Issue{Information, "status", "the source does not say whether it was done"})
	}
	return issues
}

func (*Procedure) sealed() {}
