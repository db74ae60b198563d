package clinic_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// unstated is what is missing of one section.
func unstated(s clinic.Summary, section clinic.Section) []clinic.Unstated {
	var out []clinic.Unstated
	for _, u := range clinic.Missing(s) {
		if u.Section == section {
			out = append(out, u)
		}
	}
	return out
}

func document(id, title string, day record.Date, sections ...record.Section) record.Record {
	return rec(id, &record.DocumentReference{Status: "current", Title: title, Date: day, Section: sections})
}

func loinc(code string) record.Concept { return coded("", record.LOINC, code) }

// TestNobodySaidAnything: of an empty record everything is missing, and nothing of
// it reads like "none".
func TestNobodySaidAnything(t *testing.T) {
	all := clinic.Missing(summarise())
	if len(all) != 12 {
		t.Errorf("got %d sections, want 12", len(all))
	}
	for _, u := range all {
		w := u.Words()
		if u.Silence != clinic.NobodySaid || len(u.By) > 0 || !strings.HasPrefix(w, "Nobody has said anything about ") || !strings.HasSuffix(w, "does not mean that there are none.") {
			t.Errorf("%s: %s, %q", u.Section, u.Silence, w)
		}
	}
}

func TestMissing(t *testing.T) {
	family := loinc("10157-6")
	tests := map[string]struct {
		section clinic.Section
		records []record.Record
		silence []clinic.Silence
		words   string // of the first
	}{
		"listed":                        {clinic.SectionFamily, []record.Record{rec("f", &record.FamilyMemberHistory{Status: "completed", Relationship: text("mother")})}, nil, ""},
		"said by nobody once withdrawn": {clinic.SectionFamily, []record.Record{rec("f", &record.FamilyMemberHistory{Status: "entered-in-error"})}, []clinic.Silence{clinic.NobodySaid}, "Nobody has said anything about family history"},
		"no information in CDA": {
			clinic.SectionFamily,
			[]record.Record{document("d", "Discharge", "2024-03-05", record.Section{Code: family, EmptyReason: "NI"})},
			[]clinic.Silence{clinic.EmptyWhy},
			"About family history, “Discharge” of 5 March 2024 says that it has no information. That does not mean that there are none.",
		},
		"not asked": {
			clinic.SectionFamily,
			[]record.Record{document("d", "Summary", "2024-03-05", record.Section{Code: family, EmptyReason: "notasked", Text: "<p>Not asked.</p>"})},
			[]clinic.Silence{clinic.EmptyWhy},
			"says that this was not asked. Its words: “Not asked.” That does not",
		},
		"none known is a statement": {
			clinic.SectionProblems,
			[]record.Record{document("d", "Summary", "2024-03-05", record.Section{Code: loinc("11450-4"), EmptyReason: "nilknown"})},
			[]clinic.Silence{clinic.EmptyWhy},
			"says that none are known.",
		},
		"withheld while others tell": {
			clinic.SectionProblems,
			[]record.Record{document("d", "Summary", "2024-03-05", record.Section{Code: loinc("11450-4"), EmptyReason: "withheld"}), rec("p", &record.Condition{ClinicalStatus: "active", Code: text("Asthma")})},
			[]clinic.Silence{clinic.EmptyWhy},
			"holds this back. Other sources do name some.",
		},
		"a reason of its own": {
			clinic.SectionDevices,
			[]record.Record{document("d", "Summary", "2024", record.Section{Title: "Medical Equipment", EmptyReason: "lost\u202e"})},
			[]clinic.Silence{clinic.EmptyWhy},
			"gives the reason “lost⟦U+202E⟧”",
		},
		"in words alone": {
			clinic.SectionSocialHistory,
			[]record.Record{document("d", "Visit", "2024-03-05", record.Section{Title: "Social History", Text: "<p>Never smoked.</p>"})},
			[]clinic.Silence{clinic.OnlyInWords},
			"Nothing about social history stands in a list, only inside “Visit” of 5 March 2024. Its words: “Never smoked.”",
		},
		"left empty": {
			clinic.SectionVitals,
			[]record.Record{document("d", "Visit", "2024-03-05", record.Section{Code: loinc("8716-3")}), document("e", "Visit", "2024-03-04", record.Section{Code: loinc("8716-3")})},
			[]clinic.Silence{clinic.LeftEmpty},
			"“Visit” of 5 March 2024 (and 1 more) leaves the section empty.",
		},
		"a source does not know": {
			clinic.SectionAllergies,
			[]record.Record{rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: coded("", record.AbsentUnknownSystem, "no-allergy-info"), RecordedDate: "2024-03-05"})},
			[]clinic.Silence{clinic.NotKnown},
			"About allergies a source says that it has no information",
		},
		"none known in a record": {clinic.SectionAllergies, []record.Record{rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: coded("No known allergy", record.SNOMED, "716186003")})}, nil, ""},
		"two documents, two reasons": {
			clinic.SectionPlans,
			[]record.Record{document("d", "New", "2024-03-05", record.Section{Code: loinc("18776-5"), EmptyReason: "NI"}), document("e", "Old", "2023", record.Section{Code: loinc("18776-5"), EmptyReason: "unavailable"})},
			[]clinic.Silence{clinic.EmptyWhy, clinic.EmptyWhy},
			"“New” of 5 March 2024 says that it has no information",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := unstated(summarise(tt.records...), tt.section)
			if len(got) != len(tt.silence) {
				t.Fatalf("got %d, want %d: %v", len(got), len(tt.silence), got)
			}
			for n, u := range got {
				if u.Silence != tt.silence[n] {
					t.Errorf("%d: got %s, want %s", n, u.Silence, tt.silence[n])
				}
			}
			if len(got) > 0 && !strings.Contains(got[0].Words(), tt.words) {
				t.Errorf("got %q, want %q", got[0].Words(), tt.words)
			}
		})
	}
}

// TestHazard05ReasonIsNeverNone: of all the reasons only one says that there is
// nothing.
func TestHazard05ReasonIsNeverNone(t *testing.T) {
	for _, reason := range []string{"nilknown", "notasked", "withheld", "unavailable", "notstarted", "closed", "NI", "NA", "UNK", "NASK", "ASKU", "MSK", "NAV", "something else"} {
		u := unstated(summarise(document("d", "Summary", "2024", record.Section{Code: loinc("48765-2"), EmptyReason: reason})), clinic.SectionAllergies)
		if len(u) != 1 {
			t.Fatalf("%s: %v", reason, u)
		}
		if got, want := strings.Contains(u[0].Words(), "does not mean that there are none"), reason != "nilknown"; got != want {
			t.Errorf("%s: %s", reason, u[0].Words())
		}
	}
}
