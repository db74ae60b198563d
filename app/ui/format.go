package ui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// When is a clinical time for people; never empty.
func When(w record.When) string {
	if s := w.Human(); s != "" {
		return s
	}
	return lang.L("Date unknown")
}

// ShortWhen is a clinical time for a narrow column: the day it began, without
// the time of day; "" when nothing was stated.
func ShortWhen(w record.When) string {
	switch {
	case w.Start != "":
		return w.Start.Day().Human()
	case w.End != "":
		return lang.L("until {{.Date}}", map[string]any{"Date": w.End.Day().Human()})
	}
	return w.Text
}

// Day is a day of the computer's clock: "5 March 2021".
func Day(t time.Time) string { return t.Local().Format("2 January 2006") }

// Moment is a time of the computer's clock: "5 March 2021, 10:30".
func Moment(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") }

// Size is a size in bytes for people.
func Size(n int64) string { return record.Bytes(n) }

// Number groups the digits of a count: "12 340" with narrow spaces.
func Number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// Entries is "1 entry" or "340 entries".
func Entries(n int) string {
	return lang.N("{{.Count}} entries", n, map[string]any{"Count": Number(n)})
}

// Of is "12 of 340", or the count alone when all are shown.
func Of(shown, all int) string {
	if shown == all {
		return Entries(all)
	}
	return lang.L("{{.Shown}} of {{.All}}", map[string]any{"Shown": Number(shown), "All": Number(all)})
}

// Born is birth date, age and sex in one line.
func Born(p *record.Patient, now time.Time) string {
	var parts []string
	if p.BirthDate != "" {
		s := lang.L("Born {{.Date}}", map[string]any{"Date": p.BirthDate.Human()})
		if years, ok := Age(p.BirthDate, now); ok && p.Deceased.Empty() {
			s += " (" + lang.L("{{.Years}} years old", map[string]any{"Years": years}) + ")"
		}
		parts = append(parts, s)
	}
	if s := Sex(p.Gender); s != "" {
		parts = append(parts, s)
	}
	if !p.Deceased.Empty() {
		parts = append(parts, lang.L("deceased"))
	}
	return strings.Join(parts, "  ·  ")
}

// Sex is the administrative sex for people; "" when it is not stated.
func Sex(code string) string {
	switch code {
	case "female":
		return lang.L("female")
	case "male":
		return lang.L("male")
	case "other":
		return lang.L("another sex")
	}
	return ""
}

// Age is the age in whole years; ok is false when the birth date does not give
// the day.
func Age(born record.Date, now time.Time) (years int, ok bool) {
	if born.Precision() < record.Day {
		return 0, false
	}
	b := born.Earliest()
	years = now.Year() - b.Year()
	if now.Month() < b.Month() || now.Month() == b.Month() && now.Day() < b.Day() {
		years--
	}
	return years, years >= 0
}

// Months are the names of the months, January first.
func Months() []string {
	names := make([]string, 12)
	for i := range names {
		names[i] = lang.L(time.Month(i + 1).String())
	}
	return names
}

// Section is the plain name of a section.
func Section(k record.Kind) string { return lang.L(k.Section()) }

// Capital makes the first letter of a sentence a capital one.
func Capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Distinct numbers the names that are there more than once: Fyne's choices are
// found by their words, and two people of one name must never be taken for each
// other.
func Distinct(names []string) []string {
	out := make([]string, len(names))
	taken := map[string]bool{}
	for i, name := range names {
		out[i] = name
		for n := 2; taken[out[i]]; n++ {
			out[i] = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[out[i]] = true
	}
	return out
}
