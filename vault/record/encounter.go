package record

// KindEncounter is the kind of [Encounter].
const KindEncounter Kind = "Encounter"

// Encounter is a visit or stay (FHIR Encounter, C-CDA Encounter Activity).
type Encounter struct {
	Status          string    `json:"status,omitempty"` // planned, arrived, triaged, in-progress, onleave, finished, cancelled, entered-in-error, unknown
	Class           Concept   `json:"class,omitzero"`
	Type            []Concept `json:"type,omitempty"`
	ServiceType     Concept   `json:"serviceType,omitzero"`
	Period          When      `json:"period,omitzero"`
	Reason          []Concept `json:"reason,omitempty"`
	Diagnosis       []string  `json:"diagnosis,omitempty"`
	Participant     []string  `json:"participant,omitempty"`
	Location        []string  `json:"location,omitempty"`
	ServiceProvider string    `json:"serviceProvider,omitempty"`
	Admission       string    `json:"admission,omitempty"`
	Discharge       string    `json:"discharge,omitempty"`
	Note            []string  `json:"note,omitempty"`
	Text            Narrative `json:"text,omitempty"` // the source's own formatted text of the whole entry
}

// Kind implements [Resource].
func (*Encounter) Kind() Kind { return KindEncounter }

var encounterStanding = map[string]Standing{
	"finished": Current, "completed": Current, "in-progress": Current, "arrived": Current, "triaged": Current, "onleave": Current, "active": Current, "discharged": Current,
	"planned": Intended, "intended": Intended, "cancelled": NotSo, "aborted": NotSo,
	"entered-in-error": InError, "nullified": InError, "unknown": Uncertain,
}

// Summary implements [Resource].
func (e *Encounter) Summary() Summary {
	s := Summary{Title: joinConcepts(e.Type), When: e.Period, Status: e.Status, Standing: statusMeaning(e.Status, encounterStanding)}
	for _, t := range e.Type {
		s.Codes = append(s.Codes, t.Coding...)
	}
	if s.Title == "" {
		s.Title = e.ServiceType.String()
	}
	if s.Title == "" {
		s.Title = e.Class.Words()
	}
	if s.Title == "" {
		s.Title = "Visit"
	}
	s.Value = joinConcepts(e.Reason)
	return s
}

// Details implements [Resource].
func (e *Encounter) Details() []Detail {
	var r rows
	r.add("Visit", joinConcepts(e.Type))
	r.add("Setting", e.Class.String())
	r.add("Service", e.ServiceType.String())
	r.add("Status", e.Status)
	r.when("Date", e.Period)
	r.add("Because of", joinConcepts(e.Reason))
	r.all("Diagnosis", e.Diagnosis)
	r.all("Seen by", e.Participant)
	r.all("Location", e.Location)
	r.add("Organisation", e.ServiceProvider)
	r.add("Admission", e.Admission)
	r.add("Discharge", e.Discharge)
	r.add("Text", e.Text.Plain())
	r.all("Note", e.Note)
	for _, t := range e.Type {
		codeRows(&r, t)
	}
	return r
}

// Validate implements [Resource].
func (e *Encounter) Validate() []Issue {
	if e.Period.Empty() {
		return []Issue{{Information, "period", "the visit has no date in the source"}}
	}
	return nil
}

func (*Encounter) sealed() {}
