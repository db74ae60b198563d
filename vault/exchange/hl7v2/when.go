package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// moment is field n as a date and time (TS, DTM, DT), "" where it is none.
func (s *segment) moment(n int) record.Date {
	d, _ := s.field(n).first().date()
	return d
}

// date brings the text of a TS, "201308151030-0800", to ISO 8601 with the same
// precision and offset: "2013-08-15T10:30-08:00". Nothing is added: a time
// without an offset gets none, an hour without minutes is left out. Text that
// the calendar does not have is given back as words, with a remark.
func (f field) date() (d record.Date, words string) {
	text := f.comp(1).String()
	if text == "" {
		return "", ""
	}
	if text[0] == '"' {
		return "", ""
	}
	m := f.seg.m
	d, known := m.dates[text]
	if !known {
		d = isoDate(text)
		m.dates[text] = d
	}
	if d == "" {
		f.remark("a date that the calendar does not have; it is kept as text")
		return "", text
	}
	return precise(d, f.comp(2).String()), ""
}

// precise drops what the second component of a TS, the degree of precision
// (until 2.3), says was not measured.
func precise(d record.Date, degree string) record.Date {
	n := len(d)
	switch degree {
	case "Y":
		n = len("2006")
	case "L":
		n = len("2006-01")
	case "D", "H":
		n = len("2006-01-02")
	}
	return d[:min(n, len(d))]
}

// isoDate is "" for what is no date.
func isoDate(s string) record.Date {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	num, rest := s[:n], s[n:]
	if n == 4 && len(rest) > 0 && rest[0] == '-' && len(rest) != len("-0500") { // written with dashes
		num, rest = s, ""
	}
	out := calendar(num)
	if out == "" {
		return ""
	}
	fraction, rest := cutFraction(rest)
	if n == 14 {
		out += fraction
	}
	zone, ok := offset(rest)
	if !ok {
		return ""
	}
	if n >= 12 {
		out += zone
	}
	d, err := record.ParseDate(out)
	if err != nil {
		return ""
	}
	return d
}

// calendar is a date with its time of day, before the fraction; "" when the
// digits are too few or odd.
func calendar(num string) string {
	switch len(num) {
	case 4:
		return num
	case 6:
		return num[:4] + "-" + num[4:]
	case 8:
		return num[:4] + "-" + num[4:6] + "-" + num[6:]
	case 10:
		if num[4] != '-' && clock(num[8:]+"00") == "" {
			return ""
		}
		if num[4] != '-' {
			return calendar(num[:8])
		}
		return num
	case 12, 14:
		if t := clock(num[8:]); t != "" {
			return calendar(num[:8]) + "T" + t
		}
		return ""
	}
	if len(num) == 7 && num[4] == '-' {
		return num
	}
	return ""
}

// cutFraction cuts ".250" off the front.
func cutFraction(s string) (fraction, rest string) {
	if len(s) < 2 || s[0] != '.' {
		return "", s
	}
	n := 1
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 1 {
		return "", s
	}
	return s[:n], s[n:]
}

// clock is "10:30" or "10:30:15".
func clock(num string) string {
	if num[:2] > "23" || num[2:4] > "59" || len(num) > 4 && num[4:] > "59" {
		return ""
	}
	if len(num) == 4 {
		return num[:2] + ":" + num[2:]
	}
	return num[:2] + ":" + num[2:4] + ":" + num[4:]
}

// offset reads "+0100" and "Z"; "" gives none.
func offset(s string) (string, bool) {
	s = strings.TrimSpace(s)
	switch {
	case s == "" || s == "Z":
		return s, true
	case len(s) != 5 || s[0] != '+' && s[0] != '-' || strings.Trim(s[1:], "0123456789") != "" || s[1:3] > "14" || s[3:] > "59":
		return "", false
	}
	return s[:3] + ":" + s[3:], true
}

// when is the When of one field.
func (s *segment) when(n int) record.When {
	d, words := s.field(n).first().date()
	return record.When{Start: d, Text: words}
}

// period is the When from field a to field b.
func (s *segment) period(a, b int) record.When {
	start, w1 := s.field(a).first().date()
	end, w2 := s.field(b).first().date()
	w := record.When{Start: start, Text: joined(" to ", w1, w2)}
	if end != "" && end != start {
		w.End, w.Period = end, true
	}
	return w
}

// joined joins what is not empty.
func joined(sep string, words ...string) string {
	out := ""
	for _, w := range words {
		if w == "" {
			continue
		}
		if out != "" {
			out += sep
		}
		out += w
	}
	return out
}
