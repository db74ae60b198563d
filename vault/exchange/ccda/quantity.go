package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// wrongUnits are spellings met in real files that UCUM does not have, or reads
// as something else: "K/uL" is kelvin per microlitre there. They are shown as
// written and never taken for a UCUM code (CLINICAL-SAFETY hazard 21).
var wrongUnits = map[string]bool{
	"K/uL": true, "K/UL": true, "k/ul": true, "K/cumm": true, "K/mm3": true, "M/uL": true, "M/UL": true, "mil/uL": true, "x10E3/uL": true, "x10E6/uL": true,
	"mcg": true, "mcg/L": true, "mcg/dL": true, "mcg/mL": true, "mcg/h": true, "ug/Ml": true,
	"MG/DL": true, "Mg/dL": true, "MG": true, "Mg": true, "ML": true, "G/DL": true, "GM/DL": true, "gm/dl": true, "gm/dL": true, "gm": true, "GM": true, "MMOL/L": true, "MEQ/L": true, "mEq/L": true, "IU/L": true, "IU/ml": true,
	"lb": true, "lbs": true, "Lb": true, "LBS": true, "oz": true, "in": true, "IN": true, "inches": true, "inch": true, "ft": true, "F": true, "C": true, "cms": true, "CM": true, "KG": true, "Kg": true, "kgs": true,
	"mmHg": true, "mm Hg": true, "mmhg": true, "MM HG": true, "bpm": true, "BPM": true, "br/min": true, "Percent": true, "percent": true, "sec": true, "hr": true, "tab": true, "TAB": true, "tabs": true, "tablet": true, "puff": true, "puffs": true, "cap": true, "capsule": true, "units": true, "Units": true, "UNT": true, "EA": true, "each": true,
}

// quantity reads a PQ. The value must be a decimal as CDA writes it: "4,1" is
// none (ok is false, and the caller keeps it as text). The unit is shown as
// written; in CDA it is a UCUM code (data types R1, PQ.unit), unless it is known
// to be wrong. No unit is no unit; "1" is UCUM's "no unit".
func quantity(n *node) (q record.Quantity, ok bool) {
	v, ok := record.DecimalText(attr(n, "value"))
	if !ok {
		return record.Quantity{}, false
	}
	q = record.Quantity{Value: v}
	unit := attr(n, "unit")
	switch {
	case unit == "":
	case unit == "1":
		q.System, q.Code = record.UCUM, "1"
	case wrongUnits[unit] || strings.ContainsAny(unit, " \t\n") || !printable(unit):
		q.Unit = unit
	default:
		q.Unit, q.System, q.Code = unit, record.UCUM, unit
	}
	return q, true
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// physical is [quantity] of an element that may be absent or say nothing; an
// amount that is not a decimal gives words instead. A PQ without a value may
// carry the amount as the sender measured it in a translation (PQR).
func (r *reader) physical(n *node) (q record.Quantity, words string) {
	if n == nil {
		return record.Quantity{}, ""
	}
	v := attr(n, "value")
	if v == "" {
		for t := range children(n, "translation") {
			if d, ok := record.DecimalText(attr(t, "value")); ok {
				return record.Quantity{Value: d, Unit: r.concept(t).String()}, ""
			}
		}
		return record.Quantity{}, ""
	}
	q, ok := quantity(n)
	if ok && q.Unit == "" {
		q.Unit = r.statedUnit(n, q.Value)
	} else if ok && r.own {
		if u := r.statedUnit(n, q.Value); u != "" {
			q.Unit = u
		}
	}
	if !ok {
		r.remark(record.Warning, n, "an amount that is not written as a decimal number; it is kept as text")
		return record.Quantity{}, joinWords(" ", v, attr(n, "unit"))
	}
	return q, ""
}

// statedUnit is the unit that a translation (PQR) states in words for the same
// number: "30 units" beside a PQ that has UCUM's unit 1.
func (r *reader) statedUnit(n *node, value string) string {
	for t := range children(n, "translation") {
		if v, ok := record.DecimalText(attr(t, "value")); ok && v == value {
			if unit := r.concept(t).Words(); unit != "" {
				return unit
			}
		}
	}
	return ""
}

// limits reads the low and high of an IVL_PQ. A bound that is not included
// (inclusive="false") carries its comparator.
func (r *reader) limits(n *node) (low, high record.Quantity, words string) {
	low, lw := r.physical(child(n, "low"))
	high, hw := r.physical(child(n, "high"))
	if attr(child(n, "low"), "inclusive") == "false" && !low.Empty() {
		low.Comparator = record.Greater
	}
	if attr(child(n, "high"), "inclusive") == "false" && !high.Empty() {
		high.Comparator = record.Less
	}
	if lw != "" || hw != "" {
		words = joinWords(" to ", joinWords("", lw, low.String()), joinWords("", hw, high.String()))
	}
	return low, high, words
}

// bounded turns the limits of an IVL_PQ into a value: one limit alone is an
// amount with a comparator (CLINICAL-SAFETY hazard 18), both are a range.
func bounded(low, high record.Quantity) (q record.Quantity, rng record.Range) {
	switch {
	case !low.Empty() && !high.Empty():
		return q, record.Range{Low: low, High: high}
	case !high.Empty():
		if high.Comparator == "" {
			high.Comparator = record.LessOrEqual
		}
		return high, rng
	case !low.Empty():
		if low.Comparator == "" {
			low.Comparator = record.GreaterOrEqual
		}
		return low, rng
	}
	return q, rng
}
