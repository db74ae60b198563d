package ui

import (
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestDatesInEnglishAreThoseOfTheRecord holds the window's own words for dates
// against those that every other face shows.
func TestDatesInEnglishAreThoseOfTheRecord(t *testing.T) {
	speak(t, "en")
	for _, d := range []record.Date{"", "2021", "2021-03", "2021-03-05", "2021-03-05T10:30", "2021-03-05T10:30:00Z", "2021-03-05T10:30:05-05:00", "2021-03-05T23:59:00+02:00"} {
		if got, want := Date(d), d.Human(); got != want {
			t.Errorf("Date(%q) = %q, want %q", d, got, want)
		}
		for _, w := range []record.When{
			{Start: d},
			{End: d},
			{Start: d, End: "2022"},
			{Start: d, Period: true},
			{Start: d, Ended: true},
			{Ended: true},
			{Start: d, Text: "in spring"},
			{Text: "childhood"},
			{},
		} {
			if got, want := Time(w), w.Human(); got != want {
				t.Errorf("Time(%+v) = %q, want %q", w, got, want)
			}
		}
	}
	if got, want := Moment(time.Date(2021, 3, 5, 9, 5, 0, 0, time.Local)), "5 March 2021, 09:05"; got != want {
		t.Errorf("Moment = %q, want %q", got, want)
	}
}

// speak has the window speak a language for one test.
func speak(t *testing.T, code string) {
	t.Helper()
	if err := Speak(code); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Speak(""); err != nil {
			t.Error(err)
		}
	})
}
