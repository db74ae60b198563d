package clinic

import (
	"math/big"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic/labtest"
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
	Points []Point // oldest first
	Others []Line  // newest first: words, no number, no date, or not to be counted; in the first series of a test alone
	Gaps   []Gap
	Trend  Trend
}

// Point is one number of a series.
type Point struct {
	Line           *Line
	At             time.Time // the first instant that its date can mean, for placing it
	Until          time.Time // the last, where the date was not written to the day or is a period; else At
	Value          *big.Rat  // in the unit of the series, exact; the bound where Comparator is set
	Comparator     record.Comparator
	Written        record.Quantity // as the source states it
	Converted      bool            // Value was calculated from Written
	Shown          string          // Value for people, with its comparator: as written, or calculated and rounded to the source's digits
	Low, High      *big.Rat        // the range that its own report gives, in the unit of the series; nil where it gives none in numbers
	Range          string          // that range as its report words it
	Flag           string          // its sender's; we compute none (hazard 27)
	Interpretation []record.Concept
}

// Exact says that the value is no bound.
func (p Point) Exact() bool { return p.Comparator == "" }

// In is the value in the unit of its series for people; what was converted says so,
// and what was written.
func (p Point) In(unit string) string {
	if !p.Converted {
		return p.Written.String()
	}
	s := p.Shown
	if unit != "" {
		s += " " + unit
	}
	return s + " (converted from " + p.Written.String() + ")"
}

// SeriesOf gives the series of tests in their order; those of one test by their
// newest point. The order in which results came in changes nothing.
func (j Joining) SeriesOf(tests ...Test) []Series {
	var all []Series
	u := units{}
	for _, t := range tests {
		all = append(all, newSeries(j, u, t)...)
	}
	return all
}

// builder sorts the results of one test onto axes.
type builder struct {
	units  units
	spoken map[string]scale // the units that some source codes, by the words that it writes for them
	groups []*group
	known  map[spot]*group
	others []Line
	most   int // points that a group may come to hold
}

// spot is what decides of which group a number is.
type spot struct{ part, unit, words string }

// group is the points of one series before they are in one unit.
type group struct {
	axis
	part   string
	points []Point
	from   []scale
}

func newSeries(j Joining, u units, t Test) []Series {
	b := &builder{units: u, spoken: map[string]scale{}, known: map[spot]*group{}}
	loinc, parts := make([]string, len(t.Points)), make([][]part, len(t.Points))
	for i := range t.Points {
		loinc[i], parts[i] = j.loinc(t.Points[i]), partsOf(&t.Points[i])
		for n := range parts[i] {
			b.speak(writtenOf(parts[i][n].quantity, loinc[i]))
		}
	}
	b.most = len(t.Points)
	for i := range t.Points {
		b.add(&t.Points[i], parts[i], loinc[i])
	}
	list := make([]Series, 0, len(b.groups))
	for _, g := range b.groups {
		list = append(list, g.series(t.Title))
	}
	if len(list) == 0 {
		list = append(list, Series{Title: t.Title})
	}
	list[0].Others = b.others
	return list
}

// speak remembers which unit the words of a coded one stand for: of one test, the
// same words without a code are the same unit. Words that stand for two are none.
func (b *builder) speak(w written) {
	s := b.units.of(w)
	words := w.words()
	if s.unit.String() == "" || words == "" {
		return
	}
	if other, ok := b.spoken[words]; ok && !other.unit.Same(s.unit) {
		s = scale{words: words}
	}
	b.spoken[words] = s
}

func (b *builder) scale(q record.Quantity, loinc string) scale {
	w := writtenOf(q, loinc)
	s := b.units.of(w)
	if known, ok := b.spoken[s.words]; ok && s.unit.String() == "" {
		return known
	}
	return s
}

// add puts a result where it belongs. Results come newest first.
func (b *builder) add(l *Line, parts []part, loinc string) {
	placed := false
	if !l.When.Sort().IsZero() && (l.Standing == record.Current || l.Standing == record.Unstated) {
		for n := range parts {
			placed = b.place(l, &parts[n], loinc) || placed
		}
	}
	if !placed {
		b.others = append(b.others, *l)
	}
}

