package clinic_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

var noon = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// filed is a record as an import brought it, some hours after noon.
func filed(id string, hours int, imported string, res record.Resource) record.Record {
	at := noon.Add(time.Duration(hours) * time.Hour)
	return record.Record{ID: record.ID(id), Resource: res, Recorded: at, Provenance: []record.Provenance{{Import: record.ID(imported), Received: at}}}
}

func superseded(r record.Record, by string, why record.Reason) record.Record {
	r.Superseded = &record.Superseded{By: record.ID(by), Why: why}
	return r
}

func names(lines []clinic.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, string(l.ID))
	}
	return strings.Join(out, " ")
}

func changeNames(list []clinic.Change) string {
	var out []string
	for _, c := range list {
		out = append(out, fmt.Sprintf("%s(%s)", c.ID, names(c.Before)))
	}
	return strings.Join(out, " ")
}

// told is what changed, list by list.
func told(c clinic.Changes) string {
	var out []string
	for _, x := range [][2]string{
		{"new", names(c.New)},
		{"changed", changeNames(c.Changed)},
		{"stopped", changeNames(c.Stopped)},
		{"withdrawn", names(c.Withdrawn)},
		{"again", names(c.Again)},
		{"unclear", names(c.Unclear)},
	} {
		if x[1] != "" {
			out = append(out, x[0]+" "+x[1])
		}
	}
	return strings.Join(out, "; ")
}

func medicine(name, status string) *record.MedicationStatement {
	return &record.MedicationStatement{Origin: record.Statement, Status: status, Medication: text(name)}
}

func dispensed(name string) *record.MedicationStatement {
	return &record.MedicationStatement{Origin: record.Dispense, Status: "completed", Medication: text(name)}
}

func TestChangesSinceAnImport(t *testing.T) {
	again := filed("a", 0, "one", creatinine("1", "mg/dL", "2021"))
	again.Provenance = append(again.Provenance, record.Provenance{Import: "two", Received: noon.Add(2 * time.Hour)})
	bad := creatinine("9", "mg/dL", "2020")
	bad.Status = "entered-in-error"
	tests := map[string]struct {
		records []record.Record
		want    string
	}{
		"nothing":                 {[]record.Record{filed("a", 0, "one", medicine("A", "active")), again}, "again a"},
		"new":                     {[]record.Record{filed("a", 0, "one", medicine("A", "active")), filed("b", 2, "two", medicine("B", "active"))}, "new b"},
		"later than the import":   {[]record.Record{filed("b", 2, "two", medicine("B", "active")), filed("c", 3, "", medicine("C", "active"))}, "new b c"},
		"corrected":               {[]record.Record{superseded(filed("a", 0, "one", creatinine("1", "mg/dL", "2021")), "b", record.Corrected), filed("b", 2, "two", creatinine("2", "mg/dL", "2021"))}, "changed b(a)"},
		"corrected twice":         {[]record.Record{superseded(filed("a", 0, "one", creatinine("1", "mg/dL", "2021")), "b", record.Corrected), superseded(filed("b", 2, "two", creatinine("2", "mg/dL", "2021")), "c", record.Corrected), filed("c", 3, "three", creatinine("3", "mg/dL", "2021"))}, "changed c(a)"},
		"corrected at once":       {[]record.Record{superseded(filed("a", 2, "two", creatinine("1", "mg/dL", "2021")), "b", record.Corrected), filed("b", 2, "two", creatinine("2", "mg/dL", "2021"))}, "new b"},
		"withdrawn":               {[]record.Record{superseded(filed("a", 0, "one", creatinine("1", "mg/dL", "2021")), "b", record.Withdrawn), filed("b", 2, "two", bad)}, "withdrawn a"},
		"withdrawn long ago":      {[]record.Record{superseded(filed("a", 0, "one", creatinine("1", "mg/dL", "2021")), "b", record.Withdrawn), filed("b", 1, "one", bad), filed("c", 2, "two", creatinine("1", "mg/dL", "2022"))}, "new c"},
		"stopped by its issuer":   {[]record.Record{superseded(filed("a", 0, "one", medicine("A", "active")), "b", record.Updated), filed("b", 2, "two", medicine("A", "stopped"))}, "stopped b(a)"},
		"stopped by another":      {[]record.Record{filed("a", 0, "one", medicine("Aspirin  100 mg", "active")), filed("b", 2, "two", medicine("aspirin 100 mg", "stopped"))}, "stopped b()"},
		"another name":            {[]record.Record{filed("a", 0, "one", medicine("Aspirin 100 mg", "active")), filed("b", 2, "two", medicine("aspirin 300 mg", "stopped"))}, "new b"},
		"handed out":              {[]record.Record{filed("a", 0, "one", medicine("Aspirin", "active")), filed("b", 2, "two", dispensed("Aspirin"))}, "new b"},
		"over when first heard":   {[]record.Record{filed("a", 2, "two", medicine("A", "active")), filed("b", 2, "two", medicine("A", "stopped"))}, "new a b"},
		"stated anew, still over": {[]record.Record{superseded(filed("a", 0, "one", medicine("A", "stopped")), "b", record.Updated), filed("b", 2, "two", medicine("A", "completed"))}, "changed b(a)"},
		"the person":              {[]record.Record{filed("p", 2, "two", &record.Patient{}), filed("b", 2, "two", medicine("B", "active"))}, "new b"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := clinic.ChangesSince(tt.records, clinic.Since{Import: "two"})
			if !got.Found || told(got) != tt.want {
				t.Errorf("found %t, got %s, want %s", got.Found, told(got), tt.want)
			}
			if at := clinic.ChangesSince(tt.records, clinic.Since{Time: noon.Add(2 * time.Hour)}); told(at) != tt.want {
				t.Errorf("by the time: got %s, want %s", told(at), tt.want)
			}
		})
	}
	if c := clinic.ChangesSince([]record.Record{again}, clinic.Since{Import: "none"}); c.Found || !c.Empty() {
		t.Errorf("an import that is not there: %+v", c)
	}
}

