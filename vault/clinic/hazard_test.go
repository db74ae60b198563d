package clinic_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard01EnteredInError(t *testing.T) {
	wrong := "entered-in-error"
	s := summarise(
		rec("1", &record.AllergyIntolerance{VerificationStatus: wrong}), rec("2", &record.Condition{VerificationStatus: wrong, ClinicalStatus: "active"}), rec("3", &record.MedicationStatement{Status: wrong}),
		rec("4", &record.Observation{Status: wrong}), rec("5", &record.Immunization{Status: wrong}), rec("6", &record.Procedure{Status: wrong}), rec("7", &record.Encounter{Status: wrong}),
		rec("8", &record.DiagnosticReport{Status: wrong}), rec("9", &record.DocumentReference{Status: wrong}), rec("10", &record.DocumentReference{DocStatus: wrong}), rec("11", &record.ImagingStudy{Status: wrong}),
		rec("12", &record.FamilyMemberHistory{Status: wrong}), rec("13", &record.Device{Status: wrong}), rec("14", &record.CarePlan{Status: wrong}), rec("15", &record.Goal{LifecycleStatus: wrong}), rec("16", &record.Other{Status: wrong}))
	if got := len(places(s)); got != 0 || s.InError != 16 {
		t.Errorf("%d shown, %d counted", got, s.InError)
	}
}

func TestHazard02RefutedProblem(t *testing.T) {
	s := summarise(rec("a", &record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted", Code: text("Diabetes")}))
	if len(s.Problems.Current) != 0 || titles(s.Problems.NotSo) != "Diabetes" {
		t.Errorf("current %s, not so %s", titles(s.Problems.Current), titles(s.Problems.NotSo))
	}
}

func TestHazard03RefutedAllergyStaysInSight(t *testing.T) {
	s := summarise(rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "refuted", Code: text("Aspirin")}))
	if len(s.Allergies.Listed()) != 0 || titles(s.Allergies.NotSo) != "Aspirin" {
		t.Errorf("listed %s, not so %s", titles(s.Allergies.Listed()), titles(s.Allergies.NotSo))
	}
}

func TestHazard04NoneKnownIsNoAllergen(t *testing.T) {
	for name, a := range map[string]*record.AllergyIntolerance{
		"716186003": {ClinicalStatus: "active", Code: coded("No known allergy", record.SNOMED, "716186003")}, "160244002": {Code: coded("No known allergies", record.SNOMED, "160244002")},
		"409137002": {Code: coded("No known drug allergy", record.SNOMED, "409137002")}, "429625007": {Code: coded("No known food allergy", record.SNOMED, "429625007")},
		"IPS": {Code: coded("", record.AbsentUnknownSystem, "no-known-allergies")}, "words": {ClinicalStatus: "active", Code: text("NKDA")},
		"negated": {Absent: true, Code: coded("Allergy to substance", record.SNOMED, "419199007")}, "negated, unnamed": {Absent: true},
	} {
		s := summarise(rec("a", a))
		if len(s.Allergies.NoneKnown) != 1 || s.Allergies.Len() != 0 {
			t.Errorf("%s: %d statements, %d allergens", name, len(s.Allergies.NoneKnown), s.Allergies.Len())
		}
	}
}

func TestHazard05ThreeStatesOfNone(t *testing.T) {
	none := coded("No known allergy", record.SNOMED, "716186003")
	tests := map[string]struct {
		allergy *record.AllergyIntolerance
		want    string
	}{
		"nobody said": {nil, "Nobody has said anything about allergies"},
		"stated":      {&record.AllergyIntolerance{ClinicalStatus: "active", Code: none, RecordedDate: "2026-02-03"}, "No known allergy, said by Dr. Example on 3 February 2026."},
		"refuted":     {&record.AllergyIntolerance{VerificationStatus: "refuted", Code: none}, "No current allergy is listed."},
		"no longer":   {&record.AllergyIntolerance{ClinicalStatus: "inactive", Code: none}, "No current allergy is listed."},
		"past one":    {&record.AllergyIntolerance{ClinicalStatus: "resolved", Code: text("Milk")}, "No current allergy is listed."},
		"withdrawn":   {&record.AllergyIntolerance{VerificationStatus: "entered-in-error", Code: none}, "Nobody has said anything about allergies"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var s clinic.Summary
			if s = summarise(); test.allergy != nil {
				s = summarise(rec("a", test.allergy))
			}
			if got := s.Allergies.Banner(); !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestHazard05HeldDenialIsNoDenial(t *testing.T) {
	hold := func(id string, res record.Resource) record.Record {
		r := rec(id, res)
		r.Held = []string{"modifierExtension"}
		return r
	}
	s := summarise(hold("a", &record.AllergyIntolerance{Code: text("NKA")}), hold("m", &record.MedicationStatement{Absent: true}), hold("p", &record.Condition{Code: text("no known problems")}))
	if len(s.Allergies.NoneKnown)+len(s.Medicines.NoneKnown)+len(s.Problems.NoneKnown) != 0 || len(s.Allergies.Held)+len(s.Medicines.Held)+len(s.Problems.Held) != 3 {
		t.Error("a statement that is not understood counts as a denial")
	}
}

func TestHazard07NegatedProblem(t *testing.T) {
	s := summarise(rec("a", &record.Condition{ClinicalStatus: "active", Absent: true, Code: text("Asthma")}))
	if len(s.Problems.Current) != 0 || titles(s.Problems.NotSo) != "Does not have: Asthma" {
		t.Errorf("not so: %s", titles(s.Problems.NotSo))
	}
}

func TestHazard08NotDone(t *testing.T) {
	s := summarise(
		rec("1", &record.Procedure{Status: "completed", Absent: true, Code: text("A")}), rec("2", &record.Procedure{Status: "not-done", Code: text("B")}),
		rec("3", &record.Immunization{Status: "not-done", VaccineCode: text("C")}), rec("4", &record.MedicationStatement{Status: "active", DoNotPerform: true, Medication: text("D")}),
		rec("5", &record.MedicationStatement{Status: "not-taken", Medication: text("E")}), rec("6", &record.MedicationStatement{ActStatus: "active", Absent: true, Medication: text("F")}),
		rec("7", &record.Device{Status: "active", Absent: true, Type: text("G")}), rec("8", &record.Other{Status: "active", DoNotPerform: true, Title: "H"}))
	for name, g := range groups(s) {
		if len(g.Current)+len(g.Uncertain)+len(g.Past)+len(g.Intended) != 0 {
			t.Errorf("%s: something that is not so is listed", name)
		}
	}
	if got := titles(s.Medicines.NotSo); !strings.Contains(got, "Do NOT take: D") || !strings.Contains(got, "Not taken: F") {
		t.Errorf("medicines: %s", got)
	}
}

func TestHazard09NamedAllergyWins(t *testing.T) {
	none := func(words string) record.Record { return rec("n", &record.AllergyIntolerance{Code: text(words)}) }
	drug := rec("n", &record.AllergyIntolerance{Code: coded("No known drug allergy", record.SNOMED, "409137002")})
	nuts := rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Category: []string{"food"}, Code: text("Nuts")})
	unclear := rec("a", &record.AllergyIntolerance{Code: text("Nuts")})
	tests := map[string]struct {
		none, named record.Record
		disagree    bool
		banner      string
	}{
		"general denial":           {none("NKA"), nuts, true, "Sources disagree"},
		"status not stated":        {none("NKA"), unclear, true, "Sources disagree"},
		"drugs denied, food named": {drug, nuts, false, "No known drug allergy, said by"},
		"drugs denied, no categor": {drug, unclear, true, "Sources disagree"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := summarise(test.none, test.named).Allergies
			if a.Disagree() != test.disagree || !strings.HasPrefix(a.Banner(), test.banner) || titles(a.Listed()) != "Nuts" {
				t.Errorf("disagree %t, banner %q, listed %s", a.Disagree(), a.Banner(), titles(a.Listed()))
			}
		})
	}
}

