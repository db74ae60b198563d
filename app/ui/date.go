package ui

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// When is a clinical time for people; never empty.
func When(w record.When) string {
	if s := Time(w); s != "" {
		return s
	}
	return lang.L("Date unknown")
}

// Time is [record.When.Human] in the language of the window; "" when nothing was
// stated.
func Time(w record.When) string {
	start, end := Date(w.Start), Date(w.End)
	dates := map[string]any{"From": start, "Until": end}
	var s string
	switch {
	case start != "" && end != "" && start == end:
		s = start
	case start != "" && end != "":
		s = lang.L("{{.From}} to {{.Until}}", dates)
	case start != "" && w.Ended:
		s = lang.L("{{.From}}, ended (date unknown)", dates)
	case start != "" && w.Period:
		s = lang.L("since {{.From}}", dates)
	case start != "":
		s = start
	case end != "":
		s = lang.L("until {{.Until}}", dates)
	case w.Ended:
		s = lang.L("ended (date unknown)")
	}
	switch {
	case s == "":
		return w.Text
	case w.Text != "":
		return s + " (" + w.Text + ")"
	}
	return s
}

// ShortWhen is a clinical time for a narrow column: the day it began, without
// the time of day; "" when nothing was stated.
func ShortWhen(w record.When) string {
	switch {
	case w.Start != "":
		return Date(w.Start.Day())
	case w.End != "":
		return lang.L("until {{.Until}}", map[string]any{"Until": Date(w.End.Day())})
	}
	return w.Text
}

// Date is [record.Date.Human] in the language of the window: always with the
// month as a word, as precise as it was written; "" for the empty date.
func Date(d record.Date) string {
	year, month, day := d.Calendar()
	s := calendar(year, month, day)
	if clock := d.Clock(); clock != "" {
		s += ", " + clock
	}
	return s
}

// Day is a day of the computer's clock: "5 March 2021".
func Day(t time.Time) string { return calendar(t.Local().Date()) }

// Moment is a time of the computer's clock: "5 March 2021, 10:30".
func Moment(t time.Time) string { return Day(t) + ", " + t.Local().Format("15:04") }

// calendar is a date with the month as a word; what is 0 is left out.
func calendar(year int, month time.Month, day int) string {
	parts := map[string]any{"Year": year, "Day": day}
	if month > 0 {
		parts["Month"] = Months()[month-1]
	}
	switch {
	case year == 0:
		return ""
	case month == 0:
		return lang.L("{{.Year}}", parts)
	case day == 0:
		return lang.L("{{.Month}} {{.Year}}", parts)
	}
	return lang.L("{{.Day}} {{.Month}} {{.Year}}", parts)
}

// Months are the names of the months, January first.
func Months() []string {
	names := make([]string, 12)
	for i := range names {
		names[i] = lang.L(time.Month(i + 1).String())
	}
	return names
}
