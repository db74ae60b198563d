package clinic

import (
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// part is one number of a result: its value, or one of its components.
type part struct {
	name           string // of a component
	quantity       record.Quantity
	ranges         []record.ReferenceRange
	rangeWords     string
	flag           string
	interpretation []record.Concept
}

// partsOf are the numbers of a result. Those of a blood pressure are the systolic
// and the diastolic, whatever else was noted with them.
func partsOf(l *Line) []part {
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return nil
	}
	whole := part{ranges: o.ReferenceRange, rangeWords: l.Range, flag: l.Interpretation, interpretation: o.Interpretation}
	switch {
	case !o.Value.Quantity.Empty():
		whole.quantity = o.Value.Quantity
		return []part{whole}
	case o.Value.Integer != "":
		whole.quantity = record.Quantity{Value: o.Value.Integer}
		return []part{whole}
	case !o.Value.Empty():
		return nil
	}
	var parts []part
	for _, c := range o.Component {
		if c.Value.Quantity.Empty() {
			continue
		}
		p := part{name: c.Code.String(), quantity: c.Value.Quantity, ranges: c.ReferenceRange, rangeWords: ranges(c.ReferenceRange), flag: concepts(c.Interpretation), interpretation: c.Interpretation}
		switch {
		case c.Code.Has(record.LOINC, systolicCode):
			p.name = Systolic
		case c.Code.Has(record.LOINC, diastolicCode):
			p.name = Diastolic
		}
		parts = append(parts, p)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return upperFirst(a.name) - upperFirst(b.name) })
	return parts
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

func ranges(list []record.ReferenceRange) string {
	s := ""
	for _, r := range list {
		if w := r.String(); w != "" && s != "" {
			s += "; or " + w
		} else {
			s += w
		}
	}
	return s
}

func concepts(list []record.Concept) string {
	s := ""
	for _, c := range list {
		if w := c.String(); w != "" && s != "" {
			s += ", " + w
		} else {
			s += w
		}
	}
	return s
}

// span is the time that a date can mean: "2021" is the whole year. A date to the
// day or finer is one instant.
func span(w record.When) (from, to time.Time) {
	from = w.Sort()
	if w.End == "" && toDay(w.Start) {
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

// toDay says that a date of the calendar was written to the day or finer.
func toDay(d record.Date) bool { return len(d) >= len("2006-01-02") }

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
