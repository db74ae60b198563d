package record

import "strings"

// KindObservation is the kind of [Observation].
const KindObservation Kind = "Observation"

// Categories of observations, by the codes of [CategorySystem].
const (
	Laboratory    = "laboratory"
	VitalSigns    = "vital-signs"
	SocialHistory = "social-history"
)

// Observation is a result, reading or finding (FHIR Observation, C-CDA Result
// and Vital Sign Observation).
type Observation struct {
	Status           string           `json:"status,omitempty"` // registered, preliminary, final, amended, corrected, cancelled, entered-in-error, unknown
	Category         []Concept        `json:"category,omitempty"`
	Code             Concept          `json:"code,omitzero"`
	Effective        When             `json:"effective,omitzero"` // clinically relevant time
	Issued           Date             `json:"issued,omitempty"`   // when it was released; never stands in for Effective
	Value            Value            `json:"value,omitzero"`
	DataAbsentReason Concept          `json:"dataAbsentReason,omitzero"`
	Interpretation   []Concept        `json:"interpretation,omitempty"` // the sender's flag; we compute none
	ReferenceRange   []ReferenceRange `json:"referenceRange,omitempty"`
	Component        []Component      `json:"component,omitempty"`
	HasMember        []Reference      `json:"hasMember,omitempty"`
	DerivedFrom      []Reference      `json:"derivedFrom,omitempty"`
	Panel            Reference        `json:"panel,omitzero"`  // the group it was reported in (CDA organizer)
	Focus            []string         `json:"focus,omitempty"` // present: about someone or something else (fetus, donor)
	BodySite         Concept          `json:"bodySite,omitzero"`
	Method           Concept          `json:"method,omitzero"`
	Specimen         string           `json:"specimen,omitempty"`
	Device           string           `json:"device,omitempty"`
	Performer        []string         `json:"performer,omitempty"`
	Encounter        Reference        `json:"encounter,omitzero"`
	Note             []string         `json:"note,omitempty"`
	Text             Narrative        `json:"text,omitempty"`   // the source's own formatted text of the whole entry
	Absent           bool             `json:"absent,omitempty"` // CDA negationInd: the finding was NOT observed
}

// Component is one part of an observation that belongs together: systolic and
// diastolic pressure, the answers of a questionnaire.
type Component struct {
	Code             Concept          `json:"code,omitzero"`
	Value            Value            `json:"value,omitzero"`
	DataAbsentReason Concept          `json:"dataAbsentReason,omitzero"`
	Interpretation   []Concept        `json:"interpretation,omitempty"`
	ReferenceRange   []ReferenceRange `json:"referenceRange,omitempty"`
}

// String is the component's value, else the reason there is none.
func (c Component) String() string {
	return valueOrReason(c.Value, c.DataAbsentReason)
}

func valueOrReason(v Value, absent Concept) string {
	if !v.Empty() {
		return v.String()
	}
	if w := absent.String(); w != "" {
		return "no value: " + w
	}
	return ""
}

// Kind implements [Resource].
func (*Observation) Kind() Kind { return KindObservation }

var observationStanding = map[string]Standing{
	"final": Current, "amended": Current, "corrected": Current, "preliminary": Current, "completed": Current, "active": Current, "partial": Current, "appended": Current,
	"registered": Intended, "cancelled": NotSo, "aborted": NotSo, "entered-in-error": InError, "nullified": InError,
	"unknown": Uncertain,
}

// In says whether the observation is of a category ([Laboratory], …).
func (o *Observation) In(category string) bool {
	for _, c := range o.Category {
		for _, k := range c.Coding {
			if k.Code == category {
				return true
			}
		}
	}
	return false
}

// Summary implements [Resource].
func (o *Observation) Summary() Summary {
	s := Summary{
		Title: o.Code.String(), When: o.Effective, Codes: o.Code.Coding, Status: o.Status,
		Standing: statusMeaning(o.Status, observationStanding),
		Value:    o.Value.Number(), Unit: o.Value.Unit(),
		Range: joinRanges(o.ReferenceRange), Interpretation: joinConcepts(o.Interpretation),
	}
	if len(o.Category) > 0 {
		c := o.Category[0]
		if s.Category = c.String(); len(c.Coding) > 0 && c.Coding[0].Code != "" {
			s.Category = c.Coding[0].Code
		}
	}
	if s.Title == "" {
		s.Title = "Result that the source does not name"
	}
	if s.Value == "" {
		s.Value, s.Unit = o.componentLine()
	}
	if s.Value == "" {
		s.Value = valueOrReason(Value{}, o.DataAbsentReason)
	}
	if o.Absent {
		s.Title = "Not observed: " + s.Title
		if s.Standing != InError {
			s.Standing = NotSo
		}
	}
	if len(o.Focus) > 0 {
		s.Title += " (about " + strings.Join(o.Focus, ", ") + ", not the patient)"
		if s.Standing != InError {
			s.Standing = NotSo
		}
	}
	return s
}

