package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// dateTime is a FHIR dateTime of d. whole is false where a part had to go: a
// time of day without an offset, which FHIR does not have. Hours and minutes
// get ":00": "seconds must be provided due to schema type constraints but may
// be zero-filled" (https://hl7.org/fhir/R4/datatypes.html#dateTime).
func dateTime(d record.Date) (s string, whole bool) {
	switch d.Precision() {
	case record.NoDate:
		return "", d == ""
	case record.Minute, record.Second:
	default:
		return string(d), true
	}
	if !d.HasOffset() {
		return string(d.Day()), false
	}
	s = string(d)
	if d.Precision() == record.Minute {
		const upToMinute = len("2006-01-02T15:04")
		s = s[:upToMinute] + ":00" + s[upToMinute:]
	}
	return s, true
}

// instant is a FHIR instant: a time to the second with its offset, else "".
func instant(d record.Date) string {
	if s, whole := dateTime(d); whole && strings.Contains(s, "T") {
		return s
	}
	return ""
}

// date puts a dateTime; what it cannot hold stands beside it as it was written.
func (e *element) date(name string, d record.Date) {
	s, whole := dateTime(d)
	e.text(name, s)
	if !whole {
		e.extend(name, original(string(d)))
	}
}

// day puts a FHIR date: the day as written where it was written.
func (e *element) day(name string, d record.Date) {
	if d.Precision() == record.NoDate {
		e.extend(name, original(string(d)))
		return
	}
	e.text(name, string(d.Day()))
	if d.Day() != d {
		e.extend(name, original(string(d)))
	}
}

// instant puts a FHIR instant; a coarser date stands beside it in words.
func (e *element) instant(name string, d record.Date) {
	if s := instant(d); s != "" {
		e.text(name, s)
		return
	}
	e.extend(name, original(string(d)))
}

// period is a Period, or nil where the ends cross (per-1). Ends that are
// written with different precision are cut to the coarser one, since FHIR
// cannot compare them; the full text stands beside.
func period(w record.When) *element {
	start, startWhole := dateTime(w.Start)
	end, endWhole := dateTime(w.End)
	if start != "" && end != "" {
		if crossed(start, end) {
			return nil
		}
		if n := min(len(start), len(end)); len(start) != len(end) && start[:min(n, 10)] == end[:min(n, 10)] {
			n = min(n, len("2006-01-02"))
			startWhole, endWhole = startWhole && len(start) == n, endWhole && len(end) == n
			start, end = start[:n], end[:n]
		}
	}
	e := new(element)
	if w.Text != "" {
		e.list("extension", original(w.Text))
	}
	e.text("start", start)
	if !startWhole {
		e.extend("start", original(string(w.Start)))
	}
	e.text("end", end)
	switch {
	case !endWhole:
		e.extend("end", original(string(w.End)))
	case end == "" && w.Ended:
		e.missing("end") // it is over; the source does not say since when
	}
	return e
}

// span is the period of something that has one: a single day or moment begins
// and ends it, for a Period without an end goes on.
func span(w record.When) *element {
	if w.Start != "" && w.End == "" && !w.Period && !w.Ended {
		w.End = w.Start
	}
	return period(w)
}

// crossed says whether a period ends before it starts, on the digits that both
// ends have.
func crossed(start, end string) bool {
	if strings.Contains(start, "T") && strings.Contains(end, "T") {
		return record.Date(start).Earliest().After(record.Date(end).Earliest())
	}
	n := min(len(start), len(end), len("2006-01-02"))
	return start[:n] > end[:n]
}
