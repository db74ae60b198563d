package record

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Date is a point in time with the precision that was written: "2021",
// "2021-03", "2021-03-05", "2021-03-05T10:30", "2021-03-05T10:30:15.250-05:00".
// The text is the value: no part of it was added, converted or rounded. A time
// without an offset is local to wherever it was written, and stays so.
type Date string

// Precision is how much of a date was written.
type Precision int

// The precisions a [Date] can have.
const (
	NoDate Precision = iota
	Year
	Month
	Day
	Minute
	Second
)

// ErrDate is returned for text that is not a date of the calendar.
var ErrDate = errors.New("not a date")

var dateLayouts = []struct {
	layout    string
	precision Precision
}{
	{"2006", Year},
	{"2006-01", Month},
	{"2006-01-02", Day},
	{"2006-01-02T15:04", Minute},
	{"2006-01-02T15:04Z07:00", Minute},
	{"2006-01-02T15:04:05", Second},
	{"2006-01-02T15:04:05Z07:00", Second},
}

// ParseDate checks FHIR R4 date, dateTime and instant text, and the same
// without an offset or seconds. It refuses what the calendar does not have
// (30 February, month 13, hour 24, year 0000); the error is [ErrDate] and does
// not quote the text.
func ParseDate(s string) (Date, error) {
	d := Date(strings.TrimSpace(s))
	if _, p := d.parse(); p == NoDate || strings.HasPrefix(string(d), "0000") {
		return "", ErrDate
	}
	return d, nil
}

// parse gives the first instant the date can mean, in its own offset (UTC when
// none was written), and its precision.
func (d Date) parse() (time.Time, Precision) {
	if w, ok := d.usual(); ok {
		return w.time(), w.precision
	}
	return d.tried()
}

// tried is parse for any spelling: layout by layout.
func (d Date) tried() (time.Time, Precision) {
	layouts, timed := dateLayouts[:3], false // the first three are days or less
	if strings.IndexByte(string(d), 'T') >= 0 {
		layouts, timed = dateLayouts[3:], true
	}
	offset := timed && d.HasOffset()
	for _, l := range layouts {
		if !timed && len(l.layout) != len(d) || timed && strings.HasSuffix(l.layout, "Z07:00") != offset {
			continue // it cannot match, and finding that out by trying is slow
		}
		if t, err := time.Parse(l.layout, string(d)); err == nil {
			return t, l.precision
		}
	}
	return time.Time{}, NoDate
}

// Precision says how much was written; [NoDate] for the empty date.
func (d Date) Precision() Precision {
	_, p := d.parse()
	return p
}

// HasOffset says whether a time of day with its offset from UTC was written.
func (d Date) HasOffset() bool {
	_, clock, timed := strings.Cut(string(d), "T")
	return timed && strings.ContainsAny(clock, "Z+-")
}

// Day is the calendar date as written where it was written, "2021-03-05" (or
// less, if less was written): never shifted to another zone.
func (d Date) Day() Date {
	day, _, _ := strings.Cut(string(d), "T")
	return Date(day)
}

// Earliest is the first instant the date can mean: for sorting, never for
// display. A date without an offset counts as UTC. Zero for the empty date.
func (d Date) Earliest() time.Time {
	t, _ := d.parse()
	return t.UTC()
}

// Human is the date for people, always with the month as a word:
// "2021", "March 2021", "5 March 2021", "5 March 2021, 10:30 (UTC-05:00)".
func (d Date) Human() string {
	t, p := d.parse()
	switch p {
	case NoDate:
		return ""
	case Year:
		return t.Format("2006")
	case Month:
		return t.Format("January 2006")
	}
	s := t.Format("2 January 2006")
	if clock := d.Clock(); clock != "" {
		s += ", " + clock
	}
	return s
}

// Calendar is the date as it was written, in parts: the month is 0 where only
// the year was, the day where no day was.
func (d Date) Calendar() (year int, month time.Month, day int) {
	t, p := d.parse()
	if p >= Year {
		year = t.Year()
	}
	if p >= Month {
		month = t.Month()
	}
	if p >= Day {
		day = t.Day()
	}
	return year, month, day
}

// Clock is the time of day for people, with its offset where one was written:
// "10:30 (UTC-05:00)"; "" where there is none.
func (d Date) Clock() string {
	t, p := d.parse()
	if p < Minute {
		return ""
	}
	s := t.Format("15:04")
	if p == Second && (t.Second() != 0 || t.Nanosecond() != 0) {
		s = t.Format("15:04:05")
	}
	if d.HasOffset() {
		s += offsetWords(t)
	}
	return s
}

func offsetWords(t time.Time) string {
	if _, seconds := t.Zone(); seconds == 0 {
		return " (UTC)"
	}
	return t.Format(" (UTC-07:00)")
}

// When is the time of a clinical fact: a point, a period, or words.
//
// Period tells a period from a point; an open end is "no end known", never
// today. Ended says that the source declares the fact over without giving the
// date (CDA effectiveTime/high nullFlavor="UNK"). Text holds what the source
// wrote where it is no calendar date ("age 12", "childhood", "30.02.2020").
type When struct {
	Start  Date   `json:"start,omitempty"`
	End    Date   `json:"end,omitempty"`
	Period bool   `json:"period,omitempty"`
	Ended  bool   `json:"ended,omitempty"`
	Text   string `json:"text,omitempty"`
}

// At is the When of a single date.
func At(d Date) When { return When{Start: d} }

// Empty says that nothing at all was stated.
func (w When) Empty() bool { return w == When{} }

// Over says whether the source declares an end, dated or not.
func (w When) Over() bool { return w.Ended || w.End != "" }

// Sort is the instant lists sort by: the start, else the end; zero when neither
// is a date.
func (w When) Sort() time.Time {
	if w.Start != "" {
		return w.Start.Earliest()
	}
	return w.End.Earliest()
}

// Human is the time for people; "" when nothing was stated (callers say "date
// unknown").
func (w When) Human() string {
	start, end := w.Start.Human(), w.End.Human()
	var s string
	switch {
	case start != "" && end != "" && start == end:
		s = start
	case start != "" && end != "":
		s = fmt.Sprintf("%s to %s", start, end)
	case start != "" && w.Ended:
		s = start + ", ended (date unknown)"
	case start != "" && w.Period:
		s = "since " + start
	case start != "":
		s = start
	case end != "":
		s = "until " + end
	case w.Ended:
		s = "ended (date unknown)"
	}
	switch {
	case s == "":
		return w.Text
	case w.Text != "":
		return s + " (" + w.Text + ")"
	}
	return s
}

// Overlaps says whether the fact may fall in the days from..to, both inclusive
// and either empty for "no bound". A fact without any date always may.
func (w When) Overlaps(from, to Date) bool {
	first, last := w.Start, w.End
	if first == "" {
		first = last
	}
	if last == "" && !w.Period {
		last = first
	}
	if to != "" && first != "" && compareDays(first, to) > 0 {
		return false
	}
	if from != "" && last != "" && compareDays(last, from) < 0 {
		return false
	}
	return true
}

// compareDays compares two dates on the digits both of them wrote, so that
// "2021" neither precedes nor follows "2021-03-05".
func compareDays(a, b Date) int {
	x, y := string(a.Day()), string(b.Day())
	n := min(len(x), len(y))
	return strings.Compare(x[:n], y[:n])
}
