package home

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

func summary(resources ...record.Resource) overview.Page {
	var list []record.Record
	for i, r := range resources {
		list = append(list, record.Record{ID: record.ID(rune('a' + i)), Resource: r})
	}
	return overview.Of(record.Record{Resource: &record.Patient{}}, list)
}

func TestBannerKeepsTheThreeNonesApart(t *testing.T) {
	none := record.Concept{Text: "No known allergies"}
	for name, c := range map[string]struct {
		s    overview.Page
		tone ui.Tone
		has  string
	}{
		"nobody said": {summary(), ui.Plain, "does not mean that there are none"},
		"none known":  {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: none}), ui.Good, "No known"},
		"listed":      {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}}), ui.Alarm, ""},
		"disagree":    {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: none}, &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}}), ui.Alarm, "disagree"},
		"in error":    {summary(&record.AllergyIntolerance{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Peanut"}}), ui.Plain, "does not mean"},
	} {
		if got := banner(c.s); got.Tone != c.tone || !strings.Contains(got.Words, c.has) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestCardsShowOnlyWhatIsCurrent(t *testing.T) {
	s := summary(
		&record.MedicationStatement{Origin: record.Request, Status: "active", Medication: record.Concept{Text: "Metformin"}},
		&record.MedicationStatement{Origin: record.Request, Status: "stopped", Medication: record.Concept{Text: "Amoxicillin"}},
		&record.MedicationStatement{Status: "active", DoNotPerform: true, Medication: record.Concept{Text: "Warfarin"}},
		&record.MedicationStatement{Status: "entered-in-error", Medication: record.Concept{Text: "Aspirin"}},
		&record.Condition{VerificationStatus: "refuted", Code: record.Concept{Text: "Gout"}},
	)
	c := cards(s)
	if len(c[0].Lines) != 1 || c[0].Lines[0].Title != "Metformin" {
		t.Errorf("medicines: %+v", c[0].Lines)
	}
	if !strings.Contains(c[0].More, "1 past") || !strings.Contains(c[0].More, "1 ruled out or not taken") {
		t.Errorf("what else there is: %q", c[0].More)
	}
	if len(c[1].Lines) != 0 || c[1].Words == "" {
		t.Errorf("problems: %+v", c[1])
	}
}

func TestArrivals(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.Local) }
	got := arrivals([]record.Receipt{
		{At: day(1), Sources: []record.SourceReport{{Name: "old.xml", Filed: 1}}},
		{At: day(2), Sources: []record.SourceReport{{Name: "a"}, {Name: "b"}, {Name: "c", Filed: 4}}},
		{At: day(3), Person: record.ReceiptPerson{ID: "q"}, Sources: []record.SourceReport{{Name: "another person's"}}},
	}, "p", 1)
	if len(got) != 1 || !strings.HasPrefix(got[0].Title, "a, b and ") || !strings.HasPrefix(got[0].Text, "2 November 2026") {
		t.Errorf("got %+v", got)
	}
}

func TestRemarks(t *testing.T) {
	visit := &record.Encounter{Status: "finished", Type: []record.Concept{{Text: "Check-up"}}, Period: record.At("2026-01-10")}
	p := summary(visit, &record.MedicationStatement{Origin: record.Request, Status: "active", Medication: record.Concept{Text: "Metformin"}, Effective: record.At("2026-02-01")},
		&record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "No known allergies"}}, &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}})
	got := remarks(p)
	if len(got) != 3 {
		t.Fatalf("got %+v", got)
	}
	if len(got[0].Lines) != 1 || got[0].Lines[0].Title != "Metformin" || !strings.Contains(got[0].Words[0].Words, "Check-up") {
		t.Errorf("since the visit: %+v", got[0])
	}
	if w := got[1].Words; len(w) != 1 || w[0].ID == "" || w[0].Kind != record.KindAllergyIntolerance {
		t.Errorf("stated differently: %+v", w)
	}
	if w := got[2].Words; len(w) == 0 || !strings.Contains(w[0].Words, "problems") {
		t.Errorf("missing: %+v", w)
	}
	p.Noticed = nil
	if got := remarks(p); len(got) != 1 || !strings.Contains(got[0].Words[0].Words, "being looked at") {
		t.Errorf("not looked at yet: %+v", got)
	}
	p.Later = true
	if c := cards(p); !strings.Contains(c[1].Words, "being looked at") {
		t.Errorf("results that come later: %+v", c[1])
	}
}

// What most doctors ask for first stands on the first page with its course.
func TestImportantResults(t *testing.T) {
	var list []record.Record
	for i, value := range []string{"88", "95", "102"} {
		list = append(list, record.Record{ID: record.ID("r" + value), Person: "p", Resource: &record.Observation{
			Status: "final", Code: record.Concept{Text: "Creatinine", Coding: []record.Coding{{System: record.LOINC, Code: "14682-9"}}},
			Effective: record.At(record.Date(fmt.Sprint(2020+i, "-01-05"))), Value: record.Value{Quantity: record.Quantity{Value: value, Unit: "umol/L"}},
		}})
	}
	c := results(overview.Of(record.Record{ID: "p", Resource: &record.Patient{}}, list))
	if len(c.Lines) != 1 || c.Lines[0].Title != "Creatinine" || c.Lines[0].ID != "r102" || c.All.Place != ui.Results {
		t.Fatalf("got %+v", c)
	}
	if len(c.Plots) != 1 || len(c.Plots[0].Lines) != 1 || len(c.Plots[0].Lines[0].Spots) != 3 {
		t.Errorf("the course is %+v", c.Plots)
	}
}
