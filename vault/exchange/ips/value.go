package ips

import "github.com/carnet-phr/carnet/vault/record"

// value puts value[x] and says whether there was one. What a type cannot hold
// without loss (a range with a comparator, a date in words) is a valueString in
// the source's words.
func (e *element) value(v record.Value) bool {
	if v.Empty() {
		return false
	}
	before := len(e.members)
	switch {
	case !v.Quantity.Empty():
		e.put("valueQuantity", quantity(v.Quantity))
	case !v.Concept.Empty():
		e.put("valueCodeableConcept", concept(v.Concept))
	case v.Text != "":
	case v.Boolean == "true" || v.Boolean == "false":
		e.flag("valueBoolean", v.Boolean == "true")
	case v.Integer != "":
		e.integer(v.Integer)
	case v.Range != nil && v.Range.String() != "":
		e.put("valueRange", rangeOf(*v.Range))
	case v.Ratio != nil && !v.Ratio.Numerator.Empty():
		e.put("valueRatio", ratioOf(*v.Ratio))
	case !v.Time.Empty():
		e.time(v.Time)
	}
	if len(e.members) == before {
		e.text("valueString", v.String())
	}
	return len(e.members) > before
}

func (e *element) integer(s string) {
	sign := ""
	if len(s) > 0 && s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if n := wholeNumber(s); n != "" {
		e.number("valueInteger", number(sign)+n)
	}
}

func (e *element) time(w record.When) {
	point := w.Start.Precision() != record.NoDate && w.End == "" && !w.Period && !w.Ended && w.Text == ""
	if point {
		e.date("valueDateTime", w.Start)
		return
	}
	if p := period(w); p != nil && w.Start != "" {
		e.put("valuePeriod", p)
	}
}

// ranges are Observation.referenceRange. A limit with a comparator and an age
// in words have no place of their own: the range is then written in words too.
func ranges(rs []record.ReferenceRange) []*element {
	var out []*element
	for _, x := range rs {
		e := rangeOf(x.Range)
		whole := e != nil
		if e == nil {
			e = new(element)
		}
		text := x.Text
		if x.Age != "" || !whole {
			text = x.String()
		}
		if r := x.Range.String(); !whole && x.Text != "" && r != "" {
			text += "; " + r
		}
		limits := len(e.members) > 0
		if !limits && text == "" {
			continue // obs-3
		}
		e.put("type", concept(x.Type))
		e.list("appliesTo", concepts(x.AppliesTo)...)
		e.text("text", text)
		out = append(out, e)
	}
	return out
}