// BloodPressure gives the parts of a blood pressure reading by their LOINC
// codes 8480-6 and 8462-4; ok is false when either is not there.
func (o *Observation) BloodPressure() (systolic, diastolic Quantity, ok bool) {
	for _, c := range o.Component {
		switch {
		case c.Code.Has(LOINC, "8480-6"):
			systolic = c.Value.Quantity
		case c.Code.Has(LOINC, "8462-4"):
			diastolic = c.Value.Quantity
		}
	}
	return systolic, diastolic, !systolic.Empty() && !diastolic.Empty()
}

func (o *Observation) componentLine() (value, unit string) {
	if sys, dia, ok := o.BloodPressure(); ok && sys.UnitWords() == dia.UnitWords() {
		return sys.Number() + "/" + dia.Number(), sys.UnitWords()
	}
	var parts []string
	for _, c := range o.Component {
		if w := c.String(); w != "" {
			parts = append(parts, c.Code.String()+" "+w)
		}
	}
	return strings.Join(parts, "; "), ""
}

// categoryNames are the codes of [CategorySystem] for people, where the source
// gives the code alone.
var categoryNames = map[string]string{
	Laboratory: "laboratory", VitalSigns: "vital signs", SocialHistory: "social history", "imaging": "imaging", "procedure": "procedure",
	"survey": "questionnaire", "exam": "examination", "therapy": "therapy", "activity": "activity",
}

func (o *Observation) categoryWords() string {
	var words []string
	for _, c := range o.Category {
		w := c.Words()
		if w == "" && len(c.Coding) > 0 {
			w = categoryNames[c.Coding[0].Code]
		}
		if w == "" {
			w = c.String()
		}
		words = append(words, w)
	}
	return joinStatus(words...)
}

// Details implements [Resource].
func (o *Observation) Details() []Detail {
	var r rows
	if o.Absent {
		r.add("Statement", "the source says that this was NOT observed")
	}
	if len(o.Focus) > 0 {
		r.add("About", strings.Join(o.Focus, ", ")+" (not the patient)")
	}
	r.add("Test", o.Code.String())
	r.add("Value", o.Value.String())
	r.add("No value because", o.DataAbsentReason.String())
	for _, c := range o.Component {
		r.stated(c.Code.String(), joinStatus(c.String(), joinConcepts(c.Interpretation), joinRanges(c.ReferenceRange)))
	}
	r.add("Flag from the source", joinConcepts(o.Interpretation))
	for _, rr := range o.ReferenceRange {
		r.add("Reference range", rr.String())
	}
	r.add("Status", o.Status)
	r.add("Category", o.categoryWords())
	r.when("Date", o.Effective)
	if o.Effective.Empty() {
		r.add("Date", "date unknown")
	}
	r.when("Released", o.Issued)
	r.add("Reported in", o.Panel.Display)
	r.add("Body site", o.BodySite.String())
	r.add("Method", o.Method.String())
	r.add("Specimen", o.Specimen)
	r.add("Device", o.Device)
	r.all("Performed by", o.Performer)
	r.add("Text", o.Text.Plain())
	r.all("Note", o.Note)
	codeRows(&r, o.Code)
	return r
}

// Validate implements [Resource].
func (o *Observation) Validate() []Issue {
	var issues []Issue
	if o.Code.Empty() {
		issues = append(issues, Issue{Warning, "code", "the result has no name and no code"})
	}
	if !o.Value.Empty() && !o.DataAbsentReason.Empty() {
		issues = append(issues, Issue{Warning, "dataAbsentReason", "has both a value and a reason for having none (FHIR obs-6)"})
	}
	if o.Status == "" {
		issues = append(issues, Issue{Information, "status", "the source states no status"})
	}
	return issues
}

func (*Observation) sealed() {}