func (b *builder) place(l *Line, p *part, loinc string) bool {
	v, ok := decimal(p.quantity.Value)
	if !ok {
		return false
	}
	s := b.scale(p.quantity, loinc)
	g := b.group(p.name, s, loinc)
	at, until := span(l.When)
	point := Point{
		Line: l, At: at, Until: until, Value: v, Comparator: p.quantity.Comparator, Written: p.quantity, Range: p.rangeWords, Flag: p.flag, Interpretation: p.interpretation,
	}
	point.Low, point.High = b.rangeOf(p, s, g.axis, loinc)
	g.points = append(g.points, point)
	g.from = append(g.from, s)
	return true
}

func (b *builder) group(name string, s scale, loinc string) *group {
	k := spot{name, s.unit.String(), s.words}
	if g := b.known[k]; g != nil {
		return g
	}
	for _, g := range b.groups {
		if g.part == name && g.takes(s) {
			b.known[k] = g
			return g
		}
	}
	g := &group{axis: axis{scale: s}, part: name}
	if len(b.groups) == 0 {
		g.points, g.from = make([]Point, 0, b.most), make([]scale, 0, b.most)
	}
	g.test, _ = labtest.ByLOINC(loinc)
	b.groups = append(b.groups, g)
	b.known[k] = g
	return g
}

// rangeOf is the one range in numbers that a report gives, still in the unit of its
// value; its ends may name another unit, of the same axis.
func (b *builder) rangeOf(p *part, s scale, a axis, loinc string) (low, high *big.Rat) {
	if len(p.ranges) != 1 {
		return nil, nil // several are alternatives (hazard 28)
	}
	r := p.ranges[0]
	ends := [2]*big.Rat{}
	for i, q := range []record.Quantity{r.Low, r.High} {
		if q.Empty() {
			continue
		}
		v, ok := decimal(q.Value)
		if !ok || q.Comparator != "" {
			return nil, nil
		}
		if q.UnitWords() != "" && q.UnitWords() != p.quantity.UnitWords() {
			own := b.scale(q, loinc)
			if !a.takes(own) || own.unit.String() == "" {
				return nil, nil
			}
			c, ok := axis{scale: s, test: a.test}.from(own)
			if !ok {
				return nil, nil
			}
			if c != nil {
				v = c.of(v)
			}
		}
		ends[i] = v
	}
	return ends[0], ends[1]
}

// series tells all points in one unit: the one that most of them were written in,
// of several the newest.
func (g *group) series(title string) Series {
	count := map[string]int{}
	names := make([]string, len(g.from))
	for i, s := range g.from {
		names[i] = s.unit.String()
		count[names[i]]++
	}
	best := 0
	for i := range g.from {
		if names[i] != names[best] && count[names[i]] > count[names[best]] {
			best = i
		}
	}
	g.axis.scale = g.from[best]
	s := Series{Title: title, Part: g.part, Unit: g.points[best].Written.UnitWords()}
	known := map[string]*conversion{}
	for i := range g.points {
		c, ok := known[names[i]]
		if !ok {
			c, _ = g.axis.from(g.from[i])
			known[names[i]] = c
		}
		g.points[i].tell(c)
	}
	slices.Reverse(g.points)
	s.Points = g.points
	s.Gaps = gaps(s.Points)
	s.Trend = trendOf(s.Points)
	return s
}

// tell puts a point in the unit of the axis; c is nil where it is in it.
func (p *Point) tell(c *conversion) {
	p.Shown = p.Written.Number()
	if c == nil {
		return
	}
	p.Value, p.Converted = c.of(p.Value), true
	p.Shown = string(p.Comparator) + calculated(p.Value, p.Written.Value, c.moved())
	if p.Low != nil {
		p.Low = c.of(p.Low)
	}
	if p.High != nil {
		p.High = c.of(p.High)
	}
}
