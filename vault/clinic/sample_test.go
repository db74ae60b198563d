package clinic_test

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func text(s string) record.Concept { return record.Concept{Text: s} }

func coded(s, system, code string) record.Concept {
	return record.Concept{Text: s, Coding: []record.Coding{{System: system, Code: code}}}
}

func rec(id string, res record.Resource) record.Record {
	return record.Record{ID: record.ID(id), Resource: res, Provenance: []record.Provenance{{Author: "Dr. Example", Asserter: record.ByOrganisation}}}
}

func summarise(records ...record.Record) clinic.Summary {
	return clinic.Summarise(record.Record{Resource: &record.Patient{}}, records)
}

// titles are the titles of lines, for comparison.
func titles(lines []clinic.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Title)
	}
	return strings.Join(out, "; ")
}

// statuses are words of every value set, of none and of CDA.
var statuses = []string{
	"", "active", "inactive", "completed", "resolved", "stopped", "on-hold", "intended", "draft", "planned", "not-done", "not-taken", "cancelled", "revoked",
	"entered-in-error", "nullified", "unknown", "final", "preliminary", "registered", "current", "superseded", "finished", "available", "aborted", "something else",
}

// some is a record of every kind in every status, with and without its
// negations and a modifier that is not understood.
func some() []record.Record {
	var all []record.Record
	for n, s := range statuses {
		date := record.Date(fmt.Sprintf("20%02d-03-%02d", n%20, 1+n))
		for _, absent := range []bool{false, true} {
			for _, res := range []record.Resource{
				&record.AllergyIntolerance{ClinicalStatus: s, Code: text("allergen " + s), Absent: absent, RecordedDate: date},
				&record.AllergyIntolerance{VerificationStatus: s, Code: coded("No known allergy", record.SNOMED, "716186003"), Absent: absent},
				&record.MedicationStatement{Status: s, Medication: text("medicine"), Absent: absent, Effective: record.At(date)},
				&record.MedicationStatement{ActStatus: s, DoNotPerform: absent, Intent: "plan"},
				&record.Condition{ClinicalStatus: s, Code: text("problem"), Absent: absent, RecordedDate: date},
				&record.Condition{VerificationStatus: s, ClinicalStatus: "active", Code: text("no known problems")},
				&record.Observation{Status: s, Code: coded("test", record.LOINC, "1-8"), Absent: absent, Effective: record.At(date)},
				&record.Observation{Status: s, Category: []record.Concept{coded("", "", record.VitalSigns)}, Code: text("pulse"), Focus: focus(absent)},
				&record.Observation{Status: s, Category: []record.Concept{coded("", "", record.SocialHistory)}, Code: text("smoking")},
				&record.Procedure{Status: s, Absent: absent, Code: text("procedure")}, &record.Immunization{Status: s}, &record.Encounter{Status: s}, &record.DiagnosticReport{Status: s},
				&record.DocumentReference{Status: s}, &record.ImagingStudy{Status: s}, &record.FamilyMemberHistory{Status: s}, &record.Device{Status: s, Absent: absent},
				&record.CarePlan{Status: s}, &record.Goal{LifecycleStatus: s}, &record.Other{Status: s, Absent: absent},
			} {
				all = append(all, rec(fmt.Sprintf("r%d", len(all)), res))
				held := rec(fmt.Sprintf("r%d", len(all)), res)
				held.Held = []string{"modifierExtension"}
				all = append(all, held)
			}
		}
	}
	return all
}

func focus(yes bool) []string {
	if yes {
		return []string{"fetus"}
	}
	return nil
}
