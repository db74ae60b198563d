package clinic

import (
	"math"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// NewPlot lays series out in a box. Without a dot, and where the numbers are too
// far apart to be drawn, it has no lines.
func NewPlot(width, height float64, list ...Series) Plot {
	p := Plot{Width: width, Height: height}
	x, y := extent{math.Inf(1), math.Inf(-1)}, extent{math.Inf(1), math.Inf(-1)}
	for i := range list {
		for n := range list[i].Points {
			d := &list[i].Points[n]
			x.take(d.seconds())
			y.take(d.number)
		}
	}
	const widest = 1e300 // beyond it, differences are no numbers any more
	if x.low > x.high || y.high-y.low > widest {
		return p
	}
	marks := marked(list)
	for _, m := range marks {
		x.take(m.X)
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
		p.Lines = append(p.Lines, plotLine(&list[i], toX, toY))
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

func plotLine(s *Series, toX, toY func(float64) float64) PlotLine {
	line := PlotLine{Second: s.Second(), Spots: make([]Spot, 0, len(s.Points))}
	for n := range s.Points {
		d := &s.Points[n]
		line.Spots = append(line.Spots, Spot{
			X: toX(d.seconds()), Y: toY(d.number), Bound: !d.Exact(), Upward: strings.HasPrefix(string(d.Comparator), ">"), Open: !d.Final(), Flag: d.Flagged(), Label: d.Label(s.Unit),
		})
	}
	for _, g := range s.Gaps {
		line.Spots[g.After+1].Break = true
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
