package sheet_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func built(t *testing.T, resources ...record.Resource) *sheet.Sheet {
	t.Helper()
	l := sheettest.New(&record.Patient{})
	for _, r := range resources {
		l.Add(r, sheettest.Self())
	}
	return sheet.Build(l.Select(t, exchange.Scope{}))
}

func doubts(s *sheet.Sheet) string {
	var all []string
	for _, d := range s.Front.Unclear {
		all = append(all, d.Text)
	}
	return strings.Join(all, "\n")
}

func TestHazard12StatedEndIsShown(t *testing.T) {
	m := &record.MedicationStatement{Origin: record.Statement, Status: "active", Medication: sheettest.Words("Clindamycin"), DateAsserted: "2015-06-22", Effective: record.When{Start: "2015-06-23", End: "2015-06-24", Period: true}}
	s := built(t, m)
	if got, want := s.Front.Medicines.Rows[0].Cells[2], "22 June 2015, to end 24 June 2015"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := doubts(s), "Stated as current, but the time stated for it has passed since: Clindamycin."; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	m.Effective.End = "2999"
	if got := doubts(built(t, m)); strings.Contains(got, "has passed") {
		t.Errorf("got %q for an end to come", got)
	}
}

// A lot number of 2 is not said by a day in 2012.
func TestShortValuesAreNotLost(t *testing.T) {
	i := &record.Immunization{Status: "completed", VaccineCode: sheettest.Words("Td 2"), Occurrence: record.At("2012-01-02"), LotNumber: "2", Manufacturer: "Td"}
	section, _ := built(t, i).Section("immunizations")
	var rows []string
	for _, r := range section.Tables[0].Rows[0].Details {
		rows = append(rows, r.Label+" "+r.Value)
	}
	if got := strings.Join(rows, "; "); !strings.Contains(got, "Lot number 2") || !strings.Contains(got, "Manufacturer Td") || strings.Contains(got, "2 January 2012") {
		t.Errorf("got %q", got)
	}
}

func TestHazard40WordsReachTheFront(t *testing.T) {
	var w record.NarrativeWriter
	w.Text("Td 2012")
	s := built(t, &record.DocumentReference{Status: "current", Title: "Summary", Section: []record.Section{
		{Title: "Vaccines", Code: sheettest.Code("x", record.LOINC, "11369-6"), Text: w.Narrative()},
		{Title: "Allergies", Code: sheettest.Code("x", record.LOINC, "48765-2"), Text: w.Narrative()},
	}})
	if got := doubts(s); !strings.Contains(got, "Vaccines: “Td 2012”") {
		t.Errorf("got %q", got)
	}
	if got := s.Front.Allergies.Banner; !strings.Contains(got, "Allergies: “Td 2012”") {
		t.Errorf("got %q", got)
	}
}

func TestProblemThatIsCurrentAndPast(t *testing.T) {
	of := func(name, status string) *record.Condition {
		return &record.Condition{Code: sheettest.Words(name), ClinicalStatus: status}
	}
	if got, want := doubts(built(t, of("Pneumonia", "active"), of("pneumonia", "resolved"), of("Gout", "active"))), "Pneumonia: sources differ. Status: “active”; “resolved”."; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
