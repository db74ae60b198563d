package hl7v2

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

var comparators = []struct {
	text string
	is   record.Comparator
}{
	{"<=", record.LessOrEqual},
	{">=", record.GreaterOrEqual},
	{"=<", record.LessOrEqual},
	{"=>", record.GreaterOrEqual},
	{"≤", record.LessOrEqual},
	{"≥", record.GreaterOrEqual},
	{"<", record.Less},
	{">", record.Greater},
}

// amount reads a comparator and a decimal: "<0.5", ">= 10". "4,10" is none: a
// comma may part decimals or thousands.
func amount(s string) (q record.Quantity, ok bool) {
	for _, c := range comparators {
		if rest, found := strings.CutPrefix(s, c.text); found {
			s, q.Comparator = rest, c.is
			break
		}
	}
	q.Value, ok = record.DecimalText(s)
	return q, ok
}

// number reads an NM. What is no decimal is kept as text with a remark.
func (f field) number(s *segment) record.Value {
	text := f.String()
	if q, ok := amount(text); ok {
		return record.Value{Quantity: s.withUnit(q)}
	}
	f.remark("a value that is declared a number (NM) and is not written as a decimal number; it is kept as text")
	return record.Value{Text: joined(" ", f.words(), s.unit().Unit)}
}

// structured reads an SN: comparator, number, separator or suffix, number. A
// comparator before two numbers leaves text, lest it be lost (CLINICAL-SAFETY
// hazard 18).
func (f field) structured(s *segment) record.Value {
	comparator, first, sep, second := f.comp(1).String(), f.comp(2).String(), f.comp(3).String(), f.comp(4).String()
	words := record.Value{Text: joined(" ", comparator+first+sep+second, s.unit().Unit)}
	if first == "" && sep == "" && second == "" { // the whole in the first component
		if q, ok := amount(comparator); ok {
			return record.Value{Quantity: s.withUnit(q)}
		}
		return words
	}
	if comparator == "=" {
		comparator = ""
	}
	low, ok := amount(comparator + first)
	switch {
	case !ok:
		return words
	case sep == "" && second == "":
		return record.Value{Quantity: s.withUnit(low)}
	case comparator != "":
		return words
	}
	return f.pair(s, low, sep, second, words)
}

// pair is an SN of two numbers: a ratio, a range, else words.
func (f field) pair(s *segment, low record.Quantity, sep, second string, words record.Value) record.Value {
	high, ok := amount(second)
	switch {
	case !ok || high.Comparator != "":
	case sep == ":" && s.field(6).empty():
		return record.Value{Ratio: record.Ratio{Numerator: low, Denominator: high}.Stated()}
	case sep == "-":
		return record.Value{Range: record.Range{Low: s.withUnit(low), High: s.withUnit(high)}.Stated()}
	}
	return words
}

// unit reads OBX-6: as written, with UCUM only where that is certain.
func (s *segment) unit() record.Quantity { return unitOf(s.field(6)) }

func (s *segment) withUnit(q record.Quantity) record.Quantity {
	u := s.unit()
	q.Unit, q.System, q.Code = u.Unit, u.System, u.Code
	return q
}

// unitOf reads a CE or CWE that names a unit.
func unitOf(f field) record.Quantity {
	f = f.first()
	code, text, system := f.comp(1).String(), f.comp(2).String(), f.comp(3).String()
	q := record.Quantity{Unit: code}
	if code == "" {
		q.Unit = text
		if q.Unit == "" {
			q.Unit = f.comp(9).String()
		}
	}
	ucum := system != "" && f.seg.m.system(system) == record.UCUM
	if ucum && code == "1" {
		return record.Quantity{System: record.UCUM, Code: "1"}
	}
	if certainUCUM(code, ucum) {
		q.System, q.Code = record.UCUM, code
	}
	return q
}

