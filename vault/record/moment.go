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
	t, p := d.parse()
	if p < Minute {
		return moment{clock: string(d)}
	}
	const layout = "2006-01-02T15:04:05.999999999"
	m := moment{clock: t.Format(layout), precise: t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0}
	if d.HasOffset() {
		m.instant = t.UTC().Format(layout)
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
