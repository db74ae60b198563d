package record_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  record.Precision
		human string
	}{
		{"2021", record.Year, "2021"},
		{"2021-03", record.Month, "March 2021"},
		{"2021-03-05", record.Day, "5 March 2021"},
		{" 2021-03-05 ", record.Day, "5 March 2021"},
		{"2021-03-05T10:30", record.Minute, "5 March 2021, 10:30"},
		{"2021-03-05T10:30-05:00", record.Minute, "5 March 2021, 10:30 (UTC-05:00)"},
		{"2021-03-05T10:30:15.250Z", record.Second, "5 March 2021, 10:30:15 (UTC)"},
		{"2021-03-05T10:30:00+14:00", record.Second, "5 March 2021, 10:30 (UTC+14:00)"},
		{"2024-02-29", record.Day, "29 February 2024"},
	} {
		d, err := record.ParseDate(c.text)
		if err != nil || d.Precision() != c.want || d.Human() != c.human {
			t.Errorf("%q: got %q, %v, %q, %v; want %v, %q", c.text, d, d.Precision(), d.Human(), err, c.want, c.human)
		}
	}
	for _, text := range []string{"", "0000", "0000-01-01", "2021-02-30", "2021-13", "2021-3-5", "05/03/2021", "2021-03-05T24:00:00Z", "2021-03-05T10", "today", "2021-03-05 10:30", "20210305"} {
		if d, err := record.ParseDate(text); err == nil {
			t.Errorf("%q: got %q, want an error", text, d)
		}
	}
}

// A date says no more than was written, whatever is done with it.
func TestHazard35DatePrecisionIsNeverInvented(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		y, m, day := 1900+r.IntN(200), 1+r.IntN(12), 1+r.IntN(28)
		for _, text := range []string{fmt.Sprintf("%04d", y), fmt.Sprintf("%04d-%02d", y, m), fmt.Sprintf("%04d-%02d-%02d", y, m, day)} {
			d, err := record.ParseDate(text)
			if err != nil || string(d) != text {
				t.Fatalf("%s: got %q, %v", text, d, err)
			}
			if h := d.Human(); d.Precision() == record.Year && h != text || d.Precision() == record.Month && strings.HasPrefix(h, "1 ") {
				t.Fatalf("%s is shown as %q", text, h)
			}
		}
	}
}

// A day stays the day that was written, in every zone of the world.
func TestHazard36NoTimeZoneMovesADay(t *testing.T) {
	for offset := -12 * 60; offset <= 14*60; offset += 15 {
		zone := time.FixedZone("", offset*60)
		for _, clock := range []string{"00:00:00", "23:59:59"} {
			text := "1961-04-03T" + clock + time.Date(2000, 1, 1, 0, 0, 0, 0, zone).Format("Z07:00")
			d, err := record.ParseDate(text)
			if err != nil || d.Day() != "1961-04-03" || !strings.HasPrefix(d.Human(), "3 April 1961") {
				t.Fatalf("%s: got day %q, %q, %v", text, d.Day(), d.Human(), err)
			}
		}
	}
}

func TestHazard37EveryHumanDateHasAMonthName(t *testing.T) {
	for _, d := range []record.Date{"2021-03", "2021-03-05", "2021-03-05T10:30:00Z"} {
		if h := d.Human(); !strings.Contains(h, "March") {
			t.Errorf("%s is shown as %q", d, h)
		}
	}
}

func TestHazard38OpenPeriodHasNoEnd(t *testing.T) {
	for _, c := range []struct {
		w    record.When
		want string
	}{
		{record.When{Start: "2020-01", Period: true}, "since January 2020"},
		{record.When{Start: "2020-01", End: "2020-02", Period: true}, "January 2020 to February 2020"},
		{record.When{Start: "2020-01", Ended: true, Period: true}, "January 2020, ended (date unknown)"},
		{record.When{Ended: true}, "ended (date unknown)"},
		{record.When{End: "2020"}, "until 2020"},
		{record.When{Text: "childhood"}, "childhood"},
		{record.When{}, ""},
	} {
		if got := c.w.Human(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.w, got, c.want)
		}
	}
}

func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		w        record.When
		from, to record.Date
		want     bool
	}{
		{record.At("2021-03-05"), "2021-03-05", "2021-03-05", true},
		{record.At("2021"), "2021-06-01", "", true}, // may fall in it
		{record.At("2020-12-31"), "2021", "", false},
		{record.At("2022-01-01"), "", "2021", false},
		{record.When{Start: "2019", Period: true}, "2021", "", true}, // no end known
		{record.When{Start: "2019", End: "2020", Period: true}, "2021", "", false},
		{record.When{}, "2021", "2021", true},
	} {
		if got := c.w.Overlaps(c.from, c.to); got != c.want {
			t.Errorf("%+v in %s..%s: got %v, want %v", c.w, c.from, c.to, got, c.want)
		}
	}
}
