package record

import "strings"

// moment is a [Date] for comparing: its wall clock, and the instant where an
// offset was written.
type moment struct {
	clock   string
	instant string
	precise bool // to the minute at least, and not midnight, which often stands for "some time that day"
}

func momentOf(d Date) moment {
	if d == "" {
		return moment{}
	}
	w, ok := d.usual()
	switch {
	case !ok:
		return momentTried(d)
	case w.precision < Minute:
		return moment{clock: string(d)}
	}
	m := moment{clock: string(d[:w.clock]), precise: w.hour != 0 || w.minute != 0 || w.second != 0}
	if w.precision == Minute {
		m.clock += ":00"
	}
	switch {
	case w.zoned && w.offset == 0:
		m.instant = m.clock
	case w.zoned:
		m.instant = w.time().UTC().Format(clockLayout)
	}
	return m
}

const clockLayout = "2006-01-02T15:04:05.999999999"

// momentTried is momentOf for any spelling.
func momentTried(d Date) moment {
	t, p := d.tried()
	if p < Minute {
		return moment{clock: string(d)}
	}
	m := moment{clock: t.Format(clockLayout), precise: t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0}
	if d.HasOffset() {
		m.instant = t.UTC().Format(clockLayout)
	}
	return m
}

// same compares instants where both wrote their offset, else wall clocks.
func (m moment) same(n moment) bool {
	if m.instant != "" && n.instant != "" {
		return m.instant == n.instant
	}
	return m.clock == n.clock
}

// Near says that nothing of either date contradicts the other: the same instant,
// or the same text as far as both were written. An empty date contradicts none.
func (d Date) Near(e Date) bool { return momentOf(d).near(momentOf(e)) }

// near says that nothing either wrote contradicts the other.
func (m moment) near(n moment) bool {
	if m.clock == "" || n.clock == "" || m.same(n) {
		return true
	}
	if strings.Contains(m.clock, "T") && strings.Contains(n.clock, "T") {
		return false
	}
	l := min(len(m.clock), len(n.clock))
	return m.clock[:l] == n.clock[:l]
}