// plainRange reads a reference range that is written as two decimals, or one
// with a comparator. ok is false for anything else: its text alone is shown.
func plainRange(text, unit string) (r record.Range, ok bool) {
	text = strings.TrimSpace(text)
	if q, ok := amount(text); ok && q.Comparator != "" {
		q.Unit = unit
		if q.Comparator == record.Less || q.Comparator == record.LessOrEqual {
			r.High = q
		} else {
			r.Low = q
		}
		return r, true
	}
	for _, sep := range []string{" to ", " - ", " – ", "–", "-"} {
		a, b, found := strings.Cut(text, sep)
		if !found {
			continue
		}
		low, ok1 := record.DecimalText(a)
		high, ok2 := record.DecimalText(b)
		if !ok1 || !ok2 || !ordered(low, high) {
			return r, false
		}
		return record.Range{Low: record.Quantity{Value: low, Unit: unit}, High: record.Quantity{Value: high, Unit: unit}}, true
	}
	return r, false
}

// ordered says whether two decimals stand in order. The comparison is exact.
func ordered(low, high string) bool {
	if strings.ContainsAny(low, "eE") || strings.ContainsAny(high, "eE") {
		return false
	}
	a, minusA := strings.CutPrefix(low, "-")
	b, minusB := strings.CutPrefix(high, "-")
	switch {
	case minusA && minusB:
		return compareDigits(b, a) <= 0
	case minusA:
		return true
	case minusB:
		return false
	}
	return compareDigits(a, b) <= 0
}

// compareDigits compares two decimals without signs and exponents.
func compareDigits(a, b string) int {
	wholeA, fractionA, _ := strings.Cut(a, ".")
	wholeB, fractionB, _ := strings.Cut(b, ".")
	wholeA, wholeB = strings.TrimLeft(wholeA, "0"), strings.TrimLeft(wholeB, "0")
	if c := cmp.Compare(len(wholeA), len(wholeB)); c != 0 {
		return c
	}
	if c := cmp.Compare(wholeA, wholeB); c != 0 {
		return c
	}
	return cmp.Compare(strings.TrimRight(fractionA, "0"), strings.TrimRight(fractionB, "0"))
}

// ranges reads OBX-7: the text as written, and its bounds where they are plain.
func (s *segment) ranges(unit string) []record.ReferenceRange {
	var out []record.ReferenceRange
	for _, x := range s.field(7).all() {
		text := x.String()
		r, _ := plainRange(text, unit)
		out = append(out, record.ReferenceRange{Range: r, Text: text})
	}
	return out
}

// flags are the codes of HL7 table 0078 with their words. They are those of
// v3-ObservationInterpretation, which took them over.
var flags = map[string]string{
	"L": "Low", "H": "High", "LL": "Critical low", "HH": "Critical high", "<": "Off scale low", ">": "Off scale high", "N": "Normal", "A": "Abnormal", "AA": "Critical abnormal",
	"U": "Significant change up", "D": "Significant change down", "B": "Better", "W": "Worse", "S": "Susceptible", "R": "Resistant", "I": "Intermediate", "MS": "Moderately susceptible", "VS": "Very susceptible",
	"POS": "Positive", "NEG": "Negative", "IND": "Indeterminate", "DET": "Detected", "ND": "Not detected", "RR": "Reactive", "WR": "Weakly reactive", "NR": "Non-reactive", "AC": "Anti-complementary substances present",
	"TOX": "Cytotoxic substance present", "QCF": "Quality control failure", "EXP": "Expected", "UNE": "Unexpected", "HU": "Significantly high", "LU": "Significantly low", "NS": "Non-susceptible", "SDD": "Susceptible-dose dependent",
	"SYN-R": "Synergy - resistant", "SYN-S": "Synergy - susceptible",
}

// interpretations reads OBX-8: the sender's flags, and none of ours
// (CLINICAL-SAFETY hazard 27).
func (s *segment) interpretations() []record.Concept {
	f := s.field(8)
	if f.text == "" {
		return nil
	}
	var out []record.Concept
	for _, x := range f.all() {
		c := x.concept()
		if code := x.comp(1).String(); flags[code] != "" && len(c.Coding) < 2 {
			k := record.Coding{System: record.InterpretationSystem, Code: code, Display: flags[code]}
			if len(c.Coding) == 1 && c.Coding[0].Display != "" && c.Coding[0].Display != code {
				k.Display = c.Coding[0].Display
			}
			if c.Text == code {
				c.Text = ""
			}
			c.Coding = []record.Coding{k}
		}
		if !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}
