package clinic

import (
	"math"
	"strconv"
	"time"
)

// extent is a range of numbers.
type extent struct{ low, high float64 }

func (s *extent) take(v float64) { s.low, s.high = math.Min(s.low, v), math.Max(s.high, v) }

// widen makes room for a single value.
func (s *extent) widen() {
	if s.high > s.low {
		return
	}
	d := math.Abs(s.low) * 0.1
	if d == 0 {
		d = 1
	}
	s.low, s.high = s.low-d, s.high+d
}

func (s *extent) part(v float64) float64 { return (v - s.low) / (s.high - s.low) }

// ticks widens the span to round numbers and gives three to five of them, and how
// many places behind the point they have.
func (s *extent) ticks() (list []float64, places int) {
	s.widen()
	raw := (s.high - s.low) / 3
	exponent := math.Floor(math.Log10(raw))
	power := math.Pow(10, exponent)
	step, digits := power*10, -1
	for _, m := range []float64{1, 2, 2.5, 5} {
		if raw <= m*power {
			step, digits = m*power, 0
			if m == 2.5 {
				digits = 1
			}
			break
		}
	}
	if step <= 0 || math.IsInf(step, 0) || math.IsNaN(step) {
		return nil, 0
	}
	first := math.Floor(s.low/step) * step
	last := math.Ceil(s.high/step) * step
	const most = 12 // ticks; more can only come of rounding at the edge of float64
	for i := 0; i <= most; i++ {
		v := first + float64(i)*step
		if v > last+step/2 {
			break
		}
		list = append(list, v)
	}
	s.low, s.high = first, last
	return list, max(0, digits-int(exponent))
}

// fixed is a number with so many places; one with very many digits in powers of ten.
func fixed(v float64, places int) string {
	const longest = 10 // characters
	text := strconv.FormatFloat(v, 'f', places, 64)
	if len(text) > longest {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	if v == 0 {
		return "0"
	}
	return text
}

// moment is a tick on the axis of time.
type moment struct {
	at     time.Time
	layout string // of package time
}

// Steps of an axis of time: the first that gives few enough ticks is taken.
var timeSteps = []struct {
	years, months, days int
	layout              string
}{
	{0, 0, 1, "2 Jan 2006"},
	{0, 0, 2, "2 Jan 2006"},
	{0, 0, 7, "2 Jan 2006"},
	{0, 0, 14, "2 Jan 2006"},
	{0, 1, 0, "Jan 2006"},
	{0, 2, 0, "Jan 2006"},
	{0, 3, 0, "Jan 2006"},
	{0, 6, 0, "Jan 2006"},
	{1, 0, 0, "2006"},
	{2, 0, 0, "2006"},
	{5, 0, 0, "2006"},
	{10, 0, 0, "2006"},
	{20, 0, 0, "2006"},
	{50, 0, 0, "2006"},
}

// times are the ticks within a span of seconds: beginnings of days, months and years.
// None where it is too short or too long for them.
func (s *extent) times() []moment {
	const most = 6
	from, to := time.Unix(int64(s.low), 0).UTC(), time.Unix(int64(s.high), 0).UTC()
	days := to.Sub(from).Hours() / 24
	for _, step := range timeSteps {
		if length := 365.2425*float64(step.years) + 30.436875*float64(step.months) + float64(step.days); days > most*length {
			continue
		}
		at := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
		switch {
		case step.years > 0:
			at = time.Date(from.Year()-from.Year()%step.years, 1, 1, 0, 0, 0, 0, time.UTC)
		case step.months > 0:
			at = time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		}
		var list []moment
		for ; !at.After(to); at = at.AddDate(step.years, step.months, step.days) {
			if !at.Before(from) {
				list = append(list, moment{at, step.layout})
			}
		}
		return list
	}
	return nil
}
