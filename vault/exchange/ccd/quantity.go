package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// decimal says whether s can stand in a PQ as it is: xs:decimal or xs:double. No
// digit of it is touched (CLINICAL-SAFETY hazard 19).
func decimal(s string) bool {
	text, ok := record.DecimalText(s)
	if !ok || text != s {
		return false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return !strings.ContainsAny(s[i+2:], "+-")
	}
	return true
}

// ucum is the unit where the source, or a certain spelling, gives it in UCUM.
func ucum(q record.Quantity) string {
	if q.System != record.UCUM {
		return ""
	}
	return token(q.Code)
}

// physical is a PQ without a comparator, or nil where the value is no decimal. A
// unit that is not UCUM is never written as one, nor guessed: the amount is then
// "other" and stands in a translation with the unit's own words (CDA R2 data
// types, PQ.translation; CLINICAL-SAFETY hazards 17 and 21).
func physical(name string, q record.Quantity, attrs ...string) *element {
	if !decimal(q.Value) {
		return nil
	}
	unit, words := ucum(q), q.UnitWords()
	switch {
	case unit != "":
		e := el(name, attrs...).set("value", q.Value, "unit", unit)
		if q.Unit != "" && q.Unit != unit {
			e.add(stated(q))
		}
		return e
	case words != "":
		return null(name, "OTH", attrs...).add(stated(q))
	}
	return el(name, attrs...).set("value", q.Value)
}

// stated is the amount in the source's own unit (PQR).
func stated(q record.Quantity) *element {
	return el("translation", "value", q.Value, "nullFlavor", "OTH").add(txt("originalText", q.UnitWords()))
}

// bounds are the ends of an IVL_PQ for each comparator.
var bounds = map[record.Comparator]struct{ end, inclusive string }{
	record.Less: {"high", "false"}, record.LessOrEqual: {"high", "true"},
	record.Greater: {"low", "false"}, record.GreaterOrEqual: {"low", "true"},
}

// censored is an inexact amount as an interval with one end (CLINICAL-SAFETY
// hazard 18): "<0.5" is high=0.5, not included. nil where CDA has none for it.
func censored(name string, q record.Quantity) *element {
	b, ok := bounds[q.Comparator]
	if !ok {
		return nil
	}
	end := physical(b.end, q, "inclusive", b.inclusive)
	if end == nil {
		return nil
	}
	return el(name, "xsi:type", "IVL_PQ").add(end)
}

// span is an IVL_PQ of a range, or nil where an end is no decimal or has a
// comparator that an end cannot hold.
func span(name string, r record.Range, attrs ...string) *element {
	if r.Low.Empty() && r.High.Empty() {
		return nil
	}
	e := el(name, attrs...)
	for _, x := range []struct {
		name string
		q    record.Quantity
		open record.Comparator
	}{{"low", r.Low, record.Greater}, {"high", r.High, record.Less}} {
		if x.q.Empty() {
			continue
		}
		end := physical(x.name, x.q)
		switch {
		case end == nil:
			return nil
		case x.q.Comparator == x.open:
			end.set("inclusive", "false")
		case x.q.Comparator != "":
			return nil
		}
		e.add(end)
	}
	return e
}
