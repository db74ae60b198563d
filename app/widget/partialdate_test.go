package widget

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestPartialDate: what is filled in is what is given, as precisely as it was.
func TestPartialDate(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []string{"", "2021", "2021-03", "2021-03-05", "2021-12-31"} {
		p := NewPartialDate(false)
		p.Set(s)
		if got := p.Text(); got != s {
			t.Errorf("%q: got %q", s, got)
		}
	}
	for _, s := range []string{"now", "2021-03-05", "2021-03-05 08:30", "2021-03-05 08:30+01:00"} {
		p := NewPartialDate(true)
		p.Set(s)
		if got := p.Text(); got != s {
			t.Errorf("%q: got %q", s, got)
		}
	}
}

// TestPartialDateTyped: what is typed makes a date, or something that is none; a
// part that was not filled in is never made up.
func TestPartialDateTyped(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		day, year, clock string
		month            int
		want             string
	}{
		{"5", "2021", "", 3, "2021-03-05"},
		{"", "2021", "", 3, "2021-03"},
		{"5", "2021", "", 0, "2021-?-05"},
		{"5", "", "", 3, "-03-05"},
		{"", "", "", 3, "-03"},
		{"5", "2021", "8:30", 3, "2021-03-05 08:30"},
		{"", "2021", "8:30", 3, "2021-03- 08:30"},
		{"yesterday", "2021", "", 3, "2021-03-yesterday"},
	} {
		p := NewPartialDate(true)
		p.Set("")
		p.day.SetText(c.day)
		p.year.SetText(c.year)
		p.clock.SetText(c.clock)
		if c.month > 0 {
			p.month.SetSelectedIndex(c.month)
		}
		if got := p.Text(); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}
