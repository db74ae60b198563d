package clinic

import (
	"fmt"
	"math"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Direction is which way the values of a series go. It says nothing about whether
// that is good or bad, or matters.
type Direction string

// The directions; the empty Direction means that too little is known to say one.
const (
	Rising  Direction = "rising"
	Falling Direction = "falling"
	Unclear Direction = "no clear direction"
)

// fewestPoints is how many comparable results a trend needs.
const fewestPoints = 4

// Trend is the Theil–Sen slope of a series: the median of the slopes between its
// results, which a single odd value hardly moves, with Sen's confidence interval (P.
// K. Sen, J. Am. Stat. Assoc. 63, 1968). A direction is told where the whole interval
// lies on one side of zero.
type Trend struct {
	Direction Direction
	PerYear   float64 // the slope, in the unit of the series per year
	Low, High float64 // its interval
	Points    int     // how many results it rests on
	From, To  time.Time
}

// Words is the trend in words, "rising over 14 months"; "" for none. It is the only
// place where they are made.
func (t Trend) Words() string {
	if t.Direction == "" {
		return ""
	}
	return string(t.Direction) + " over " + lasting(t.To.Sub(t.From))
}

// TrendWords is the trend with the part and the unit that it is about, where the
// series of a test could be taken for each other.
func (s *Series) TrendWords() string {
	w := s.Trend.Words()
	if w != "" && s.Part != "" {
		return s.Part + ": " + w
	}
	return w
}

// lasting is a length of time, in the unit that people would use.
func lasting(d time.Duration) string {
	const day = 24 * time.Hour
	const month = 30.436875 // days, of a Gregorian year
	days := d.Hours() / 24
	count := func(n float64, unit string) string {
		if n = math.Round(n); n == 1 {
			return "1 " + unit
		}
		return fmt.Sprintf("%.0f %ss", n, unit)
	}
	switch {
	case d < 2*day:
		return count(d.Hours(), "hour")
	case days < 21:
		return count(days, "day")
	case days < 70:
		return count(days/7, "week")
	case days < 24*month:
		return count(days/month, "month")
	}
	return count(days/(12*month), "year")
}

// trendOf is the trend of those points that can be compared: exact, final, disputed by
// nobody, dated to the day, and all measured by professionals or all by the patient,
// whose devices differ from theirs (CLINICAL-SAFETY hazard 49). Points come sorted by
// time.
func trendOf(points []Point) Trend {
	used := make([]*Point, 0, len(points))
	for i := range points {
		if p := &points[i]; p.comparable() {
			used = append(used, p)
			if p.atHome() != used[0].atHome() {
				return Trend{}
			}
		}
	}
	if len(used) < fewestPoints {
		return Trend{}
	}
	distinct := 0
	x, y := make([]float64, len(used)), make([]float64, len(used)) // days, values
	for i, p := range used {
		if i == 0 || !p.At.Equal(used[i-1].At) {
			distinct++
		}
		x[i], y[i] = p.At.Sub(used[0].At).Hours()/24, p.number
	}
	if distinct < fewestPoints {
		return Trend{}
	}
	slope, low, high := theilSen(x, y)
	const year = 365.2425 // days
	t := Trend{Direction: Unclear, PerYear: slope * year, Low: low * year, High: high * year, Points: len(used), From: used[0].At, To: used[len(used)-1].At}
	switch {
	case low > 0:
		t.Direction = Rising
	case high < 0:
		t.Direction = Falling
	}
	return t
}

func (p *Point) comparable() bool {
	const imprecise = 48 * time.Hour // a collection over a day and night is one time
	if !p.Exact() || p.Until.Sub(p.At) > imprecise || !p.Final() {
		return false
	}
	w := &p.Line.When
	return w.Start.Precision() >= record.Day || w.Start == "" && w.End.Precision() >= record.Day
}

func (p *Point) atHome() bool {
	if len(p.Line.Provenance) == 0 {
		return false
	}
	a := p.Line.Provenance[0].Asserter
	return a == record.ByPatient || a == record.ByDevice
}
