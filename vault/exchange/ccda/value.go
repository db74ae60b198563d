package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// observed reads the value elements of an observation: the first that says
// something is the value, further ones are told as notes. Where the only value
// has a nullFlavor, absent is the reason.
func (r *reader) observed(st *node) (v record.Value, absent record.Concept, more []string) {
	for n := range children(st, "value") {
		x := r.any(n)
		switch {
		case x.Empty():
			if absent.Empty() {
				absent = absence(attr(n, "nullFlavor"))
			}
		case v.Empty():
			v = x
		default:
			more = append(more, "further value: "+x.String())
		}
	}
	if !v.Empty() {
		absent = record.Concept{}
	}
	return v, absent, more
}

// dataType is the HL7 data type that xsi:type names. A type from another
// namespace is none of ours. Without a namespace the name counts: many
// documents declare HL7's under a prefix and use the bare name here.
func dataType(n *node) string {
	if n == nil {
		return ""
	}
	typ := n.Type()
	if typ.Space != hl7 && typ.Space != "" {
		return ""
	}
	return typ.Local
}

// any reads a value of any data type (CDA R2 data types, ISO/HL7 27932 annex).
// What the declared type does not provide for is kept as text, with a remark.
func (r *reader) any(n *node) record.Value {
	switch dataType(n) {
	case "PQ", "REAL", "MO":
		q, words := r.physical(n)
		return record.Value{Quantity: q, Text: words}
	case "IVL_PQ", "IVL_INT", "IVL_REAL":
		return r.intervalValue(n)
	case "INT":
		if v := attr(n, "value"); isInteger(v) {
			return record.Value{Integer: v}
		}
	case "BL", "BN":
		if v := attr(n, "value"); v == "true" || v == "false" {
			return record.Value{Boolean: v}
		}
	case "CD", "CE", "CV", "CS", "CO":
		return record.Value{Concept: r.concept(n)}
	case "TS":
		return record.Value{Time: r.at(n)}
	case "IVL_TS":
		return record.Value{Time: r.interval(n)}
	case "RTO", "RTO_PQ_PQ", "RTO_QTY_QTY":
		return r.ratio(n)
	case "":
		if attr(n, "code") != "" && attr(n, "value") == "" {
			return record.Value{Concept: r.concept(n)}
		}
	}
	return r.textValue(n)
}

// textValue is a value in words: ST, ED, SC, and whatever attributes a value of
// another or no type has.
func (r *reader) textValue(n *node) record.Value {
	if attr(n, "representation") == "B64" {
		return r.attachedValue(n)
	}
	if s := r.words(n); s != "" {
		return record.Value{Text: s}
	}
	if v := attr(n, "value"); v != "" {
		r.remark(record.Warning, n, "a value whose form does not fit its declared data type; it is kept as text")
		return record.Value{Text: joinWords(" ", v, attr(n, "unit"))}
	}
	return record.Value{}
}

func (r *reader) intervalValue(n *node) record.Value {
	if attr(n, "value") != "" {
		q, words := r.physical(n)
		return record.Value{Quantity: q, Text: words}
	}
	low, high, words := r.limits(n)
	if words != "" {
		return record.Value{Text: words}
	}
	if center := child(n, "center"); low.Empty() && high.Empty() && center != nil {
		q, words := r.physical(center)
		return record.Value{Quantity: q, Text: words}
	}
	q, rng := bounded(low, high)
	return record.Value{Quantity: q, Range: rng.Stated()}
}

func (r *reader) ratio(n *node) record.Value {
	num, nw := r.physical(child(n, "numerator"))
	den, dw := r.physical(child(n, "denominator"))
	if num.Empty() || den.Empty() {
		return record.Value{Text: joinWords(" : ", joinWords("", num.String(), nw), joinWords("", den.String(), dw))}
	}
	return record.Value{Ratio: &record.Ratio{Numerator: num, Denominator: den}}
}

func isInteger(s string) bool {
	d, ok := record.DecimalText(s)
	if !ok || d != s {
		return false
	}
	for _, c := range s {
		if c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
