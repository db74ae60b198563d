package clinic

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestHazard44NameOfBareCode: the source's words and code are never replaced, and a
// name that Carnet adds is said to be Carnet's.
func TestHazard44NameOfBareCode(t *testing.T) {
	code := func(system, code, display string) record.Coding {
		return record.Coding{System: system, Code: code, Display: display}
	}
	concept := func(text string, coding ...record.Coding) record.Concept {
		return record.Concept{Text: text, Coding: coding}
	}
	for name, c := range map[string]struct {
		resource record.Resource
		want     string
	}{
		"code alone":         {&record.Observation{Code: concept("", code(record.LOINC, "2160-0", ""))}, "code 2160-0 (Carnet's name: Creatinine)"},
		"words":              {&record.Observation{Code: concept("Krea", code(record.LOINC, "2160-0", ""))}, "Krea"},
		"words like a code":  {&record.Observation{Code: concept("code 2160-0", code(record.LOINC, "2160-0", ""))}, "code 2160-0"},
		"another display":    {&record.Observation{Code: concept("", code(record.LOINC, "2160-0", "Potassium"))}, "Potassium"},
		"display of second":  {&record.Observation{Code: concept("", code(record.LOINC, "2160-0", ""), code("urn:x", "K", "Krea"))}, "Krea"},
		"name of second":     {&record.Observation{Code: concept("", code("urn:oid:1.2.3", "KREA", ""), code(record.LOINC, "2160-0", ""))}, "code KREA (Carnet's name for code 2160-0: Creatinine)"},
		"unknown code":       {&record.Observation{Code: concept("", code(record.LOINC, "99999-9", ""))}, "code 99999-9"},
		"unknown system":     {&record.Observation{Code: concept("", code("urn:oid:1.2.3", "2160-0", ""))}, "code 2160-0"},
		"nothing":            {&record.Observation{}, "Result that the source does not name"},
		"not observed":       {&record.Observation{Absent: true, Code: concept("", code(record.LOINC, "2160-0", ""))}, "Not observed: code 2160-0 (Carnet's name: Creatinine)"},
		"does not have":      {&record.Condition{Absent: true, Code: concept("", code(record.ICD10CM, "I10", ""))}, "Does not have: code I10 (Carnet's name: essential (primary) hypertension)"},
		"group":              {&record.Condition{Code: concept("", code(record.ICD10CM, "E11.65", ""))}, "code E11.65 (Carnet's name: in the group: type 2 diabetes mellitus)"},
		"medicine":           {&record.MedicationStatement{Medication: concept("", code(record.ATC, "A10BA02", ""))}, "code A10BA02 (Carnet's name: metformin)"},
		"vaccine":            {&record.Immunization{VaccineCode: concept("", code(record.CVX, "03", ""))}, "code 03 (Carnet's name: measles, mumps and rubella virus vaccine)"},
		"no vaccine":         {&record.Immunization{VaccineCode: concept("", code(record.CVX, "998", ""))}, "code 998"},
		"allergy":            {&record.AllergyIntolerance{Code: concept("", code(record.RxNorm, "7980", ""))}, "code 7980 (Carnet's name: penicillin G)"},
		"codes of a license": {&record.Procedure{Code: concept("", code(record.CPT, "99213", ""))}, "code 99213"},
	} {
		if got := line(record.Record{Resource: c.resource}).Title; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestNamesJoinNothing: a code that Carnet names is not the same as words that a
// source wrote, even where they are Carnet's words.
func TestNamesJoinNothing(t *testing.T) {
	bare := &record.Condition{ClinicalStatus: "active", Code: record.Concept{Coding: []record.Coding{{System: record.ICD10, Code: "I10"}}}}
	words := &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "essential (primary) hypertension"}}
	s := Summarise(record.Record{}, []record.Record{{ID: "1", Resource: bare}, {ID: "2", Resource: words}})
	if got := len(s.Problems.Current); got != 2 {
		t.Errorf("got %d problems, want 2", got)
	}
}
