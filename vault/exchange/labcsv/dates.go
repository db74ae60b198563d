package labcsv

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// numeric is a date of three numbers, the year last, with what follows.
var numeric = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})(?:[ T,]+(.*))?$`)

// yearFirst is a date of three numbers, the year first.
var yearFirst = regexp.MustCompile(`^(\d{4})([./-])(\d{1,2})([./-])(\d{1,2})(?:[ T,]+(.*))?$`)

// worded is a date with the month as a word, before or behind the day.
var worded = regexp.MustCompile(`^(?:(\d{1,2})[. -]*(?:de )?([\p{L}]{3,12})\.?|([\p{L}]{3,12})\.? (\d{1,2}),?)[ ,.-]*(?:de )?(\d{4})(?:[ T,]+(.*))?$`)

// order is what a column of dates shows about the order of day and month.
type order struct {
	dayFirst   int // dates that only a day before the month explains
	monthFirst int
	either     int // dates that both explain, and differently
}

// see takes a cell into account.
func (o *order) see(s string) {
	m := numeric.FindStringSubmatch(s)
	if m == nil || m[2] != m[4] {
		return
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[3])
	switch {
	case a > 12 && b <= 12:
		o.dayFirst++
	case b > 12 && a <= 12:
		o.monthFirst++
	case a <= 12 && b <= 12 && a != b:
		o.either++
	}
}

// dated reads a date with or without a time of day; ok is false for anything
// else. Two digits for a year are none: the century is not stated.
func (r *reader) dated(s string) (d record.Date, ok bool) {
	if d, err := record.ParseDate(strings.Replace(s, " ", "T", 1)); err == nil {
		return d, true
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		return composed(m[1], m[3], m[5], m[6])
	}
	if m := numeric.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		if r.dayFirst {
			return composed(m[5], m[3], m[1], m[6])
		}
		return composed(m[5], m[1], m[3], m[6])
	}
	if m := worded.FindStringSubmatch(s); m != nil {
		if month := months[strings.ToLower(m[2]+m[3])]; month != 0 {
			return composed(m[5], strconv.Itoa(month), m[1]+m[4], m[6])
		}
	}
	return "", false
}

// composed puts a date together, if the calendar has it.
func composed(year, month, day, tod string) (record.Date, bool) {
	if len(month) == 1 {
		month = "0" + month
	}
	if len(day) == 1 {
		day = "0" + day
	}
	s := year + "-" + month + "-" + day
	if tod = strings.TrimSpace(tod); tod != "" {
		t, ok := timeOfDay(tod)
		if !ok {
			return "", false
		}
		s += "T" + t
	}
	d, err := record.ParseDate(s)
	return d, err == nil
}

// times are the ways to write a time of day.
var times = []struct{ in, out string }{
	{"15:04", "15:04"},
	{"15:04:05", "15:04:05"},
	{"3:04 PM", "15:04"},
	{"3:04:05 PM", "15:04:05"},
	{"3:04PM", "15:04"},
	{"15.04", "15:04"},
	{"15h04", "15:04"},
	{"15:04:05Z07:00", "15:04:05Z07:00"},
	{"15:04Z07:00", "15:04Z07:00"},
}

// timeOfDay brings a time of day to ISO 8601.
func timeOfDay(s string) (string, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "UHR"), " H"))
	s = strings.NewReplacer("A.M.", "AM", "P.M.", "PM", "A. M.", "AM", "P. M.", "PM", "H", "h").Replace(s)
	for _, t := range times {
		if at, err := time.Parse(t.in, s); err == nil {
			return at.Format(t.out), true
		}
	}
	return "", false
}

// when is the time of a row: a date, with the time of day from its own column
// where the date has none. What is no date stays words.
func (r *reader) when(day, tod string) record.When {
	if day == "" && tod == "" {
		return record.When{}
	}
	d, ok := r.dated(day)
	if ok && tod != "" && d.Precision() == record.Day {
		if t, fine := timeOfDay(tod); fine {
			if timed, err := record.ParseDate(string(d) + "T" + t); err == nil {
				return record.At(timed)
			}
		}
		return record.When{Start: d, Text: tod}
	}
	if !ok {
		return record.When{Text: strings.TrimSpace(day + " " + tod)}
	}
	return record.At(d)
}

// months are the names of months in four languages, whole and short.
var months = map[string]int{
	"january": 1, "jan": 1, "januar": 1, "jänner": 1, "janvier": 1, "janv": 1, "enero": 1, "ene": 1,
	"february": 2, "feb": 2, "februar": 2, "février": 2, "fevrier": 2, "févr": 2, "febrero": 2,
	"march": 3, "mar": 3, "märz": 3, "mär": 3, "mrz": 3, "mars": 3, "marzo": 3,
	"april": 4, "apr": 4, "avril": 4, "avr": 4, "abril": 4, "abr": 4,
	"may": 5, "mai": 5, "mayo": 5,
	"june": 6, "jun": 6, "juni": 6, "juin": 6, "junio": 6,
	"july": 7, "jul": 7, "juli": 7, "juillet": 7, "juil": 7, "julio": 7,
	"august": 8, "aug": 8, "août": 8, "aout": 8, "agosto": 8, "ago": 8,
	"september": 9, "sep": 9, "sept": 9, "septembre": 9, "septiembre": 9,
	"october": 10, "oct": 10, "oktober": 10, "okt": 10, "octobre": 10, "octubre": 10,
	"november": 11, "nov": 11, "novembre": 11, "noviembre": 11,
	"december": 12, "dec": 12, "dezember": 12, "dez": 12, "décembre": 12, "decembre": 12, "déc": 12, "diciembre": 12, "dic": 12,
}
