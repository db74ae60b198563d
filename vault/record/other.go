package record

// KindOther is the kind of [Other].
const KindOther Kind = "Other"

// Other is a clinical entry of a type that has no struct of its own: consents,
// alerts, questionnaires, orders, functional status, … It is shown by its rows;
// its verbatim text stands in the original.
type Other struct {
	ResourceType string      `json:"resourceType,omitempty"` // the source's own name of the type
	Title        string      `json:"title,omitempty"`
	Code         Concept     `json:"code,omitzero"`
	Status       string      `json:"status,omitempty"`
	Intent       string      `json:"intent,omitempty"`
	DoNotPerform bool        `json:"doNotPerform,omitempty"`
	Absent       bool        `json:"absent,omitempty"` // negated in the source
	When         When        `json:"when,omitzero"`
	Text         Narrative   `json:"text,omitempty"`
	Row          []Row       `json:"row,omitempty"` // what could be read, in the source's order
	Reference    []Reference `json:"reference,omitempty"`
}

// Kind implements [Resource].
func (*Other) Kind() Kind { return KindOther }

// otherStanding names only what must not pass for current; for anything else
// the status is shown as it is and the standing left open.
var otherStanding = map[string]Standing{
	"active": Current, "completed": Current, "final": Current, "amended": Current,
	"inactive": Past, "superseded": Past, "stopped": Past, "on-hold": Past,
	"draft": Intended, "proposed": Intended, "preliminary": Intended,
	"revoked": NotSo, "cancelled": NotSo, "rejected": NotSo, "not-done": NotSo, "aborted": NotSo,
	"entered-in-error": InError, "nullified": InError, "unknown": Uncertain,
}

// Summary implements [Resource].
func (o *Other) Summary() Summary {
	s := Summary{Title: o.Title, When: o.When, Codes: o.Code.Coding, Status: o.Status, Standing: statusMeaning(o.Status, otherStanding)}
	if s.Title == "" {
		s.Title = o.Code.String()
	}
	if s.Title == "" {
		s.Title = "Entry without a title"
	}
	switch {
	case o.Contact():
		s.Value = o.Of("Telephone")
	case o.Question():
		s.Value = o.Of("Answer")
	}
	switch {
	case s.Standing == InError:
	case o.DoNotPerform:
		s.Title, s.Standing = "Do NOT: "+s.Title, NotSo
	case o.Absent:
		s.Title, s.Standing = "Not so: "+s.Title, NotSo
	case s.Standing == Current && o.Status != "completed" && wished[o.Intent]:
		s.Standing = Intended
	}
	return s
}

// wished are the request intents (FHIR request-intent) under which nothing has
// happened yet. A directive is none: "do not resuscitate" holds as it stands.
var wished = map[string]bool{
	"proposal": true, "plan": true, "option": true,
	"order": true, "original-order": true, "reflex-order": true, "filler-order": true, "instance-order": true,
}

// Details implements [Resource].
func (o *Other) Details() []Detail {
	var r rows
	r.add("Entry", o.Code.String())
	r.add("Status", o.Status)
	r.add("Intent", o.Intent)
	r.when("Date", o.When)
	for _, row := range o.Row {
		r.stated(row.Label, row.Value)
	}
	for _, ref := range o.Reference {
		r.add("Refers to", ref.Display)
	}
	r.add("Text", o.Text.Plain())
	r.add("Type in the source", o.ResourceType)
	codeRows(&r, o.Code)
	return r
}

// Validate implements [Resource].
func (*Other) Validate() []Issue { return nil }

func (*Other) sealed() {}
