package record

import "time"

// Record is one clinical fact in a vault.
type Record struct {
	ID         ID           `json:"id"`
	Person     ID           `json:"person"` // ID of the person's first Patient record; a format puts the source's own reference here
	Resource   Resource     `json:"-"`
	Provenance []Provenance `json:"provenance,omitempty"`
	Overlay    *Overlay     `json:"overlay,omitempty"`
	Recorded   time.Time    `json:"recorded,omitzero"` // when it was filed in this vault, UTC

	// Held names what the record carries that could change its meaning and that
	// we do not understand (FHIR modifierExtension, implicitRules). A held
	// record is shown as such and never counts as current.
	Held []string `json:"held,omitempty"`

	// Superseded says that a later statement of the same fact took this one's
	// place; nil for a record that stands. The import pipeline sets it, and
	// clinic/entry for the earlier versions of the patient's own entries.
	Superseded *Superseded `json:"superseded,omitempty"`

	// Entered says how the patient made this version of an entry of their own;
	// nil for what a file states.
	Entered *Entered `json:"entered,omitempty"`
}

// Resource is the content of a record. The implementations are the structs of
// this package, one file each, listed in [Kinds]; nobody else can add one.
type Resource interface {
	// Kind names the FHIR R4 resource type (DICOM studies are ImagingStudy).
	Kind() Kind
	// Summary is all that lists, sorting and the index need.
	Summary() Summary
	// Details is all that the generic detail view, the command line, PDF and
	// HTML need: every stated element, in reading order.
	Details() []Detail
	// Validate lists what is missing or contradictory. The words hold no
	// clinical text.
	Validate() []Issue

	sealed()
}

// Summary is a record in one line.
type Summary struct {
	Title          string   // what the source calls it; never a resource type, never "unknown"
	When           When     // clinical time
	Codes          []Coding // as the source gave them
	Status         string   // the source's own status words; "" when it states none
	Standing       Standing
	Category       string // for observations: laboratory, vital-signs, social-history, …
	Value          string // without unit; "120/80" for a two-part reading
	Unit           string
	Range          string
	Interpretation string
}

// Result is value and unit for people: "<0.5 mg/dL".
func (s Summary) Result() string {
	if s.Unit == "" || s.Value == "" {
		return s.Value
	}
	return s.Value + " " + s.Unit
}

// Row is a line with its label.
type Row struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Detail is one labelled line of a detail view.
type Detail struct {
	Row

	when   When // what Value says, where it is a time and no more
	theirs bool // the label is a word of the source
}

// When is the time that the value says, for a face with words of its own for
// dates; empty where the value is something else.
func (d Detail) When() When { return d.when }

// SourceLabel says that the label is a word of the source, which is never
// translated.
func (d Detail) SourceLabel() bool { return d.theirs }

// rows collects the lines that have something to say.
type rows []Detail

func (r *rows) add(label, value string) {
	if value != "" {
		*r = append(*r, Detail{Row: Row{Label: label, Value: value}})
	}
}

// when adds a time: a [Date] or a [When].
func (r *rows) when(label string, t interface{ Human() string }) {
	row := Detail{Row: Row{Label: label, Value: t.Human()}}
	switch t := t.(type) {
	case Date:
		row.when = At(t)
	case When:
		row.when = t
	}
	if row.Value != "" {
		*r = append(*r, row)
	}
}

// stated adds a line whose label is a word of the source.
func (r *rows) stated(label, value string) {
	if value != "" {
		*r = append(*r, Detail{Row: Row{Label: label, Value: value}, theirs: true})
	}
}

func (r *rows) all(label string, values []string) {
	for _, v := range values {
		r.add(label, v)
	}
}

// Summary is the resource's summary with what the record itself adds: a held
// record is never current, nor is one that a later statement replaced or
// withdrew.
func (r Record) Summary() Summary {
	s := r.Resource.Summary()
	if r.Superseded != nil {
		if s.Standing != InError {
			s.Standing = r.Superseded.standing()
		}
		return s
	}
	if len(r.Held) > 0 && s.Standing != InError {
		s.Standing = Held
	}
	return s
}

// Source is the first provenance: where the shown content was read from.
func (r Record) Source() Provenance {
	if len(r.Provenance) == 0 {
		return Provenance{}
	}
	return r.Provenance[0]
}

// Severity grades an [Issue].
type Severity string

// The severities.
const (
	Information Severity = "information"
	Warning     Severity = "warning"
	Error       Severity = "error"
)

// Issue is something about a source that a person should know. Place and Text
// name where and what, without clinical content.
type Issue struct {
	Severity Severity `json:"severity"`
	Place    string   `json:"place"`
	Text     string   `json:"text"`
}
