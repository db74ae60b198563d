package clinic

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Series is the numbers of one test that may stand on one axis, oldest first: in
// one unit, or converted into it where that is certain. What cannot be joined is a
// further series of the same test (CLINICAL-SAFETY hazard 22).
//
// Every result of a test stands in one of its series, as a point or among the
// others; one of several parts, as a blood pressure, has a point in the series of
// each part.
type Series struct {
	Title  string
	Part   string  // of results in parts: which; "" else
	Unit   string  // of the axis, as a source wrote it; "" where none gave one
	Apart  string  // why it is not on the axis of a series before it; "" for the first of a part
	Points []Point // oldest first
	Others []Line  // newest first: words, no number, no date, or not to be counted; in the first series of all alone
	Gaps   []Gap
	Trend  Trend
}

// SeriesOf gives the series of tests in their order; those of one test by their
// newest point. Parts that are a test of their own as well, as a systolic pressure,
// stand in one series where both are given. The order in which results came in
// changes nothing.
func (j *joining) SeriesOf(tests ...Test) []Series {
	b := &builder{joining: j, units: units{}, spoken: map[spoken]scale{}, known: map[spot]*spotted{}, ranges: map[limits]*band{}}
	for i := range tests {
		b.most += len(tests[i].Points)
	}
	b.lines = make([]source, 0, b.most)
	for i := range tests {
		key := ""
		for n := range tests[i].Points {
			l := &tests[i].Points[n]
			if n == 0 {
				key = j.key(l)
			}
			b.lines = append(b.lines, source{l, key, j.loinc(l)})
		}
	}
	if len(tests) > 1 {
		slices.SortStableFunc(b.lines, func(a, b source) int { return b.When.Sort().Compare(a.When.Sort()) })
	}
	list := b.series()
	for i := range list {
		if len(tests) == 1 || list[i].Title == "" && len(tests) > 0 {
			list[i].Title = tests[0].Title
		}
	}
	return list
}

// series tells all points in one unit: the one that most of them were written in,
// of several the newest.
func (g *group) series() Series {
	count := map[string]int{}
	for i := range g.from {
		count[g.from[i].unit.String()]++
	}
	best := 0
	for i := range g.from {
		if count[g.from[i].unit.String()] > count[g.from[best].unit.String()] {
			best = i
		}
	}
	g.axis.scale = g.from[best]
	s := Series{Title: g.title, Part: g.part, Unit: g.points[best].Written.UnitWords(), Apart: g.apart}
	known := map[string]*conversion{}
	for i := range g.points {
		unit := g.from[i].unit.String()
		c, ok := known[unit]
		if !ok {
			c, _ = g.axis.from(g.from[i])
			known[unit] = c
		}
		g.points[i].tell(c, g.bands[i])
	}
	slices.Reverse(g.points)
	s.Points = g.points
	s.Gaps = gaps(s.Points)
	s.Trend = trendOf(s.Points)
	return s
}

// tell puts a point in the unit of the axis; c is nil where it is in it.
func (p *Point) tell(c *conversion, b *band) {
	if c != nil {
		p.told = c
		p.number, _ = p.Value().Float64()
	}
	if b != nil {
		p.Low, p.High = b.in(c)
	}
}

// unnamed says that nothing tells of which test a result is.
func unnamed(l *Line) bool {
	o, ok := l.Resource.(*record.Observation)
	return ok && nameless(o)
}
