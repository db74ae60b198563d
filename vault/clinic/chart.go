package clinic

import (
	"time"
)

// Plot is series of one unit laid into a box whose origin is its top left
// corner, in the units of the box: what the page draws as SVG, the print as vectors,
// and a picture as points.
type Plot struct {
	Width, Height float64
	Lines         []PlotLine
	Ticks         []Tick // of the axis of values
	Times         []Tick // of the axis of time
	Bands         []Band // ranges of the reports
	Marks         []Mark // results in words
	First, Last   string // months at the ends of the time axis
	From, To      int64  // the edges left and right, in seconds since 1970
}

// PlotLine is one series.
type PlotLine struct {
	Spots  []Spot
	Second bool // the lower number of each pair, drawn with the upper
}

// Spot is one number in the box.
type Spot struct {
	X, Y   float64
	Bound  bool // "<0.5", no value: an arrow to the side on which the value lies, and no line runs through it
	Upward bool // of a bound: the value is above it
	Open   bool // not final, or disputed by the patient: a ring
	Break  bool // a gap comes before it: no line leads to it
	Flag   bool // its sender marked it as anything but normal
	Label  string
	Of     *Point `json:"-"`
}

// Arrow is the triangle that stands for a bound, its point on the side of the value.
func (s Spot) Arrow(size float64) [3][2]float64 {
	tip := s.Y + 2*size
	if s.Upward {
		tip = s.Y - 2*size
	}
	return [3][2]float64{{s.X - size, s.Y}, {s.X + size, s.Y}, {s.X, tip}}
}

// Mark is a result in words, at its time.
type Mark struct {
	X     float64
	Label string
}

// Tick is a mark on an axis, at its distance from the top or the left.
type Tick struct {
	At   float64
	Text string
}

// Band is the range that the reports of a stretch of time give.
type Band struct{ X, Width, Top, Bottom float64 }

// Runs are the lines through the exact numbers of a series: a bound interrupts them,
// and so does a gap.
func (l PlotLine) Runs() [][]Spot {
	var all [][]Spot
	first := 0
	end := func(i int) {
		if i-first > 1 {
			all = append(all, l.Spots[first:i])
		}
		first = i
	}
	for i, s := range l.Spots {
		if s.Bound || s.Break {
			end(i)
		}
		if s.Bound {
			first = i + 1
		}
	}
	end(len(l.Spots))
	return all
}

// Axes are series that have points as they are drawn: the two of a pressure on one
// axis, every other on its own.
func Axes(list []Series) [][]Series {
	var axes [][]Series
	for _, s := range list {
		last := len(axes) - 1
		switch {
		case len(s.Points) == 0:
		case s.Second() && last >= 0 && len(axes[last]) == 1 && axes[last][0].Part == Systolic && axes[last][0].Unit == s.Unit:
			axes[last] = append(axes[last], s)
		default:
			axes = append(axes, []Series{s})
		}
	}
	return axes
}

// Some says whether a point of series has a property, for what a legend must tell.
func Some(list []Series, has func(*Point) bool) bool {
	for i := range list {
		for n := range list[i].Points {
			if has(&list[i].Points[n]) {
				return true
			}
		}
	}
	return false
}

// Second says that the series is the lower number of pairs.
func (s *Series) Second() bool { return s.Part == Diastolic }

func (p *Point) seconds() float64 { return float64(p.At.Unix()) }

func month(at float64) string { return time.Unix(int64(at), 0).UTC().Format("January 2006") }
