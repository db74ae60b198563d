package entry

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/record"
)

// Problem is what is to be filled in otherwise. Its words name the field and what
// to do, never what was filled in.
type Problem struct {
	Field string // by its name; "" where it is none of the form's
	Words string
}

// What one field can hold.
const (
	lineLimit = 300      // characters of a line
	textLimit = 20 << 10 // bytes of a long text
)

// oldest is the first year that a date of somebody's record can lie in.
const oldest = "1850"

// values are the checked fields of a form.
type values struct {
	kind Kind
	text map[string]string
	now  time.Time
}

// check brings what was filled in to its stored form.
func check(k Kind, fields map[string]string, now time.Time) (values, []Problem) {
	v := values{kind: k, text: map[string]string{}, now: now}
	var problems []Problem
	for _, f := range k.Fields {
		given := strings.TrimSpace(fields[f.Name])
		if given == "" {
			given = f.Default
		}
		if given == "" {
			if f.Required {
				problems = append(problems, Problem{f.Name, f.Label + ": this is needed"})
			}
			continue
		}
		text, wrong := f.check(given, now)
		if wrong != "" {
			problems = append(problems, Problem{f.Name, f.Label + ": " + wrong})
			continue
		}
		v.text[f.Name] = text
	}
	for name := range fields {
		if _, ok := k.Field(name); !ok {
			problems = append(problems, Problem{"", "there is no such field in this form; its fields are " + k.names()})
			break // one is enough: which ones they are would be telling what was filled in
		}
	}
	return v, append(problems, v.order()...)
}

// names lists the fields of a form.
func (k Kind) names() string {
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// check gives the stored form of a field, or what is wrong.
func (f Field) check(s string, now time.Time) (text, wrong string) {
	switch f.Type {
	case Date:
		return f.date(s, now)
	case Time:
		return f.time(s, now)
	case Amount:
		q, wrong := f.amount(s)
		return amountOf(q), wrong
	case Pick:
		if slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == s }) {
			return s, ""
		}
		return "", "choose one of " + f.values()
	case LongText:
		return longText(s)
	}
	return line(s)
}

func (f Field) values() string {
	var all []string
	for _, c := range f.Choices {
		all = append(all, c.Value)
	}
	return strings.Join(all, ", ")
}

func line(s string) (text, wrong string) {
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return "", "write it in one line, without control characters"
	case utf8.RuneCountInString(s) > lineLimit:
		return "", fmt.Sprintf("write it in at most %d characters", lineLimit)
	case !strings.ContainsFunc(s, says):
		return "", "write it in words"
	}
	return strings.Join(strings.Fields(s), " "), ""
}

// says tells characters that say something from marks, spaces and what is unseen.
func says(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r)
}

// longText keeps lines, each without the spaces around it, and no empty ones.
func longText(s string) (text, wrong string) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		return "", "write it without control characters"
	}
	if len(s) > textLimit {
		return "", fmt.Sprintf("write it shorter: at most %s fit in; keep a longer text as a file, and bring that in", record.Bytes(textLimit))
	}
	if !strings.ContainsFunc(s, says) {
		return "", "write it in words"
	}
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n"), ""
}

func (f Field) date(s string, now time.Time) (text, wrong string) {
	d, err := record.ParseDate(s)
	if err != nil || d.Precision() > record.Day {
		return "", "write a date as precisely as you know it, like 2021, 2021-03 or 2021-03-05"
	}
	if string(d) < oldest {
		return "", "check the year: it must be written with four digits"
	}
	if f.Past && later(d, now) {
		return "", "write a date that is not in the future"
	}
	return string(d), ""
}

func (f Field) time(s string, now time.Time) (text, wrong string) {
	if s == "now" {
		return now.Format("2006-01-02T15:04Z07:00"), ""
	}
	if day, clock, ok := strings.Cut(s, " "); ok {
		s = day + "T" + clock
	}
	d, err := record.ParseDate(s)
	if err != nil || d.Precision() < record.Day {
		return "", "write a day, with or without the time, like 2021-03-05 or 2021-03-05 08:30"
	}
	if string(d) < oldest {
		return "", "check the year: it must be written with four digits"
	}
	if f.Past && later(d, now) {
		return "", "write a time that is not in the future"
	}
	return string(d), ""
}

// later says that a date lies behind now: an instant where its offset is
// written, else by the calendar and clock of where now is.
func later(d record.Date, now time.Time) bool {
	if d.HasOffset() {
		return d.Earliest().After(now)
	}
	here := now.Format("2006-01-02T15:04:05")
	n := min(len(d), len(here))
	return string(d)[:n] > here[:n]
}
