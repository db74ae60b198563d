package record

import "time"

// written is a [Date] taken apart.
type written struct {
	year, month, day, hour, minute, second, nanosecond int

	precision Precision
	clock     int // the length of the text that is the wall clock, without closing zeros of a fraction
	zoned     bool
	offset    int // seconds east of UTC
}

// usual reads the spellings that nearly all dates have, digit by digit; ok is
// false for any other, and for what the calendar does not have.
func (d Date) usual() (w written, ok bool) {
	r := digitReader{s: string(d)}
	w.month, w.day = 1, 1
	w.year, w.precision = r.number(4, 0, 9999), Year
	if r.byte('-') {
		w.month, w.precision = r.number(2, 1, 12), Month
		if r.byte('-') {
			w.day, w.precision = r.number(2, 1, daysOf(w.year, w.month)), Day
			if r.byte('T') {
				w.timeOfDay(&r)
			}
		}
	}
	return w, !r.failed && r.at == len(r.s)
}

func (w *written) timeOfDay(r *digitReader) {
	w.hour = r.number(2, 0, 23)
	r.need(':')
	w.minute, w.precision = r.number(2, 0, 59), Minute
	w.clock = r.at
	if r.byte(':') {
		w.second, w.precision = r.number(2, 0, 59), Second
		w.clock = r.at
		if r.byte('.') {
			w.fraction(r)
		}
	}
	switch {
	case r.byte('Z'):
		w.zoned = true
	case r.byte('+'):
		w.zoned, w.offset = true, r.offset()
	case r.byte('-'):
		w.zoned, w.offset = true, -r.offset()
	}
}

func (w *written) fraction(r *digitReader) {
	n := 0
	for ; n < 9 && r.at < len(r.s) && r.s[r.at] >= '0' && r.s[r.at] <= '9'; n++ {
		w.nanosecond = w.nanosecond*10 + int(r.s[r.at]-'0')
		r.at++
		if r.s[r.at-1] != '0' {
			w.clock = r.at
		}
	}
	r.failed = r.failed || n == 0
	for ; n < 9; n++ {
		w.nanosecond *= 10
	}
}

// time is the first instant that the date can mean, UTC where no offset was
// written.
func (w *written) time() time.Time {
	zone := time.UTC
	if w.offset != 0 {
		zone = time.FixedZone("", w.offset)
	}
	return time.Date(w.year, time.Month(w.month), w.day, w.hour, w.minute, w.second, w.nanosecond, zone)
}

func daysOf(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// digitReader reads numbers of a fixed length.
type digitReader struct {
	s      string
	at     int
	failed bool
}

// byte steps over c, if it is next.
func (r *digitReader) byte(c byte) bool {
	if r.failed || r.at >= len(r.s) || r.s[r.at] != c {
		return false
	}
	r.at++
	return true
}

func (r *digitReader) need(c byte) { r.failed = !r.byte(c) || r.failed }

func (r *digitReader) number(length, least, most int) int {
	n := 0
	for range length {
		if r.failed || r.at >= len(r.s) || r.s[r.at] < '0' || r.s[r.at] > '9' {
			r.failed = true
			return 0
		}
		n = n*10 + int(r.s[r.at]-'0')
		r.at++
	}
	r.failed = n < least || n > most
	return n
}

func (r *digitReader) offset() int {
	hours := r.number(2, 0, 23)
	r.need(':')
	return hours*3600 + r.number(2, 0, 59)*60
}
