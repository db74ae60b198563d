package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// valueOf is the value of an observation with its data type. What no type holds
// without loss is an ST in the source's words; where there is no value, the reason
// stands as a nullFlavor (CLINICAL-SAFETY hazard 23).
func valueOf(v record.Value, reason record.Concept) *element {
	if v.Empty() {
		return absent(reason)
	}
	if e := measured(v); e != nil {
		return e
	}
	return txt("value", v.String(), "xsi:type", "ST")
}

func measured(v record.Value) *element {
	switch {
	case !v.Quantity.Empty():
		return quantity(v.Quantity)
	case !v.Concept.Empty():
		return value(v.Concept, nil)
	case v.Text != "":
		return nil
	case v.Boolean == "true" || v.Boolean == "false":
		return el("value", "xsi:type", "BL", "value", v.Boolean)
	case v.Integer != "":
		return integer(v.Integer)
	case v.Range != nil && v.Range.String() != "":
		return ranged(*v.Range)
	case v.Ratio != nil && !v.Ratio.Numerator.Empty():
		return ratio(*v.Ratio)
	case !v.Time.Empty():
		return moment(v.Time)
	}
	return nil
}

func quantity(q record.Quantity) *element {
	if q.Comparator != "" {
		return censored("value", q)
	}
	return physical("value", q, "xsi:type", "PQ")
}

// moment is a date, or a time between two dates; nil for words.
func moment(w record.When) *element {
	if w.Text != "" || stamp(w.Start) == "" || w.Ended {
		return nil
	}
	if point(w) {
		return when("value", w).set("xsi:type", "TS")
	}
	return interval("value", w).set("xsi:type", "IVL_TS")
}

// ranged is a value between two amounts. One end alone reads as a comparator, so
// that a range with one end stays in words.
func ranged(r record.Range) *element {
	if r.Low.Empty() || r.High.Empty() {
		return nil
	}
	return span("value", r, "xsi:type", "IVL_PQ")
}

const longestInteger = 18 // digits that every reader of xs:integer takes

func integer(s string) *element {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > longestInteger || strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	return el("value", "xsi:type", "INT", "value", s)
}

func ratio(r record.Ratio) *element {
	n, d := physical("numerator", r.Numerator, "xsi:type", "PQ"), physical("denominator", r.Denominator, "xsi:type", "PQ")
	if n == nil || d == nil || r.Numerator.Comparator != "" || r.Denominator.Comparator != "" {
		return nil
	}
	return el("value", "xsi:type", "RTO_PQ_PQ").add(n, d)
}

// flavors give the nullFlavor of FHIR's data-absent-reason.
var flavors = map[string]string{
	"unknown": "UNK", "asked-unknown": "ASKU", "temp-unknown": "NAV", "not-asked": "NASK", "asked-declined": "ASKU", "masked": "MSK", "not-applicable": "NA",
}

// nullFlavors are those that a value of CDA may have (HL7 v3 NullFlavor).
var nullFlavors = " NI UNK ASKU NAV NASK NA OTH MSK NP INV NINF PINF QS TRC UNC DER "

func absent(reason record.Concept) *element {
	flavor := "NI"
	for _, k := range reason.Coding {
		if f := flavors[k.Code]; f != "" {
			flavor = f
			break
		}
		if k.Code != "" && strings.Contains(nullFlavors, " "+k.Code+" ") {
			flavor = k.Code
			break
		}
	}
	return null("value", flavor, "xsi:type", "ST")
}

// ranges are the reference ranges. The standard wants a value in each: a range in
// words has them in an ST. Only the source's own type says which is normal
// (CLINICAL-SAFETY hazard 28).
func ranges(rs []record.ReferenceRange) []*element {
	var out []*element
	for _, x := range rs {
		if x.String() == "" {
			continue
		}
		in := el("observationRange").add(txt("text", x.Text))
		v := span("value", x.Range, "xsi:type", "IVL_PQ")
		if v == nil {
			v = txt("value", x.String(), "xsi:type", "ST")
		}
		in.add(v)
		for _, k := range x.Type.Coding {
			if code := token(k.Code); strings.EqualFold(code, "normal") || code == "N" && k.System == record.InterpretationSystem {
				in.add(fixed("interpretationCode", "N", "2.16.840.1.113883.5.83", "Normal"))
				break
			}
		}
		out = append(out, el("referenceRange").add(in))
	}
	return out
}