func TestChangesSinceAVisit(t *testing.T) {
	visit := filed("v", 0, "one", &record.Encounter{Status: "finished", Period: record.When{Start: "2026-03-05T09:00", End: "2026-03-05T10:00"}})
	on := func(day record.Date) *record.Observation { return creatinine("1", "mg/dL", string(day)) }
	inside := on("2026-03-05T09:30")
	inside.Encounter = record.Reference{ID: "v"}
	over := func(from, to record.Date) *record.Condition {
		return &record.Condition{ClinicalStatus: "resolved", Code: text("Cough"), Onset: record.At(from), Abatement: record.At(to)}
	}
	tests := map[string]struct {
		record record.Record
		want   string
	}{
		"before":                 {filed("a", 9, "two", on("2026-03-04")), ""},
		"within":                 {filed("a", 9, "two", inside), ""},
		"on the day":             {filed("a", 9, "two", on("2026-03-05")), "new a"},
		"after":                  {filed("a", 9, "two", on("2026-03-06")), "new a"},
		"the next month":         {filed("a", 9, "two", on("2026-04")), "new a"},
		"in that month":          {filed("a", 9, "two", on("2026-03")), "unclear a"},
		"in that year":           {filed("a", 9, "two", on("2026")), "unclear a"},
		"the year before":        {filed("a", 9, "two", on("2025")), ""},
		"no date":                {filed("a", 9, "two", on("")), "unclear a"},
		"no date, known before":  {filed("a", -20, "zero", on("")), ""},
		"resolved after":         {filed("a", 9, "two", over("2026-01", "2026-03-09")), "stopped a()"},
		"resolved before":        {filed("a", 9, "two", over("2026-01", "2026-02")), ""},
		"began and ended after":  {filed("a", 9, "two", over("2026-03-07", "2026-03-09")), "new a"},
		"ended in that month":    {filed("a", 9, "two", over("2026-01", "2026-03")), ""},
		"medicine that goes on":  {filed("a", 9, "two", &record.MedicationStatement{Status: "active", Medication: text("A"), Effective: record.When{Start: "2020", Period: true}}), ""},
		"described":              {filed("a", 9, "two", &record.Patient{BirthDate: "2026-03-06"}), ""},
		"entered in error after": {filed("a", 9, "two", &record.Condition{VerificationStatus: "entered-in-error", Onset: record.At("2026-03-06")}), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := clinic.ChangesSince([]record.Record{visit, tt.record}, clinic.Since{Encounter: "v"})
			if !got.Found || told(got) != tt.want {
				t.Errorf("found %t, got %s, want %s", got.Found, told(got), tt.want)
			}
		})
	}
	for _, e := range []*record.Encounter{{}, {Period: record.At("2026-03")}} {
		if c := clinic.ChangesSince([]record.Record{filed("v", 0, "one", e)}, clinic.Since{Encounter: "v"}); c.Found {
			t.Errorf("a visit of %q: found", e.Period.Start)
		}
	}
}

func TestChangesWords(t *testing.T) {
	c := clinic.ChangesSince([]record.Record{filed("a", 0, "one", medicine("A", "active")), filed("b", 2, "two", medicine("B", "active")), filed("c", 2, "two", medicine("A", "stopped"))}, clinic.Since{Import: "two"})
	if got, want := c.Words(), "1 new, 1 stopped or resolved."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (clinic.Changes{}).Words(), "Nothing changed."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryChangeStandsOnce: of all that came since, what stands is in one list,
// and nothing is in two.
func TestEveryChangeStandsOnce(t *testing.T) {
	all := some()
	for n := range all {
		all[n].Recorded = noon.Add(time.Duration(n%7) * time.Hour)
		all[n].Provenance[0].Received = all[n].Recorded
		if n%9 == 0 && n > 30 {
			all[n-30].Superseded = &record.Superseded{By: all[n].ID, Why: []record.Reason{record.Corrected, record.Withdrawn}[n%2]}
		}
	}
	since := noon.Add(3 * time.Hour)
	c := clinic.ChangesSince(all, clinic.Since{Time: since})
	times := map[record.ID]int{}
	for _, list := range [][]clinic.Line{c.New, c.Withdrawn, c.Again, c.Unclear} {
		for _, l := range list {
			times[l.ID]++
		}
	}
	for _, list := range [][]clinic.Change{c.Changed, c.Stopped} {
		for _, l := range list {
			times[l.ID]++
		}
	}
	for _, r := range all {
		want := 0
		if !r.Summary().Standing.History() && !r.Recorded.Before(since) {
			want = 1
		}
		if got := times[r.ID]; got > 1 || got < want {
			t.Errorf("%s: in %d lists, want %d", r.ID, got, want)
		}
	}
	if len(c.New) == 0 || len(c.Changed) == 0 || len(c.Withdrawn) == 0 {
		t.Errorf("the test says nothing: %s", c.Words())
	}
}
