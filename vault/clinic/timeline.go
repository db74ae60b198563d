package clinic

import (
	"cmp"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Timeline is one person's record by calendar, newest first. Every record that
// stands is in exactly one place; descriptions of the person, and what was
// replaced or withdrawn, are in none.
//
// A date counts as far as it was written and where it was written: "2021" stands
// under its year and in none of its months, and no time zone moves a day.
type Timeline struct {
	Years   []Year
	Undated Shelf // at the end: without any date of the calendar
}

// Year holds the months of a year, and what is dated by the year alone.
type Year struct {
	Date   record.Date // "2021"
	Months []Month
	Shelf
}

// Month holds the days of a month, and what is dated by the month alone.
type Month struct {
	Date record.Date // "2021-03"
	Days []Day
	Shelf
}

// Day is one day as it was written.
type Day struct {
	Date record.Date // "2021-03-05"
	Shelf
}

// Shelf is what stands at one place: visits, and beside them what names none of
// them, each newest first.
type Shelf struct {
	Visits []Visit
	Lines  []Line
}

// Visit is a visit or stay with all that names it as the place where it happened.
// It stands under the day on which it began.
type Visit struct {
	Line
	Inside []Line
}

// Len is how many records stand there.
func (s Shelf) Len() int {
	n := len(s.Lines) + len(s.Visits)
	for _, v := range s.Visits {
		n += len(v.Inside)
	}
	return n
}

// TimelineFilter picks what is shown. Empty fields do not restrict; a record
// passes that has one of the sources.
type TimelineFilter struct {
	Kinds     []record.Kind
	Originals []record.Hash // the files
	Systems   []string      // the issuing systems, as the sources name them
	Asserters []record.Asserter
}

// Match says whether a record passes.
func (f TimelineFilter) Match(r record.Record) bool {
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, r.Resource.Kind()) {
		return false
	}
	if len(f.Originals)+len(f.Systems)+len(f.Asserters) == 0 {
		return true
	}
	return slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool {
		return (len(f.Originals) == 0 || slices.Contains(f.Originals, p.Original)) &&
			(len(f.Systems) == 0 || slices.Contains(f.Systems, p.System)) &&
			(len(f.Asserters) == 0 || slices.Contains(f.Asserters, p.Asserter))
	})
}

// TimelineOf arranges the records of one person, which may come in any order.
// What names a visit stands inside it, whatever its own date; where the visit is
// not shown, or has no date while the record has one, it stands by its own date.
// What merely happened on the day of a visit stands beside it.
func TimelineOf(records []record.Record, f TimelineFilter) Timeline {
	records = append([]record.Record(nil), records...)
	record.ByTime(records)
	visits := shownVisits(records, f)
	c := calendar{}
	for _, r := range records {
		if r.Resource.Kind() == record.KindPatient || !f.Match(r) {
			continue
		}
		l := line(r)
		if l.Standing.History() {
			continue
		}
		c.put(l, visits.of(l))
	}
	return c.timeline()
}

// dated is the day, month or year under which a time stands; "" for none.
func dated(w record.When) record.Date {
	for _, d := range []record.Date{w.Start, w.End} {
		if day := d.Day(); day.Precision() != record.NoDate {
			return day
		}
	}
	return ""
}

// calendar collects shelves by their dates.
type calendar struct {
	shelves map[record.Date]*Shelf
	inside  map[record.ID][]Line
}

func (c *calendar) put(l Line, visit record.ID) {
	if c.shelves == nil {
		c.shelves, c.inside = map[record.Date]*Shelf{"": {}}, map[record.ID][]Line{}
	}
	if visit != "" {
		c.inside[visit] = append(c.inside[visit], l)
		return
	}
	at := dated(l.When)
	s := c.shelves[at]
	if s == nil {
		s = &Shelf{}
		c.shelves[at] = s
	}
	if l.Resource.Kind() == record.KindEncounter {
		s.Visits = append(s.Visits, Visit{Line: l})
	} else {
		s.Lines = append(s.Lines, l)
	}
}

// The lengths of a year and a month as text.
const (
	yearText  = len("2006")
	monthText = len("2006-01")
)

// timeline puts the shelves under their years and months, newest first: a date
// that is written less precisely is a prefix of those within it.
func (c *calendar) timeline() Timeline {
	var t Timeline
	dates := make([]record.Date, 0, len(c.shelves))
	for d, s := range c.shelves {
		for n := range s.Visits {
			s.Visits[n].Inside = c.inside[s.Visits[n].ID]
		}
		if d == "" {
			t.Undated = *s
		} else {
			dates = append(dates, d)
		}
	}
	slices.SortFunc(dates, func(a, b record.Date) int { return cmp.Compare(b, a) })
	for _, d := range dates {
		y := t.year(d[:yearText])
		if len(d) == yearText {
			y.Shelf = *c.shelves[d]
			continue
		}
		m := y.month(d[:monthText])
		if len(d) == monthText {
			m.Shelf = *c.shelves[d]
			continue
		}
		m.Days = append(m.Days, Day{d, *c.shelves[d]})
	}
	return t
}

func (t *Timeline) year(d record.Date) *Year {
	if n := len(t.Years); n == 0 || t.Years[n-1].Date != d {
		t.Years = append(t.Years, Year{Date: d})
	}
	return &t.Years[len(t.Years)-1]
}

func (y *Year) month(d record.Date) *Month {
	if n := len(y.Months); n == 0 || y.Months[n-1].Date != d {
		y.Months = append(y.Months, Month{Date: d})
	}
	return &y.Months[len(y.Months)-1]
}