func TestHazard09MedicinesAndProblemsDisagree(t *testing.T) {
	s := summarise(rec("a", &record.MedicationStatement{Absent: true}), rec("b", &record.MedicationStatement{Status: "unknown", Medication: text("X")}),
		rec("c", &record.Condition{Code: text("no known problems")}), rec("d", &record.Condition{ClinicalStatus: "active", Code: text("Y")}))
	for _, b := range []string{s.Medicines.Banner(), s.Problems.Banner()} {
		if !strings.HasPrefix(b, "Sources disagree") {
			t.Errorf("got %q", b)
		}
	}
}

func TestHazard13OnlyActiveIsCurrent(t *testing.T) {
	for status, current := range map[string]bool{"active": true, "": false, "unknown": false, "stopped": false, "on-hold": false, "completed": false, "intended": false, "draft": false, "cancelled": false, "not-taken": false, "new word": false} {
		s := summarise(rec("a", &record.MedicationStatement{Status: status, Medication: text("X")}))
		if got := len(s.Medicines.Current) == 1; got != current {
			t.Errorf("%q: current %t", status, got)
		}
	}
	for _, origin := range []record.MedicationOrigin{record.Dispense, record.Administration} {
		s := summarise(rec("a", &record.MedicationStatement{Origin: origin, Status: "in-progress", Medication: text("X")}))
		if len(s.Medicines.Current) != 0 {
			t.Errorf("%s: an event is no medicine that is taken now", origin)
		}
	}
}

func TestHazard14ProposalIsNotTaken(t *testing.T) {
	for _, intent := range []string{"proposal", "plan", "option"} {
		s := summarise(rec("a", &record.MedicationStatement{Origin: record.Request, Status: "active", Intent: intent, Medication: text("X")}))
		if len(s.Medicines.Current) != 0 || len(s.Medicines.Intended) != 1 {
			t.Errorf("%s: current %d", intent, len(s.Medicines.Current))
		}
	}
}

func TestHazard30AboutSomeoneElse(t *testing.T) {
	for _, status := range []string{"final", "preliminary", "", "unknown"} {
		own := rec("a", &record.Observation{Status: "final", Code: coded("Heart rate", record.LOINC, "8867-4")})
		fetus := rec("b", &record.Observation{Status: status, Code: coded("Heart rate", record.LOINC, "8867-4"), Focus: []string{"fetus"}})
		for _, test := range summarise(own, fetus).Results {
			if len(test.Points) != 1 || test.Last().ID == "b" && (test.Last().Standing != record.NotSo || !strings.Contains(test.Title, "not the patient")) {
				t.Errorf("%q: %s with %d points, %s", status, test.Title, len(test.Points), test.Last().Standing)
			}
		}
		social := rec("c", &record.Observation{Status: status, Category: []record.Concept{coded("", "", record.SocialHistory)}, Focus: []string{"partner"}})
		if g := summarise(social).SocialHistory; len(g.NotSo) != 1 {
			t.Errorf("%q: the partner's social history is the patient's", status)
		}
	}
}

func TestHazard31FamilyHistoryApart(t *testing.T) {
	s := summarise(rec("a", &record.FamilyMemberHistory{Status: "completed", Relationship: text("mother"), Condition: []record.FamilyCondition{{Code: text("Cancer")}}}))
	if s.Problems.Len() != 0 || titles(s.Family.Current) != "mother" {
		t.Errorf("problems %d, family %s", s.Problems.Len(), titles(s.Family.Current))
	}
}
