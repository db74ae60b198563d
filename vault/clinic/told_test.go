package clinic_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// doc is a document with one section.
func doc(id, loinc, words string, entries int, emptyReason string) record.Record {
	var w record.NarrativeWriter
	w.Text(words)
	return rec(id, &record.DocumentReference{
		Status: "current", Title: "Health summary", Date: "2015-04-09T10:39:53-04:00",
		Section: []record.Section{{Title: "Section", Code: coded("x", record.LOINC, loinc), Text: w.Narrative(), Entries: entries, EmptyReason: emptyReason}},
	})
}

const quoted = "only inside a document: “Health summary” of 9 April 2015, Section: "

func TestHazard40WordsWithoutEntries(t *testing.T) {
	penicillin := rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Penicillin")})
	none := rec("n", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("NKDA")})
	for _, c := range []struct {
		name    string
		records []record.Record
		want    string // "" for no quotation
	}{
		{"text alone", []record.Record{doc("d", "48765-2", "PENICILLINS", 0, "")}, quoted + "“PENICILLINS”."},
		{"text beside a null flavour", []record.Record{doc("d", "48765-2", "Not on file", 0, "NI")}, quoted + "“Not on file”."},
		{"entries that gave nothing", []record.Record{doc("d", "48765-2", "", 5, "")}, quoted[:len(quoted)-2] + ": 5 entries that could not be read."},
		{"text of one document, entry of another", []record.Record{doc("d", "48765-2", "Latex", 0, ""), penicillin}, "“Latex”."},
		{"entries were read", []record.Record{doc("d", "48765-2", "Penicillin", 1, ""), penicillin}, ""},
		{"nothing beside an entry", []record.Record{doc("d", "48765-2", "No Information", 0, "NI"), penicillin}, ""},
		{"denial beside a text that denies nothing", []record.Record{doc("d", "48765-2", "Penicillin: ANAPHYLAXIS", 1, ""), none}, "“Penicillin: ANAPHYLAXIS”."},
		{"denial beside its own text", []record.Record{doc("d", "48765-2", "No known drug allergies", 1, ""), none}, ""},
		{"another section", []record.Record{doc("d", "10164-2", "PENICILLINS", 0, "")}, ""},
		{"the same words twice", []record.Record{doc("d", "48765-2", "Latex", 0, ""), doc("e", "48765-2", "Latex", 0, "")}, quoted + "“Latex”."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := summarise(c.records...).Allergies.Banner()
			if c.want == "" && strings.Contains(got, "inside a document") || !strings.HasSuffix(got, c.want) {
				t.Errorf("got %q, want it to end with %q", got, c.want)
			}
			if c.want != "" && strings.Contains(got, "Nobody has said") {
				t.Errorf("got %q, although a document says something", got)
			}
		})
	}
}

func TestHazard40WordsOfOtherSubjects(t *testing.T) {
	s := summarise(doc("m", "10160-0", "Necon daily", 0, ""), doc("p", "11450-4", "Asthma", 0, ""), doc("i", "11369-6", "Td 2012", 0, ""))
	for got, want := range map[string]string{s.Medicines.Banner(): "“Necon daily”.", s.Problems.Banner(): "“Asthma”.", clinic.ToldWords(s.Told): "“Td 2012”."} {
		if !strings.HasSuffix(got, want) || strings.Contains(got, "Nobody") {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLongWordsAreCut(t *testing.T) {
	got := summarise(doc("d", "48765-2", strings.Repeat("ä ", 9000), 0, "")).Allergies.Banner()
	if !strings.Contains(got, "… (goes on there)") || len(got) > 1000 {
		t.Errorf("got %d bytes", len(got))
	}
}

func TestNoInformationIsNeitherListedNorDenied(t *testing.T) {
	code := func(c string) record.Concept { return coded("No information", record.AbsentUnknownSystem, c) }
	s := summarise(rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: code("no-allergy-info")}), rec("m", &record.MedicationStatement{Status: "active", Medication: code("no-medication-info")}), rec("p", &record.Condition{ClinicalStatus: "active", Code: code("no-problem-info")}))
	if s.Allergies.Len()+s.Medicines.Len()+s.Problems.Len()+len(s.Allergies.NoneKnown) != 0 {
		t.Error("a statement that nothing is known stands in a list")
	}
	for _, got := range []string{s.Allergies.Banner(), s.Medicines.Banner(), s.Problems.Banner()} {
		if !strings.HasPrefix(got, "The source says that it has no information") {
			t.Errorf("got %q", got)
		}
	}
}
