package clinic_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func seen(id string, at record.When) record.Record {
	return rec(id, &record.Encounter{Status: "finished", Period: at})
}

func during(id, visit string, day record.Date) record.Record {
	return rec(id, &record.Observation{Status: "final", Code: text(id), Effective: record.At(day), Encounter: record.Reference{ID: record.ID(visit)}})
}

// drawn is a timeline in lines.
func drawn(t clinic.Timeline) string {
	var out []string
	for _, r := range t.Rows() {
		switch {
		case r.Level != clinic.RecordRow:
			out = append(out, fmt.Sprintf("%s:%d", r.Words(), r.Count))
		case r.Inside:
			out = append(out, "("+string(r.Line.ID)+")")
		default:
			out = append(out, string(r.Line.ID))
		}
	}
	return strings.Join(out, ", ")
}

func TestTimeline(t *testing.T) {
	wrong := during("w", "v", "2021-03-05")
	wrong.Resource.(*record.Observation).Status = "entered-in-error"
	replaced := seen("v", record.At("2021-03-05"))
	replaced.Superseded = &record.Superseded{By: "v2", Why: record.Updated}
	tests := map[string]struct {
		records []record.Record
		filter  clinic.TimelineFilter
		want    string
	}{
		"empty": {nil, clinic.TimelineFilter{}, ""},
		"years, months, days": {
			[]record.Record{during("a", "", "2020-12-31T23:30-05:00"), during("b", "", "2021-03"), during("c", "", "2021"), during("d", "", "2021-03-05T08:00"), during("e", "", "2021-03-05T09:00"), during("f", "", "")},
			clinic.TimelineFilter{},
			"2021:4, c, March 2021:3, b, 5 March 2021:2, e, d, 2020:1, December 2020:1, 31 December 2020:1, a, Date unknown:1, f",
		},
		"a visit holds what names it": {
			[]record.Record{seen("v", record.When{Start: "2021-03-05", End: "2021-03-09", Period: true}), during("a", "v", "2021-03-07"), during("b", "", "2021-03-05"), during("c", "v", "")},
			clinic.TimelineFilter{},
			"2021:4, March 2021:4, 5 March 2021:4, v, (a), (c), b",
		},
		"a visit without a date": {
			[]record.Record{seen("v", record.When{}), during("a", "v", "2021-03-07"), during("c", "v", "")},
			clinic.TimelineFilter{},
			"2021:1, March 2021:1, 7 March 2021:1, a, Date unknown:2, v, (c)",
		},
		"a visit that was replaced":  {[]record.Record{replaced, seen("v2", record.At("2021-03-06")), during("a", "v", "2021-03-07")}, clinic.TimelineFilter{}, "2021:2, March 2021:2, 6 March 2021:2, v2, (a)"},
		"a visit that is not there":  {[]record.Record{during("a", "v", "2021-03-07")}, clinic.TimelineFilter{}, "2021:1, March 2021:1, 7 March 2021:1, a"},
		"withdrawn":                  {[]record.Record{wrong}, clinic.TimelineFilter{}, ""},
		"the person":                 {[]record.Record{rec("p", &record.Patient{BirthDate: "1958"})}, clinic.TimelineFilter{}, ""},
		"an end alone":               {[]record.Record{rec("p", &record.Procedure{Status: "completed", Performed: record.When{End: "2019-05"}})}, clinic.TimelineFilter{}, "2019:1, May 2019:1, p"},
		"words for a date":           {[]record.Record{rec("p", &record.Procedure{Status: "completed", Performed: record.When{Text: "childhood"}})}, clinic.TimelineFilter{}, "Date unknown:1, p"},
		"a kind that is not a visit": {[]record.Record{seen("v", record.At("2021-03-05")), during("a", "v", "2021-03-07")}, clinic.TimelineFilter{Kinds: []record.Kind{record.KindObservation}}, "2021:1, March 2021:1, 7 March 2021:1, a"},
		"a file":                     {[]record.Record{from("f", "a", "", creatinine("1", "", "2021")), from("g", "b", "", creatinine("1", "", "2021"))}, clinic.TimelineFilter{Originals: []record.Hash{"g"}}, "2021:1, b"},
		"who said so":                {[]record.Record{from("f", "a", "", creatinine("1", "", "2021"))}, clinic.TimelineFilter{Asserters: []record.Asserter{record.ByPatient}}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := drawn(clinic.TimelineOf(tt.records, tt.filter)); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// scattered are records of all kinds, some of them in visits, some replaced.
func scattered(rnd *rand.Rand) []record.Record {
	all := some()
	var visits []record.ID
	for n := range all {
		if e, ok := all[n].Resource.(*record.Encounter); ok {
			e.Period = record.At(anyDate(rnd))
			visits = append(visits, all[n].ID)
		}
	}
	for n := range all {
		if rnd.IntN(4) == 0 {
			all[n].Superseded = &record.Superseded{By: all[rnd.IntN(len(all))].ID, Why: record.Updated}
		}
		if o, ok := all[n].Resource.(*record.Observation); ok {
			o.Effective = record.At(anyDate(rnd))
			if rnd.IntN(2) == 0 {
				o.Encounter = record.Reference{ID: visits[rnd.IntN(len(visits))]}
			}
		}
	}
	return all
}

func anyDate(rnd *rand.Rand) record.Date {
	d := fmt.Sprintf("%04d-%02d-%02dT%02d:30", 1990+rnd.IntN(30), 1+rnd.IntN(12), 1+rnd.IntN(28), rnd.IntN(24))
	return record.Date(d[:[]int{0, 4, 7, 10, 16}[rnd.IntN(5)]])
}

// TestEveryRecordHasOnePlaceInTime: all that stands is on the timeline once,
// under its own date or in its visit, and the headings count it.
func TestEveryRecordHasOnePlaceInTime(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 1))
	for range 20 {
		all := scattered(rnd)
		rows := clinic.TimelineOf(all, clinic.TimelineFilter{}).Rows()
		times := map[record.ID]int{}
		counted := 0
		for n, r := range rows {
			switch r.Level {
			case clinic.RecordRow:
				times[r.Line.ID]++
				if at := r.Line.When.Start.Day(); !r.Inside && at != r.Date {
					t.Errorf("%s of %q stands under %q", r.Line.ID, at, r.Date)
				}
			case clinic.YearRow, clinic.UndatedRow:
				counted += r.Count
			}
			if n > 0 && rows[n-1].Date != "" && r.Date > rows[n-1].Date && len(r.Date) <= len(rows[n-1].Date) {
				t.Errorf("%s comes after %s", r.Date, rows[n-1].Date)
			}
		}
		want := 0
		for _, r := range all {
			expected := 1
			if r.Summary().Standing.History() {
				expected = 0
			}
			want += expected
			if times[r.ID] != expected {
				t.Errorf("%s stands in %d places, want %d", r.ID, times[r.ID], expected)
			}
		}
		if counted != want {
			t.Errorf("headings count %d, want %d", counted, want)
		}
	}
}

func TestJumpTo(t *testing.T) {
	rows := clinic.TimelineOf([]record.Record{
		during("a", "", "2021-03-05"), during("b", "", "2021-03"), during("c", "", "2021"), during("d", "", "2021-01-07"), during("e", "", "2019-06-01"), during("f", "", "2018"), during("g", "", ""),
	}, clinic.TimelineFilter{}).Rows()
	for date, want := range map[record.Date]string{
		"": "2021", "2021": "2021", "2021-03": "March 2021", "2021-03-05": "5 March 2021", "2021-03-05T10:00": "5 March 2021", "2021-03-09": "5 March 2021", "2021-03-04": "January 2021",
		"2021-02": "January 2021", "2021-12": "March 2021", "2022": "2021", "2020": "2019", "2020-05-05": "2019", "2019-06": "June 2019", "2018-04": "Date unknown", "2018": "2018", "1999": "Date unknown",
	} {
		if n := clinic.JumpTo(rows, date); n == len(rows) || rows[n].Words() != want {
			t.Errorf("%q: row %d, want %s", date, n, want)
		}
	}
	if n := clinic.JumpTo(nil, "2021"); n != 0 {
		t.Errorf("nothing: %d", n)
	}
}
