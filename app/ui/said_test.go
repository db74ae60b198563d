package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// told are sentences that package clinic makes, of made-up records of every sort.
func told() []string {
	dr := record.Provenance{System: "Lakeside Hospital", Author: "Dr. Anna Brandt", Original: "o", Asserter: record.ByOrganisation}
	rec := func(id string, res record.Resource) record.Record {
		return record.Record{ID: record.ID(id), Person: "p", Resource: res, Provenance: []record.Provenance{dr}}
	}
	at := record.At("2024-02-14")
	none := rec("none", &record.AllergyIntolerance{Absent: true, ClinicalStatus: "active", Onset: at, Code: record.Concept{Text: "No known allergy", Coding: []record.Coding{{System: record.SNOMED, Code: "716186003"}}}})
	nuts := rec("nuts", &record.AllergyIntolerance{ClinicalStatus: "active", Onset: at, Code: record.Concept{Text: "Nuts"}})
	section := func(code, title, reason, text string) record.Record {
		return rec("d"+code+reason, &record.DocumentReference{Status: "current", Title: "Visit summary", Date: "2023-05-06", Section: []record.Section{{Title: title, Code: record.Concept{Coding: []record.Coding{{System: record.LOINC, Code: code}}}, EmptyReason: reason, Text: record.Narrative(text)}}})
	}
	var lab []record.Record
	for i, v := range []string{"80", "90", "100", "110", "120"} {
		lab = append(lab, rec("lab"+v, &record.Observation{Status: "final", Code: record.Concept{Text: "Creatinine"}, Effective: record.At(record.Date("202" + string(rune('0'+i)) + "-03-05")), Value: record.Value{Quantity: record.Quantity{Value: v, Unit: "umol/L"}}}))
	}
	var out []string
	for _, records := range [][]record.Record{
		nil,
		{none},
		{nuts},
		{none, nuts},
		lab,
		{section("48765-2", "Allergies", "", "")},
		{section("48765-2", "Allergies", "notasked", "")},
		{section("10160-0", "Medications", "withheld", "")},
		{section("11450-4", "Problem list", "nilknown", "None.")},
		{section("48765-2", "Allergies", "", "Penicillin")},
		{section("10160-0", "Medications", "", "Aspirin")},
		{rec("m", &record.MedicationStatement{Absent: true, Status: "active", Effective: at})},
		{rec("m", &record.MedicationStatement{Status: "completed", Effective: at, Medication: record.Concept{Text: "Aspirin"}})},
		{rec("c", &record.Condition{Absent: true, ClinicalStatus: "active", Onset: at, Code: record.Concept{Text: "No known problems"}})},
		{rec("c", &record.Condition{ClinicalStatus: "resolved", Onset: at, Code: record.Concept{Text: "Asthma"}})},
	} {
		s := clinic.Summarise(record.Record{ID: "p"}, records)
		out = append(out, s.Allergies.Banner(), s.Medicines.Banner(), s.Problems.Banner())
		for _, u := range clinic.Missing(s) {
			out = append(out, u.Words())
		}
		for _, d := range clinic.Disagreements(s) {
			out = append(out, d.Words())
		}
		for _, t := range s.Results {
			for _, one := range s.Series(t) {
				out = append(out, one.TrendWords())
			}
		}
		out = append(out, clinic.ChangesSince(records, clinic.Since{Time: time.Unix(0, 0)}).Words())
	}
	return out
}

// english are words that no other language of the window has.
var english = regexp.MustCompile(`\b(the|that|says|none|nobody|stands|below|sources?|about|rising|over|new|changed|list|said|of|is)\b`)

// What the record means is said in the language of the window: in English word for
// word as it was worked out, in any other without English left over.
func TestWhatTheRecordMeansIsSaidInEveryLanguage(t *testing.T) {
	sentences := told()
	if len(sentences) < 60 {
		t.Fatalf("only %d sentences", len(sentences))
	}
	for _, l := range Languages {
		if l.Code == "" {
			continue
		}
		speak(t, l.Code)
		for _, s := range sentences {
			got := Said(s)
			if l.Code == "en" {
				if got != s {
					t.Errorf("in English %q became %q", s, got)
				}
				continue
			}
			bare := strings.NewReplacer("No known allergy", "", "Dr. Anna Brandt", "", "Lakeside Hospital", "", "No known problems", "", "Problem list", "", "Medications", "", "Allergies", "").Replace(quoted.ReplaceAllString(got, ""))
			if w := english.FindString(strings.ToLower(bare)); w != "" && !(l.Code == "fr" && w == "sources") {
				t.Errorf("in %s %q is left over in %q (of %q)", l.Code, w, got, s)
			}
		}
	}
	speak(t, "en")
	if got := Said("“Nobody has said anything about allergies in these files.”"); got != "“Nobody has said anything about allergies in these files.”" {
		t.Errorf("a source's own words became %q", got)
	}
}
