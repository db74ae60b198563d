package sheet

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Series is the numbers of one test in one unit, oldest first: what may stand on
// one axis (hazard 22). A test reported in two units has two series.
type Series struct {
	Unit   string
	Dots   []Dot
	Low    *float64 // the band, where all ranges are one and the same pair of numbers
	High   *float64
	Second bool // diastolic pressure, drawn with the systolic
}

// Dot is one number. A censored one ("<0.5") is a bound, drawn hollow.
type Dot struct {
	At       float64 // seconds since 1970
	Y        float64
	Censored bool
	Label    string // "5.4 mmol/L on 5 March 2021"
}

// band is a reference range as written.
type band struct{ low, high string }

// series puts the results that hold, are dated and are numbers on axes by unit.
func series(lines []clinic.Line) []Series {
	var list []Series
	index, bands := map[string]int{}, map[string][]band{}
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		o, ok := l.Resource.(*record.Observation)
		if !ok || l.When.Sort().IsZero() || l.Standing != record.Current && l.Standing != record.Unstated {
			continue
		}
		for n, q := range numbers(o) {
			_, decimal := record.DecimalText(q.Value)
			y, err := strconv.ParseFloat(q.Value, 64)
			if err != nil || !decimal {
				continue
			}
			key := q.UnitWords() + "\x00" + strconv.Itoa(n)
			at, ok := index[key]
			if !ok {
				at = len(list)
				index[key] = at
				list = append(list, Series{Unit: record.Visible(q.UnitWords()), Second: n == 1})
			}
			list[at].Dots = append(list[at].Dots, Dot{
				At: float64(l.When.Sort().Unix()), Y: y, Censored: q.Comparator != "",
				Label: record.Visible(l.Result() + ", " + l.When.Human()),
			})
			bands[key] = append(bands[key], bandOf(o, q))
		}
	}
	for key, at := range index {
		list[at].Low, list[at].High = agreed(bands[key])
	}
	return list
}

// numbers are the amounts of one result: its value, or the two of a pressure.
func numbers(o *record.Observation) []record.Quantity {
	if !o.Value.Quantity.Empty() {
		return []record.Quantity{o.Value.Quantity}
	}
	if sys, dia, ok := o.BloodPressure(); ok {
		return []record.Quantity{sys, dia}
	}
	return nil
}

// bandOf is the one plain numeric range of a result in the unit of its value.
func bandOf(o *record.Observation, q record.Quantity) band {
	if len(o.ReferenceRange) != 1 || o.Value.Quantity.Empty() {
		return band{}
	}
	r := o.ReferenceRange[0]
	var b band
	for _, end := range []struct {
		q  record.Quantity
		to *string
	}{{r.Low, &b.low}, {r.High, &b.high}} {
		if end.q.Empty() {
			continue
		}
		if end.q.Comparator != "" || end.q.UnitWords() != "" && end.q.UnitWords() != q.UnitWords() {
			return band{}
		}
		*end.to = end.q.Value
	}
	return b
}

// agreed is the band that every result states; none when they differ.
func agreed(bands []band) (low, high *float64) {
	for _, b := range bands {
		if b != bands[0] {
			return nil, nil
		}
	}
	parse := func(s string) *float64 {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return &f
		}
		return nil
	}
	return parse(bands[0].low), parse(bands[0].high)
}
