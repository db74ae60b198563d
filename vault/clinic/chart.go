package clinic

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Plot is series of one unit laid into a box whose origin is its top left
// corner, in the units of the box: what the page draws as SVG, the print as vectors,
// and a picture as points.
type Plot struct {
	Width, Height float64
	Lines         []PlotLine
	Ticks         []Tick
	BandTop       float64 // the reference band, when Banded
	BandBottom    float64
	Banded        bool
	First, Last   string // months at the ends of the time axis
}

// PlotLine is one series.
type PlotLine struct {
	Spots  []Spot
	Second bool // the lower number of each pair, drawn with the upper
}

// Spot is one number in the box.
type Spot struct {
	X, Y   float64
	Hollow bool // a bound ("<0.5"), not a value: no line runs through it
	Upward bool // of a bound: the value is above it
	Break  bool // a gap comes before it: no line leads to it
	Flag   bool // its sender flagged it
	Label  string
}

// Tick is a mark on the axis of values.
type Tick struct {
	Y    float64
	Text string
}

// NewPlot lays series out in a box. Without a dot, and where the numbers are too
// far apart to be drawn, it has no lines.
func NewPlot(width, height float64, list ...Series) Plot {
	p := Plot{Width: width, Height: height}
	x, y := extent{math.Inf(1), math.Inf(-1)}, extent{math.Inf(1), math.Inf(-1)}
	for _, s := range list {
		for _, d := range s.Points {
			x.take(d.at())
			y.take(d.number())
		}
	}
	const widest = 1e300 // beyond it, differences are no numbers any more
	if x.low > x.high || y.high-y.low > widest {
		return p
	}
	p.First, p.Last = month(x.low), month(x.high)
	low, high := bandEnds(list)
	for _, end := range []*float64{low, high} {
		if end != nil {
			y.take(*end)
		}
	}
	ticks := y.ticks()
	x.widen()
	y.widen()
	toY := func(v float64) float64 { return height * (1 - y.part(v)) }
	for _, s := range list {
		line := PlotLine{Second: s.Second()}
		for _, d := range s.Points {
			line.Spots = append(line.Spots, Spot{
				X: width * x.part(d.at()), Y: toY(d.number()), Hollow: !d.Exact(), Upward: strings.HasPrefix(string(d.Comparator), ">"), Flag: d.Flag != "", Label: d.Label(s.Unit),
			})
		}
		for _, g := range s.Gaps {
			line.Spots[g.After+1].Break = true
		}
		p.Lines = append(p.Lines, line)
	}
	for _, t := range ticks {
		p.Ticks = append(p.Ticks, Tick{Y: toY(t), Text: strconv.FormatFloat(t, 'g', 6, 64)})
	}
	if low != nil || high != nil {
		p.Banded, p.BandTop, p.BandBottom = true, 0, height
		if high != nil {
			p.BandTop = toY(*high)
		}
		if low != nil {
			p.BandBottom = toY(*low)
		}
		p.Banded = p.BandBottom > p.BandTop
	}
	return p
}

// NewSpark lays series out in a box that the numbers fill, without ticks; the
// band shows as far as it falls in.
func NewSpark(width, height float64, list ...Series) Plot {
	p := NewPlot(width, height, list...)
	p.Ticks = nil
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, l := range p.Lines {
		for _, s := range l.Spots {
			top, bottom = math.Min(top, s.Y), math.Max(bottom, s.Y)
		}
	}
	if bottom <= top {
		return p
	}
	fill := func(y float64) float64 { return math.Max(0, math.Min(height, height*(y-top)/(bottom-top))) }
	for _, l := range p.Lines {
		for i := range l.Spots {
			l.Spots[i].Y = fill(l.Spots[i].Y)
		}
	}
	if p.Banded {
		p.BandTop, p.BandBottom = fill(p.BandTop), fill(p.BandBottom)
		p.Banded = p.BandBottom > p.BandTop
	}
	return p
}

// bandEnds is the band of a single series; two series have none in common.
func bandEnds(list []Series) (low, high *float64) {
	if len(list) != 1 {
		return nil, nil
	}
	return list[0].Band()
}

// Band is the range that all reports of the series give, where it is one and the
// same; nil for an end that they leave open, and where they differ.
func (s Series) Band() (low, high *float64) {
	if len(s.Points) == 0 {
		return nil, nil
	}
	first := s.Points[0]
	for _, p := range s.Points {
		if !sameEnd(p.Low, first.Low) || !sameEnd(p.High, first.High) {
			return nil, nil
		}
	}
	return number(first.Low), number(first.High)
}

func sameEnd(a, b *big.Rat) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0
}

func number(r *big.Rat) *float64 {
	if r == nil {
		return nil
	}
	f, _ := r.Float64()
	return &f
}

// Second says that the series is the lower number of pairs.
func (s Series) Second() bool { return s.Part == Diastolic }

// Label is the point in words: "5.4 mmol/L, 5 March 2021".
func (p Point) Label(unit string) string {
	return record.Visible(p.In(unit) + ", " + p.Line.When.Human())
}

func (p Point) at() float64 { return float64(p.At.Unix()) }

func (p Point) number() float64 {
	f, _ := p.Value.Float64()
	return f
}

func month(at float64) string { return time.Unix(int64(at), 0).UTC().Format("January 2006") }

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

// ticks widens the span to round numbers and gives three to five of them.
func (s *extent) ticks() []float64 {
	s.widen()
	raw := (s.high - s.low) / 3
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := power * 10
	for _, m := range []float64{1, 2, 2.5, 5} {
		if raw <= m*power {
			step = m * power
			break
		}
	}
	if step <= 0 || math.IsInf(step, 0) || math.IsNaN(step) {
		return nil
	}
	first := math.Floor(s.low/step) * step
	last := math.Ceil(s.high/step) * step
	const most = 12 // ticks; more can only come of rounding at the edge of float64
	var out []float64
	for i := 0; i <= most; i++ {
		v := first + float64(i)*step
		if v > last+step/2 {
			break
		}
		out = append(out, v)
	}
	s.low, s.high = first, last
	return out
}
