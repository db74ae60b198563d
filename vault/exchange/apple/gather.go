package apple

import "strings"

// dayKey is what the readings that are put together have in common: never two
// sources, two devices or two units.
type dayKey struct {
	typ, source, device, unit, flavor, day string
	self                                   bool
}

// day is what one source says of one kind on one day.
type day struct {
	dayKey
	n           int
	limit       int      // up to which they are kept one by one
	kept        []sample // nil once there are more
	place       string   // of the first
	first, last []byte   // the earliest start and the latest end
	low, high   decimal
	lowText     string // as written
	highText    string
	sum         decimal
	scale       int     // the most digits behind the point that were written
	values      []tally // of categories
}

// tally is how often a day had a category's value, and for how long.
type tally struct {
	value   string
	n       int
	seconds int64
}

// gathered are the readings of a file until its end.
type gathered struct {
	days  map[dayKey]*day
	order []*day
	last  *day              // that a reading was put to
	words map[string]string // one copy of each text that many days share
	held  int               // days and readings
	pairs []*pair
}

func newGathered() *gathered {
	return &gathered{days: map[dayKey]*day{}, words: map[string]string{}}
}

// once keeps one copy of a text.
func (g *gathered) once(s string) string {
	if w, ok := g.words[s]; ok {
		return w
	}
	s = strings.Clone(s)
	g.words[s] = s
	return s
}

// of gives the day that a sample belongs to, nil when the file holds more than
// can be held.
func (g *gathered) of(s *sample, on string, limit int) *day {
	k := dayKey{typ: s.typ, source: s.source, device: s.device, unit: s.unit, flavor: s.flavor, day: on, self: s.self}
	if g.last != nil && g.last.dayKey == k { // a phone writes day after day
		return g.last
	}
	if d := g.days[k]; d != nil {
		g.last = d
		return d
	}
	if g.held >= keptLimit {
		return nil
	}
	g.held++
	k.typ, k.source, k.device, k.unit, k.flavor, k.day = g.once(k.typ), g.once(k.source), g.once(k.device), g.once(k.unit), g.once(k.flavor), g.once(k.day)
	d := &day{dayKey: k, limit: limit, place: s.place()}
	g.days[k] = d
	g.order = append(g.order, d)
	return d
}

// keep keeps a sample for itself while there are few; it reports whether there
// was room.
func (g *gathered) keep(d *day, s sample) bool {
	d.n++
	if len(d.first) == 0 || s.start < string(d.first) {
		d.first = append(d.first[:0], s.start...)
	}
	if s.end > string(d.last) {
		d.last = append(d.last[:0], s.end...)
	}
	switch {
	case d.n > d.limit:
		g.held -= len(d.kept)
		d.kept = nil
		return true
	case g.held >= keptLimit:
		d.n--
		return false
	}
	g.held++
	s = s.kept()
	s.typ, s.source, s.device, s.unit = d.typ, d.source, d.device, d.unit
	d.kept = append(d.kept, s)
	return true
}

// number adds a reading to what the day has in common.
func (d *day) number(text string) {
	v, ok := parseDecimal(text)
	if !ok {
		return
	}
	if d.lowText == "" || v.cmp(d.low) < 0 {
		d.low, d.lowText = v, strings.Clone(text)
	}
	if d.highText == "" || v.cmp(d.high) > 0 {
		d.high, d.highText = v, strings.Clone(text)
	}
	d.sum = d.sum.add(v)
	d.scale = max(d.scale, v.scale)
}

// valuesLimit is how many values of a category are told apart on one day.
const valuesLimit = 20

// value counts a category's value.
func (d *day) value(text string, seconds int64) {
	if len(d.values) >= valuesLimit {
		text = "further values"
	}
	for n := range d.values {
		if v := &d.values[n]; v.value == text {
			v.n++
			v.seconds += seconds
			return
		}
	}
	d.values = append(d.values, tally{strings.Clone(text), 1, seconds})
}
