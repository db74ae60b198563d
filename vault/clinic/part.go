package clinic

import (
	"slices"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// part is one number of a result: its value, or one of its components.
type part struct {
	name           string // of a component
	key            string // of what a component measures, as joining.key is of a result; "" of the value
	loinc          string // of a component
	quantity       record.Quantity
	ranges         []record.ReferenceRange
	interpretation []record.Concept
}

// partsOf adds the numbers of a result to a list: its value where that is a number,
// and those of its components, of a blood pressure the systolic first.
func partsOf(l *Line, list []part) []part {
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return list
	}
	whole := part{ranges: o.ReferenceRange, interpretation: o.Interpretation}
	switch {
	case !o.Value.Quantity.Empty():
		whole.quantity = o.Value.Quantity
		list = append(list, whole)
	case o.Value.Integer != "":
		whole.quantity = record.Quantity{Value: o.Value.Integer}
		list = append(list, whole)
	}
	if len(o.Component) == 0 {
		return list
	}
	first := len(list)
	for i := range o.Component {
		if c := &o.Component[i]; !c.Value.Quantity.Empty() || c.Value.Integer != "" {
			list = append(list, component(c))
		}
	}
	slices.SortStableFunc(list[first:], func(a, b part) int { return upperFirst(a.name) - upperFirst(b.name) })
	return list
}

func component(c *record.Component) part {
	p := part{name: c.Code.String(), loinc: loincOf(c.Code.Coding), quantity: c.Value.Quantity, ranges: c.ReferenceRange, interpretation: c.Interpretation}
	if p.quantity.Empty() {
		p.quantity = record.Quantity{Value: c.Value.Integer}
	}
	switch {
	case p.loinc != "":
		p.key = codeKey(p.loinc)
	default:
		p.key = "component\x00" + folded(p.name)
	}
	switch p.loinc {
	case systolicCode:
		p.name = Systolic
	case diastolicCode:
		p.name = Diastolic
	}
	return p
}

func upperFirst(name string) int {
	switch name {
	case Systolic:
		return 0
	case Diastolic:
		return 1
	}
	return 2
}

// The parts of a blood pressure, whatever a source calls them.
const (
	Systolic  = "Systolic"
	Diastolic = "Diastolic"

	systolicCode  = "8480-6" // LOINC
	diastolicCode = "8462-4"
)

// rangeWords are the ranges of a result as its report words them.
func rangeWords(list []record.ReferenceRange) string {
	if len(list) == 1 {
		return list[0].String()
	}
	var words []string
	for i := range list {
		if w := list[i].String(); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, "; or ")
}

func flagWords(list []record.Concept) string {
	if len(list) == 1 {
		return list[0].String()
	}
	var words []string
	for i := range list {
		if w := list[i].String(); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}

// span is the time that a date can mean: "2021" is the whole year. A date to the
// day or finer is one instant.
func span(w record.When) (from, to time.Time) {
	from = w.Sort()
	if w.End == "" && w.Start.Precision() >= record.Day {
		return from, from
	}
	d := w.Start
	if w.End != "" {
		d = w.End
	}
	to = last(d)
	if to.Before(from) {
		to = from
	}
	return from, to
}

// last is the last day that a date can mean; the date itself where the day was
// written.
func last(d record.Date) time.Time {
	t := d.Earliest()
	switch d.Precision() {
	case record.Year:
		return t.AddDate(1, 0, -1)
	case record.Month:
		return t.AddDate(0, 1, -1)
	}
	return t
}
