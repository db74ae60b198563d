package clinic

import (
	"math/big"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Point is one number of a series.
type Point struct {
	Line           *Line
	At             time.Time // the first instant that its date can mean, for placing it
	Until          time.Time // the last, where the date was not written to the day or is a period; else At
	Comparator     record.Comparator
	Written        record.Quantity // as the source states it
	Low, High      *big.Rat        // the range that its own report gives, in the unit of the series; nil where it gives none in numbers
	Interpretation []record.Concept

	ranges []record.ReferenceRange
	told   *conversion // from the unit in which it was written; nil where that is the unit of the series
	number float64     // the value in the unit of the series, for drawing
}

// Exact says that the value is no bound.
func (p *Point) Exact() bool { return p.Comparator == "" }

// Value is the value in the unit of the series, exact; the bound where Comparator is
// set.
func (p *Point) Value() *big.Rat {
	v, _ := decimal(p.Written.Value)
	if p.told != nil {
		v = p.told.of(v)
	}
	return v
}

// Converted says that the value was calculated from what was written.
func (p *Point) Converted() bool { return p.told != nil }

// Shown is the value for people, with its comparator: as written, or calculated and
// rounded to the source's digits.
func (p *Point) Shown() string {
	if p.told == nil {
		return p.Written.Number()
	}
	var step *big.Rat
	if p.told.moved() {
		step = p.told.factor
	}
	return string(p.Comparator) + calculated(p.Value(), p.Written.Value, step)
}

// In is the value in the unit of its series for people; what was converted says so,
// and what was written.
func (p *Point) In(unit string) string {
	if p.told == nil {
		return p.Written.String()
	}
	s := p.Shown()
	if unit != "" {
		s += " " + unit
	}
	return s + " (converted from " + p.Written.String() + ")"
}

// Range is the range as its report words it. Beside a converted value it says of
// which unit it is.
func (p *Point) Range() string {
	w, unit := rangeWords(p.ranges), p.Written.UnitWords()
	if w == "" || p.told == nil || unit == "" || strings.Contains(w, unit) {
		return w
	}
	return w + " (in " + unit + ")"
}

// Flag is its sender's; we compute none (hazard 27).
func (p *Point) Flag() string { return flagWords(p.Interpretation) }

// Flagged says that the sender marked it as anything but normal.
func (p *Point) Flagged() bool { return flagged(p.Interpretation) }

// Final says that its source calls it neither preliminary nor partial, and that the
// patient does not dispute it.
func (p *Point) Final() bool { return !notFinal(p.Line.Status) && !p.Line.Disputed() }

// notFinal says that a value of this status may still change.
func notFinal(status string) bool {
	return status == "registered" || status == "preliminary" || status == "partial"
}

// Label is the point in words: "5.4 mmol/L, 5 March 2021".
func (p *Point) Label(unit string) string {
	s := p.In(unit) + ", " + p.Line.When.Human()
	if notFinal(p.Line.Status) {
		s += ", " + p.Line.Status
	}
	if p.Line.Disputed() {
		s += ", disputed by the patient"
	}
	return record.Visible(s)
}

// Flagged says that the sender marked a result as anything but normal.
func (l *Line) Flagged() bool {
	o, ok := l.Resource.(*record.Observation)
	return ok && flagged(o.Interpretation)
}

func flagged(list []record.Concept) bool {
	any := false
	for i := range list {
		w := list[i].String()
		if list[i].Code(record.InterpretationSystem) == "N" || strings.EqualFold(w, "n") || strings.EqualFold(w, "normal") {
			return false
		}
		any = any || w != ""
	}
	return any
}
