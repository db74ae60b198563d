package clinic

import (
	"sort"

	"github.com/carnet-phr/carnet/vault/record"
)

// TimelineRow is one row of a timeline that is shown as a list: a heading, or a
// record.
type TimelineRow struct {
	Level  TimelineLevel
	Date   record.Date // the year, month or day of a heading, and under which a record stands; "" among the undated
	Line   Line        // of a record
	Inside bool        // the record stands inside the visit above it
	Count  int         // of a heading: the records under it
}

// TimelineLevel is what a row is.
type TimelineLevel int

// The levels.
const (
	YearRow TimelineLevel = iota
	MonthRow
	DayRow
	UndatedRow // the heading above what has no date
	RecordRow
)

// Words is the heading for people; "" for a record, and "Date unknown" above the
// undated.
func (r TimelineRow) Words() string {
	switch r.Level {
	case RecordRow:
		return ""
	case UndatedRow:
		return "Date unknown"
	}
	return r.Date.Human()
}

// Rows is the timeline as one list. What is dated by its year or month alone
// comes right under that heading.
func (t Timeline) Rows() []TimelineRow {
	var rows []TimelineRow
	for _, y := range t.Years {
		at := len(rows)
		rows = append(rows, TimelineRow{Level: YearRow, Date: y.Date})
		rows = y.rows(rows, y.Date)
		for _, m := range y.Months {
			at := len(rows)
			rows = append(rows, TimelineRow{Level: MonthRow, Date: m.Date})
			rows = m.rows(rows, m.Date)
			for _, d := range m.Days {
				rows = append(rows, TimelineRow{Level: DayRow, Date: d.Date, Count: d.Len()})
				rows = d.rows(rows, d.Date)
			}
			rows[at].Count = records(rows[at:])
		}
		rows[at].Count = records(rows[at:])
	}
	if n := t.Undated.Len(); n > 0 {
		rows = append(rows, TimelineRow{Level: UndatedRow, Count: n})
		rows = t.Undated.rows(rows, "")
	}
	return rows
}

func records(rows []TimelineRow) int {
	n := 0
	for _, r := range rows {
		if r.Level == RecordRow {
			n++
		}
	}
	return n
}

func (s Shelf) rows(rows []TimelineRow, at record.Date) []TimelineRow {
	for _, v := range s.Visits {
		rows = append(rows, TimelineRow{Level: RecordRow, Date: at, Line: v.Line})
		for _, l := range v.Inside {
			rows = append(rows, TimelineRow{Level: RecordRow, Date: at, Line: l, Inside: true})
		}
	}
	for _, l := range s.Lines {
		rows = append(rows, TimelineRow{Level: RecordRow, Date: at, Line: l})
	}
	return rows
}

// JumpTo is the place in rows, as [Timeline.Rows] gives them, of a day, month or
// year: its heading, else the next older heading, else the end.
func JumpTo(rows []TimelineRow, d record.Date) int {
	d = d.Day()
	n := sort.Search(len(rows), func(n int) bool { // newest first, and a heading before what is within it
		return rows[n].Level == UndatedRow || rows[n].Date == "" || notAfter(rows[n].Date, d)
	})
	for n > 0 && n < len(rows) && rows[n].Level == RecordRow {
		n--
	}
	return n
}

// notAfter says that a heading is d, lies within it, or is older.
func notAfter(heading, d record.Date) bool {
	if len(heading) > len(d) {
		heading = heading[:len(d)]
	}
	if len(heading) < len(d) && d[:len(heading)] == heading {
		return false // d lies within it
	}
	return heading <= d
}
