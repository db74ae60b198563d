package clinic

// source is a result with its test.
type source struct {
	*Line
	key, loinc string
}

// builder sorts results onto axes.
type builder struct {
	*joining
	units  units
	spoken map[spoken]scale // the units that some source codes, by the words that it writes for them
	groups []*group
	known  map[spot]*spotted
	ranges map[limits]*band
	lines  []source // newest first
	others []Line
	parts  []part
	most   int // points that a group may come to hold
}

// spoken are the words for a unit, of one test.
type spoken struct{ key, words string }

// spot is what decides of which group a number is.
type spot struct {
	key string
	written
}

// spotted is that group.
type spotted struct {
	scale
	group *group
}

// group is the points of one series before they are in one unit.
type group struct {
	axis
	key         string
	title, part string
	points      []Point
	from        []scale
	bands       []*band
	apart       string
}

func (b *builder) series() []Series {
	for i := range b.lines {
		l := &b.lines[i]
		b.parts = partsOf(l.Line, b.parts[:0])
		for n := range b.parts {
			p := b.parts[n].of(l)
			k := spot{p.key, writtenOf(p.quantity, p.loinc)}
			if _, ok := b.known[k]; !ok {
				b.known[k] = &spotted{}
				b.speak(k)
			}
		}
	}
	for i := range b.lines {
		b.add(&b.lines[i])
	}
	list := make([]Series, 0, len(b.groups)+1)
	for _, g := range b.groups {
		list = append(list, g.series())
	}
	if len(list) == 0 {
		list = append(list, Series{})
	}
	list[0].Others = b.others
	return list
}

// of says of what a part without a code of its own is.
func (p *part) of(l *source) *part {
	switch {
	case p.key == "":
		p.key, p.loinc = l.key, l.loinc
	case p.loinc == "":
		p.key = l.key + "\x00" + p.key
	}
	return p
}

// speak remembers which unit the words of a coded one stand for: of one test, the
// same words without a code are the same unit. Words that stand for two are none.
func (b *builder) speak(k spot) {
	s := b.units.of(k.written)
	words := k.words()
	if s.unit.String() == "" || words == "" {
		return
	}
	at := spoken{k.key, words}
	if other, ok := b.spoken[at]; ok && !other.unit.Same(s.unit) {
		s = scale{words: words}
	}
	b.spoken[at] = s
}

func (b *builder) scale(k spot) scale {
	s := b.units.of(k.written)
	if s.unit.String() == "" {
		if known, ok := b.spoken[spoken{k.key, s.words}]; ok {
			return known
		}
	}
	return s
}

// add puts a result where it belongs. Results come newest first.
func (b *builder) add(l *source) {
	placed := false
	if at, until := span(l.When); !at.IsZero() && holds(l.Line) && (l.loinc != "" || !unnamed(l.Line)) {
		b.parts = partsOf(l.Line, b.parts[:0])
		for i := range b.parts {
			placed = b.place(Point{Line: l.Line, At: at, Until: until}, b.parts[i].of(l)) || placed
		}
	}
	if !placed {
		b.others = append(b.others, *l.Line)
	}
}

func (b *builder) place(d Point, p *part) bool {
	v, ok := float(p.quantity.Value)
	if !ok {
		return false
	}
	k := spot{p.key, writtenOf(p.quantity, p.loinc)}
	at := b.known[k]
	if at.group == nil {
		at.scale = b.scale(k)
		at.group = b.group(p, at.scale)
	}
	g := at.group
	if len(g.points) == 0 || g.part == "" && p.name != "" {
		g.title, g.part = d.Line.Title, p.name // results in parts go by the name of the part
	}
	d.Comparator, d.Written, d.Interpretation, d.ranges, d.number = p.quantity.Comparator, p.quantity, p.interpretation, p.ranges, v
	g.points = append(g.points, d)
	g.from = append(g.from, at.scale)
	g.bands = append(g.bands, b.bandOf(p, at.scale, g.axis))
	return true
}

// group finds the axis for a unit, or makes it.
func (b *builder) group(p *part, s scale) *group {
	apart := ""
	test := knownTest(p.loinc)
	for _, g := range b.groups {
		if g.key != p.key {
			continue
		}
		if g.test == test && g.takes(s) {
			return g
		}
		apart = g.why(s, test)
	}
	g := &group{axis: axis{scale: s, test: test}, key: p.key, apart: apart}
	if len(b.groups) == 0 {
		g.points, g.from, g.bands = make([]Point, 0, b.most), make([]scale, 0, b.most), make([]*band, 0, b.most)
	}
	b.groups = append(b.groups, g)
	return g
}
