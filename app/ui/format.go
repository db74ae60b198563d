package ui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

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
		s := lang.L("Born {{.Date}}", map[string]any{"Date": Date(p.BirthDate)})
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

// Label is the label of a line of an entry; a word of the source stays as it is.
func Label(d record.Detail) string {
	if d.SourceLabel() {
		return d.Label
	}
	return lang.X(LabelKey(d.Label), d.Label)
}

// LabelKey is the key of a label among the translations: not the label itself,
// for labels are short and mean something else elsewhere, and some are words that
// Fyne's files keep for themselves.
func LabelKey(label string) string { return "label " + label }

// FormKey is the key of a word of a form among the translations.
func FormKey(words string) string { return "form " + words }

// Value is what a line of an entry says, with its dates in the language of the
// window.
func Value(d record.Detail) string {
	if s := Time(d.When()); s != "" {
		return s
	}
	return d.Value
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
