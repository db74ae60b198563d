package home

import (
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func summary(resources ...record.Resource) clinic.Summary {
	var list []record.Record
	for i, r := range resources {
		list = append(list, record.Record{ID: record.ID(rune('a' + i)), Resource: r})
	}
	return clinic.Summarise(record.Record{Resource: &record.Patient{}}, list)
}

func TestBannerKeepsTheThreeNonesApart(t *testing.T) {
	none := record.Concept{Text: "No known allergies"}
	for name, c := range map[string]struct {
		s    clinic.Summary
		tone ui.Tone
		has  string
	}{
		"nobody said": {summary(), ui.Plain, "does not mean that there are none"},
		"none known":  {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: none}), ui.Good, "No known"},
		"listed":      {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}}), ui.Alarm, ""},
		"disagree":    {summary(&record.AllergyIntolerance{ClinicalStatus: "active", Code: none}, &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Text: "Peanut"}}), ui.Alarm, "disagree"},
		"in error":    {summary(&record.AllergyIntolerance{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Peanut"}}), ui.Plain, "does not mean"},
	} {
		if got := banner(c.s.Allergies); got.Tone != c.tone || !strings.Contains(got.Words, c.has) {
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
