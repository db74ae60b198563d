package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// timestamp brings the text of a TS, "201308151030-0800", to ISO 8601 with the
// same precision and offset: "2013-08-15T10:30-08:00". A time without an offset
// gets none; an hour without minutes is left out, since no minute may be
// invented. ok is false for what is no date of the calendar.
func timestamp(s string) (d record.Date, ok bool) {
	s = strings.TrimSpace(s)
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 4 && len(s) > 4 && s[4] == '-' && len(s) != 9 { // already written with dashes, unlike "2013-0500"
		d, err := record.ParseDate(s)
		return d, err == nil
	}
	num := s[:digits]
	fraction, rest := cutFraction(s[digits:])
	out := calendar(num)
	if out == "" {
		return "", false
	}
	if len(num) == 14 && len(fraction) > 1 {
		out += fraction
	}
	if strings.Contains(out, "T") {
		out += offset(rest)
	}
	d, err := record.ParseDate(out)
	return d, err == nil
}

// cutFraction cuts ".250" off the front.
func cutFraction(s string) (fraction, rest string) {
	if !strings.HasPrefix(s, ".") {
		return "", s
	}
	n := 1
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n], s[n:]
}

// calendar is the part before the offset; "" when the digits are too few or odd.
func calendar(num string) string {
	switch len(num) {
	case 4:
		return num
	case 6:
		return num[:4] + "-" + num[4:]
	case 8, 10:
		return num[:4] + "-" + num[4:6] + "-" + num[6:8]
	case 12:
		return calendar(num[:8]) + "T" + num[8:10] + ":" + num[10:]
	case 14:
		return calendar(num[:8]) + "T" + num[8:10] + ":" + num[10:12] + ":" + num[12:]
	}
	return ""
}

// offset reads "+0100", "-08" and "Z"; anything else is left out.
func offset(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, ":", ""))
	if s == "Z" {
		return "Z"
	}
	if len(s) != 3 && len(s) != 5 || s[0] != '+' && s[0] != '-' || strings.Trim(s[1:], "0123456789") != "" {
		return ""
	}
	if len(s) == 3 {
		return s + ":00"
	}
	return s[:3] + ":" + s[3:]
}

// date reads the value of a TS element; text that is no date is told as an
// issue and given as words.
func (r *reader) date(n *node) (d record.Date, words string) {
	v := attr(n, "value")
	if v == "" {
		return "", ""
	}
	d, ok := timestamp(v)
	if !ok {
		r.remark(record.Warning, n, "a date that the calendar does not have; it is kept as text")
		return "", v
	}
	return d, ""
}

// at is the When of one TS.
func (r *reader) at(n *node) record.When {
	d, words := r.date(n)
	return record.When{Start: d, Text: words}
}

// interval reads an IVL_TS, or a TS. An end that is unknown is an open end, "no
// end known"; for problems and allergies see [reader.course].
func (r *reader) interval(n *node) record.When {
	if n == nil {
		return record.When{}
	}
	if attr(n, "value") != "" {
		return r.at(n)
	}
	low, high, center := child(n, "low"), child(n, "high"), child(n, "center")
	if low == nil && high == nil && center != nil {
		return r.at(center)
	}
	start, words := r.date(low)
	end, more := r.date(high)
	w := record.When{Start: start, End: end, Text: joinWords(" to ", words, more)}
	if width := child(n, "width"); width != nil && attr(width, "value") != "" {
		w.Text = joinWords(", ", w.Text, "for "+attr(width, "value")+" "+unitWords(attr(width, "unit"), attr(width, "value")))
	}
	w.Period = start != "" || end != ""
	return w
}

// course reads the effectiveTime of a problem or allergy observation: low is
// the onset, high the end. A high that is there without a date, nullFlavor UNK,
// says that it is over (CLINICAL-SAFETY hazard 11).
func (r *reader) course(n *node) (onset, abatement record.When) {
	if n == nil {
		return record.When{}, record.When{}
	}
	if attr(n, "value") != "" {
		return r.at(n), record.When{}
	}
	onset = r.at(child(n, "low"))
	if high := child(n, "high"); high != nil {
		if abatement = r.at(high); abatement.Empty() && attr(high, "nullFlavor") == "UNK" {
			abatement.Ended = true
		}
	}
	return onset, abatement
}

// joinWords joins what is not empty.
func joinWords(sep string, words ...string) string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, sep)
}
