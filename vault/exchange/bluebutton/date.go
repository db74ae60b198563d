package bluebutton

import (
	"regexp"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// layouts are the dates of these reports. The months are words; where they are
// numbers (MyMedicare.gov, military data) the source defines MM/DD/YYYY.
var layouts = []struct{ in, out string }{
	{"2 Jan 2006", "2006-01-02"},
	{"2 Jan 2006 1504", "2006-01-02T15:04"},
	{"2 Jan 2006 15:04", "2006-01-02T15:04"},
	{"2 January 2006", "2006-01-02"},
	{"Jan 2, 2006", "2006-01-02"},
	{"January 2, 2006", "2006-01-02"},
	{"Jan 2, 2006 15:04", "2006-01-02T15:04"},
	{"Jan 2, 2006 15:04:05", "2006-01-02T15:04:05"},
	{"January 2, 2006 3:04 PM", "2006-01-02T15:04"},
	{"January 2, 2006, 3:04 PM", "2006-01-02T15:04"},
	{"January 2006", "2006-01"},
	{"Jan 2006", "2006-01"},
	{"2006", "2006"},
	{"1/2/2006", "2006-01-02"},
	{"1/2/2006 3:04 PM", "2006-01-02T15:04"},
	{"1/2/2006 15:04", "2006-01-02T15:04"},
	{"1/2/2006 1504", "2006-01-02T15:04"},
	{"2 Jan 2006 3:04 PM", "2006-01-02T15:04"},
	{"2006-01-02", "2006-01-02"},
}

// zone is the abbreviation behind a time of VA.gov: it is no offset and stays
// out of the date.
var zone = regexp.MustCompile(`(?i)(\d|m\.?) (?:[ECMPA][SD]?T|AK[SD]?T|HS?T|UTC|GMT)$`)

// dated reads a date; ok is false for anything that is none.
func dated(s string) (d record.Date, ok bool) {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "@", " ")), " ")
	s = zone.ReplaceAllString(s, "$1")
	s = strings.NewReplacer("a.m.", "AM", "p.m.", "PM", "am", "AM", "pm", "PM").Replace(s)
	for _, l := range layouts {
		if t, err := time.Parse(l.in, s); err == nil && t.Year() > 0 {
			return record.Date(t.Format(l.out)), true
		}
	}
	return "", false
}

// at is the time that a value states; words that are no date stay words.
func at(s string) record.When {
	if s == "" {
		return record.When{}
	}
	if d, ok := dated(s); ok {
		return record.At(d)
	}
	return record.When{Text: s}
}

// atTime joins a date and a time of day that stand apart.
func atTime(date, clock string) record.When {
	if d, ok := dated(date + " " + clock); ok && clock != "" {
		return record.At(d)
	}
	w := at(date)
	if clock != "" {
		w.Text = strings.TrimSpace(w.Text + " " + clock)
	}
	return w
}

// during is the time between two values.
func during(from, to string) record.When {
	start, end := at(from), at(to)
	switch {
	case to == "":
		start.Period = start.Start != ""
		return start
	case start.Text == "" && end.Text == "":
		return record.When{Start: start.Start, End: end.Start, Period: true}
	}
	return record.When{Start: start.Start, End: end.Start, Period: true, Text: strings.TrimSpace(start.Text + " to " + end.Text)}
}

// day reads the date of a key; what is no date stays a note of its item.
func (it *item) day(names ...string) (record.Date, bool) {
	for _, name := range names {
		for _, f := range it.fields {
			if f.name != name || f.used || len(f.value) == 0 {
				continue
			}
			if d, ok := dated(strings.Join(f.value, " ")); ok {
				f.used = true
				return d, true
			}
		}
	}
	return "", false
}
