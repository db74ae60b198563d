package clinic

import (
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// NewPlot lays series out in a box. Without a dot, and where the numbers are too
// far apart to be drawn, it has no lines.
func NewPlot(width, height float64, list ...Series) Plot {
	return NewPlotIn(width, height, Span{}, list...)
}

// NewPlotIn is [NewPlot] for what of the series falls into a span of time. The axis
// of values stays that of all of them: wherever one looks, the same height is the
// same value.
func NewPlotIn(width, height float64, span Span, list ...Series) Plot {
	p := Plot{Width: width, Height: height}
	x, y := extents(list)
	const widest = 1e300 // beyond it, differences are no numbers any more
	if x.low > x.high || y.high-y.low > widest {
		return p
	}
	marks := marked(list)
	if span.Empty() {
		for _, m := range marks {
			x.take(m.X)
		}
	} else {
		x = extent{float64(span.From.Unix()), float64(span.To.Unix())}
		marks = slices.DeleteFunc(marks, func(m Mark) bool { return m.X < x.low || m.X > x.high })
	}
	p.First, p.Last = month(x.low), month(x.high)
	stretches := stretchesOf(list)
	for _, s := range stretches {
		s.widen(&y)
	}
	ticks, places := y.ticks()
	times := x.times()
	x.widen()
	y.widen()
	p.From, p.To = int64(x.low), int64(x.high)
	toX := func(at float64) float64 { return width * x.part(at) }
	toY := func(v float64) float64 { return height * (1 - y.part(v)) }
	for i := range list {
		p.Lines = append(p.Lines, plotLine(&list[i], x, toX, toY))
	}
	for _, t := range ticks {
		p.Ticks = append(p.Ticks, Tick{toY(t), fixed(t, places)})
	}
	for _, t := range times {
		p.Times = append(p.Times, Tick{toX(float64(t.at.Unix())), t.at.Format(t.layout)})
	}
	for _, m := range marks {
		p.Marks = append(p.Marks, Mark{toX(m.X), m.Label})
	}
	for _, s := range stretches {
		if b := s.band(width, height, toX, toY); b.Bottom > b.Top && b.Width > 0 {
			p.Bands = append(p.Bands, b)
		}
	}
	return p
}

// extents are those of all points, in seconds and in the unit of the axis.
func extents(list []Series) (x, y extent) {
	x, y = extent{math.Inf(1), math.Inf(-1)}, extent{math.Inf(1), math.Inf(-1)}
	for i := range list {
		for n := range list[i].Points {
			d := &list[i].Points[n]
			x.take(d.seconds())
			y.take(d.number)
		}
	}
	return x, y
}

func plotLine(s *Series, x extent, toX, toY func(float64) float64) PlotLine {
	first := sort.Search(len(s.Points), func(n int) bool { return s.Points[n].seconds() >= x.low })
	end := sort.Search(len(s.Points), func(n int) bool { return s.Points[n].seconds() > x.high })
	line := PlotLine{Second: s.Second(), Spots: make([]Spot, 0, max(0, end-first))}
	for n := first; n < end; n++ {
		d := &s.Points[n]
		line.Spots = append(line.Spots, Spot{
			X: toX(d.seconds()), Y: toY(d.number), Bound: !d.Exact(), Upward: strings.HasPrefix(string(d.Comparator), ">"), Open: !d.Final(), Flag: d.Flagged(), Label: d.Label(s.Unit), Of: d,
		})
	}
	for _, g := range s.Gaps {
		if at := g.After + 1 - first; at >= 0 && at < len(line.Spots) {
			line.Spots[at].Break = true
		}
	}
	return line
}

// marked are the results in words that have a date and count, at their seconds.
func marked(list []Series) []Mark {
	var marks []Mark
	for i := range list {
		for n := range list[i].Others {
			l := &list[i].Others[n]
			if at := l.When.Sort(); holds(l) && !at.IsZero() {
				marks = append(marks, Mark{float64(at.Unix()), wordsAt(l)})
			}
		}
	}
	return marks
}

// wordsAt is a result in words, as a point labels itself.
func wordsAt(l *Line) string {
	w := l.Result()
	if w == "" {
		w = "no value, no reason given"
	}
	return record.Visible(w + ", " + l.When.Human())
}

// SparkOf is how a test went in the size of a line of words: the numbers in the unit
// of its newest result. Without two of them it has no lines.
func (s Summary) SparkOf(t Test, width, height float64) Plot {
	for _, one := range s.Series(t) {
		if len(one.Points) > 1 && !one.Second() && record.Visible(one.Unit) == record.Visible(t.Last().Unit) {
			p := NewSpark(width, height, one)
			for i, l := range p.Lines {
				p.Lines[i] = l.Thinned()
			}
			return p
		}
	}
	return Plot{}
}

// NewSpark lays series out in a box that the numbers fill, without ticks; the
// band shows as far as it falls in.
func NewSpark(width, height float64, list ...Series) Plot {
	p := NewPlot(width, height, list...)
	p.Ticks, p.Times = nil, nil
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
	bands := p.Bands[:0]
	for _, b := range p.Bands {
		if b.Top, b.Bottom = fill(b.Top), fill(b.Bottom); b.Bottom > b.Top {
			bands = append(bands, b)
		}
	}
	p.Bands = bands
	return p
}
