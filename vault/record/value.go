package record

import "strings"

// Range is an interval of amounts; either end may be absent.
type Range struct {
	Low  Quantity `json:"low,omitzero"`
	High Quantity `json:"high,omitzero"`
}

// String is "3.5 to 5.1 mmol/L", "at least 3.5 mmol/L", "at most 5.1 mmol/L".
func (r Range) String() string {
	switch {
	case r.Low.Empty() && r.High.Empty():
		return ""
	case r.Low.Empty():
		return boundWords(r.High, "at most ")
	case r.High.Empty():
		return boundWords(r.Low, "at least ")
	case r.Low.UnitWords() == r.High.UnitWords():
		return r.Low.Number() + " to " + r.High.String()
	}
	return r.Low.String() + " to " + r.High.String()
}

func boundWords(q Quantity, words string) string {
	if q.Comparator != "" {
		return q.String()
	}
	return words + q.String()
}

// Stated is r for a [Value]; nil where nothing of it is stated.
func (r Range) Stated() *Range {
	if r == (Range{}) {
		return nil
	}
	return &r
}

// Ratio is one amount in another, as a titre 1:128.
type Ratio struct {
	Numerator   Quantity `json:"numerator,omitzero"`
	Denominator Quantity `json:"denominator,omitzero"`
}

// Stated is r for a [Value]; nil where nothing of it is stated.
func (r Ratio) Stated() *Ratio {
	if r == (Ratio{}) {
		return nil
	}
	return &r
}

// Value is the result of an observation: at most one of its fields is set
// (FHIR Observation.value[x]). Boolean, Integer and Time hold the text as
// written; SampledData is kept as words that describe it.
type Value struct {
	Quantity Quantity `json:"quantity,omitzero"`
	Concept  Concept  `json:"concept,omitzero"`
	Text     string   `json:"text,omitempty"`
	Boolean  string   `json:"boolean,omitempty"`
	Integer  string   `json:"integer,omitempty"`
	Range    *Range   `json:"range,omitempty"` // nil in nearly all results, and large: see [Range.Stated]
	Ratio    *Ratio   `json:"ratio,omitempty"`
	Time     When     `json:"time,omitzero"`
	Sampled  string   `json:"sampled,omitempty"`
}

// Empty says that no value is there.
func (v Value) Empty() bool { return v.String() == "" }

// Number is the value without its unit, as [Summary.Value] holds it.
func (v Value) Number() string {
	if !v.Quantity.Empty() {
		return v.Quantity.Number()
	}
	return v.String()
}

// Unit is the unit of a Quantity, else "".
func (v Value) Unit() string {
	if v.Quantity.Empty() {
		return ""
	}
	return v.Quantity.UnitWords()
}

// String is the value with its unit, for people.
func (v Value) String() string {
	switch {
	case !v.Quantity.Empty():
		return v.Quantity.String()
	case !v.Concept.Empty():
		return v.Concept.String()
	case v.Text != "":
		return v.Text
	case v.Boolean == "true":
		return "yes"
	case v.Boolean == "false":
		return "no"
	case v.Integer != "":
		return v.Integer
	case v.Range != nil && v.Range.String() != "":
		return v.Range.String()
	case v.Ratio != nil && !v.Ratio.Numerator.Empty():
		return v.Ratio.Numerator.String() + " : " + v.Ratio.Denominator.String()
	case !v.Time.Empty():
		return v.Time.Human()
	}
	return v.Sampled
}

// ReferenceRange is the reporting laboratory's own range for a result. Type and
// AppliesTo say whom or what it is for; the text stands where the range is in
// words alone.
type ReferenceRange struct {
	Range
	Text      string    `json:"text,omitempty"`
	Type      Concept   `json:"type,omitzero"`
	AppliesTo []Concept `json:"appliesTo,omitempty"`
	Age       string    `json:"age,omitempty"`
}

// String is the range in one line, the laboratory's text first.
func (r ReferenceRange) String() string {
	s := r.Text
	if s == "" {
		s = r.Range.String()
	}
	var of []string
	for _, c := range append([]Concept{r.Type}, r.AppliesTo...) {
		if w := c.String(); w != "" && !strings.EqualFold(w, "normal") && !strings.EqualFold(w, "Normal Range") {
			of = append(of, w)
		}
	}
	if r.Age != "" {
		of = append(of, r.Age)
	}
	if s != "" && len(of) > 0 {
		s += " (" + strings.Join(of, ", ") + ")"
	}
	return s
}

func joinRanges(ranges []ReferenceRange) string {
	var words []string
	for _, r := range ranges {
		if s := r.String(); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, "; or ")
}
