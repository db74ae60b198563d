package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var (
	measured = regexp.MustCompile(`^(<=|>=|<|>|≤|≥)?\s*(-?\d+(?:\.\d+)?)(?:\s*([^\d\s].*))?$`)
	pressure = regexp.MustCompile(`^(\d{1,3})\s*/\s*(\d{1,3})(?:\s+([^\d\s].*))?$`)
	interval = regexp.MustCompile(`^(-?\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(-?\d+(?:\.\d+)?)$`)
)

// flags are the sender's marks behind a result, with their codes of HL7's
// ObservationInterpretation where they leave no doubt.
var flags = []struct{ words, code string }{
	{"Critical High", "HH"},
	{"Critical Low", "LL"},
	{"High", "H"},
	{"Low", "L"},
	{"Critical", "AA"},
	{"Abnormal", "A"},
	{"Normal", "N"},
}

// quantity reads an amount; ok is false for words.
func quantity(s, unit string) (record.Quantity, bool) {
	m := measured.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return record.Quantity{}, false
	}
	v, ok := record.DecimalText(m[2])
	if !ok {
		return record.Quantity{}, false
	}
	if unit == "" {
		unit = m[3]
	} else if m[3] != "" {
		return record.Quantity{}, false
	}
	return record.Quantity{Comparator: comparator(m[1]), Value: v, Unit: unit}, true
}

func comparator(s string) record.Comparator {
	switch s {
	case "≤":
		return record.LessOrEqual
	case "≥":
		return record.GreaterOrEqual
	}
	return record.Comparator(s)
}

// value is a result: an amount, else the words with their unit.
func value(s, unit string) record.Value {
	if s = strings.TrimSpace(s); s == "" {
		return record.Value{}
	}
	if q, ok := quantity(s, unit); ok {
		return record.Value{Quantity: q}
	}
	return record.Value{Text: strings.TrimSpace(s + " " + unit)}
}

// flagged takes the sender's mark off a result.
func flagged(s string) (result string, flag []record.Concept) {
	s = strings.TrimSpace(s)
	if head, mark, ok := strings.Cut(s, " ("); ok && strings.HasSuffix(mark, ")") {
		for _, f := range flags { // as VA.gov prints them
			if strings.TrimSuffix(mark, ")") == f.words {
				s = head + " " + f.words
			}
		}
	}
	for _, f := range flags {
		if head, ok := strings.CutSuffix(s, f.words); ok && strings.HasSuffix(head, " ") && strings.TrimSpace(head) != "" {
			return strings.TrimSpace(head), []record.Concept{{Text: f.words, Coding: []record.Coding{{System: record.InterpretationSystem, Code: f.code}}}}
		}
	}
	return s, nil
}

// reference reads a range: the words as written, and the limits where they are
// plain.
func reference(s, unit string) []record.ReferenceRange {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if s == "" {
		return nil
	}
	r := record.ReferenceRange{Text: s}
	if m := interval.FindStringSubmatch(s); m != nil {
		r.Low, r.High = record.Quantity{Value: m[1], Unit: unit}, record.Quantity{Value: m[2], Unit: unit}
	} else if q, ok := quantity(s, unit); ok {
		switch q.Comparator {
		case record.Less, record.LessOrEqual:
			r.High = q
		case record.Greater, record.GreaterOrEqual:
			r.Low = q
		}
	}
	return []record.ReferenceRange{r}
}

// bloodPressure reads "120/80": the two stay together.
func bloodPressure(s, unit string) (parts []record.Component, ok bool) {
	m := pressure.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return nil, false
	}
	if unit == "" {
		unit = m[3]
	}
	return pressureParts(m[1], m[2], unit), true
}

func pressureParts(systolic, diastolic, unit string) []record.Component {
	return []record.Component{
		{Code: loinc("Systolic", "8480-6"), Value: value(systolic, unit)},
		{Code: loinc("Diastolic", "8462-4"), Value: value(diastolic, unit)},
	}
}

func loinc(words, code string) record.Concept {
	return record.Concept{Text: words, Coding: []record.Coding{{System: record.LOINC, Code: code}}}
}

func words(s string) record.Concept { return record.Concept{Text: s} }

// several is words as a list of concepts.
func several(s string) []record.Concept {
	if s == "" {
		return nil
	}
	return []record.Concept{words(s)}
}
