package record_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// withdrawn is one record entered in error for every kind that can say so.
func withdrawn() []record.Resource {
	const e = "entered-in-error"
	return []record.Resource{
		&record.AllergyIntolerance{VerificationStatus: e, ClinicalStatus: "active"},
		&record.Condition{VerificationStatus: e, ClinicalStatus: "active"},
		&record.MedicationStatement{Status: e, DoNotPerform: true},
		&record.Immunization{Status: e},
		&record.Observation{Status: e, Absent: true, Focus: []string{"donor"}},
		&record.DiagnosticReport{Status: e},
		&record.Procedure{Status: e, Absent: true},
		&record.Encounter{Status: e},
		&record.DocumentReference{Status: e},
		&record.DocumentReference{Status: "current", DocStatus: e},
		&record.ImagingStudy{Status: e},
		&record.FamilyMemberHistory{Status: e},
		&record.Device{Status: e, Absent: true},
		&record.CarePlan{Status: e},
		&record.Goal{LifecycleStatus: e},
		&record.Other{Status: e, DoNotPerform: true},
	}
}

func TestHazard01EnteredInErrorIsNeverCurrent(t *testing.T) {
	for _, r := range withdrawn() {
		if got := r.Summary().Standing; got != record.InError {
			t.Errorf("%s: got %q, want %q", r.Kind(), got, record.InError)
		}
		if got := (record.Record{Resource: r, Held: []string{"x"}}).Summary().Standing; got != record.InError {
			t.Errorf("held %s: got %q, want %q", r.Kind(), got, record.InError)
		}
	}
}

func TestStanding(t *testing.T) {
	yes := record.Concept{Text: "x"}
	for _, c := range []struct {
		name string
		r    record.Resource
		want record.Standing
	}{
		{"hazard 2: refuted condition", &record.Condition{Code: yes, ClinicalStatus: "active", VerificationStatus: "refuted"}, record.NotSo},
		{"hazard 3: refuted allergy", &record.AllergyIntolerance{Code: yes, VerificationStatus: "refuted"}, record.NotSo},
		{"hazard 6: negated allergy", &record.AllergyIntolerance{Code: yes, ClinicalStatus: "active", Absent: true}, record.NotSo},
		{"hazard 7: negated problem", &record.Condition{Code: yes, ClinicalStatus: "active", Absent: true}, record.NotSo},
		{"hazard 8: not-done procedure", &record.Procedure{Code: yes, Status: "not-done"}, record.NotSo},
		{"hazard 8: not-done immunization", &record.Immunization{VaccineCode: yes, Status: "not-done"}, record.NotSo},
		{"hazard 8: do not take", &record.MedicationStatement{Medication: yes, Status: "active", DoNotPerform: true}, record.NotSo},
		{"hazard 8: not taken", &record.MedicationStatement{Medication: yes, Status: "not-taken"}, record.NotSo},
		{"hazard 11: ended, date unknown", &record.Condition{Code: yes, Abatement: record.When{Ended: true}}, record.Past},
		{"hazard 13: stopped", &record.MedicationStatement{Medication: yes, Status: "stopped"}, record.Past},
		{"hazard 13: on hold", &record.MedicationStatement{Medication: yes, Status: "on-hold"}, record.Past},
		{"hazard 13: draft", &record.MedicationStatement{Medication: yes, Status: "draft"}, record.Intended},
		{"hazard 14: proposal", &record.MedicationStatement{Medication: yes, Status: "active", Intent: "proposal", Origin: record.Request}, record.Intended},
		{"hazard 14: plan", &record.MedicationStatement{Medication: yes, Status: "active", Intent: "plan", Origin: record.Request}, record.Intended},
		{"order", &record.MedicationStatement{Medication: yes, Status: "active", Intent: "order", Origin: record.Request}, record.Current},
		{"dispensed", &record.MedicationStatement{Medication: yes, Status: "in-progress", Origin: record.Dispense}, record.Past},
		{"hazard 30: about a donor", &record.Observation{Code: yes, Status: "final", Focus: []string{"donor"}}, record.NotSo},
		{"order of a test", &record.Other{Title: "x", Status: "active", Intent: "order"}, record.Intended},
		{"order carried out", &record.Other{Title: "x", Status: "completed", Intent: "order"}, record.Current},
		{"directive", &record.Other{Title: "x", Status: "active", Intent: "directive"}, record.Current},
		{"no information about problems", &record.Condition{Code: noInfo("no-problem-info"), ClinicalStatus: "active"}, record.Uncertain},
		{"no information about allergies", &record.AllergyIntolerance{Code: noInfo("no-allergy-info"), ClinicalStatus: "active"}, record.Uncertain},
		{"no information about medicines", &record.MedicationStatement{Medication: noInfo("no-medication-info"), Status: "active"}, record.Uncertain},
		{"no information about immunizations", &record.Immunization{VaccineCode: noInfo("no-immunization-info"), Status: "completed"}, record.Uncertain},
		{"no information about procedures", &record.Procedure{Code: noInfo("no-procedure-info"), Status: "completed"}, record.Uncertain},
		{"no status", &record.Observation{Code: yes}, record.Unstated},
		{"a status that nobody knows", &record.Observation{Code: yes, Status: "brand-new"}, record.Uncertain},
		{"status unknown", &record.Observation{Code: yes, Status: "unknown"}, record.Uncertain},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.r.Summary().Standing; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func noInfo(code string) record.Concept {
	return record.Concept{Coding: []record.Coding{{System: record.AbsentUnknownSystem, Code: code}}}
}

func TestTitles(t *testing.T) {
	const reasons = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
	bare := func(system, code string) record.Concept {
		return record.Concept{Coding: []record.Coding{{System: system, Code: code}}}
	}
	for _, c := range []struct {
		name string
		r    record.Resource
		want string
	}{
		{"denial without words", &record.AllergyIntolerance{Code: bare(record.SNOMED, "409137002")}, "No known drug allergy"},
		{"procedure without a name", &record.Procedure{Status: "completed", Device: []string{"Pacemaker"}}, "Procedure with Pacemaker"},
		{"code that is words", &record.Other{Code: bare(reasons, "not-performed")}, "not performed"},
		{"code that is none", &record.Other{Code: bare(record.LOINC, "75278-2")}, "code 75278-2"},
		{"letters", &record.Other{Code: bare("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB")}, "code AMB"},
		{"words of another system", &record.Other{Code: bare("urn:oid:1.2.3", "not-performed")}, "code not-performed"},
	} {
		if got := c.r.Summary().Title; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	rows := (&record.MedicationStatement{Origin: record.Dispense, AuthoredOn: "2016-12-08"}).Details()
	for _, r := range rows {
		if r.Label == "Written" {
			t.Error("a day of handing over is called a day of writing")
		}
	}
}

// A CDA statusCode of completed says that the prescription was written.
func TestHazard12CompletedIsNotStopped(t *testing.T) {
	med := func(status string, end, asserted record.Date) record.Standing {
		m := &record.MedicationStatement{Medication: record.Concept{Text: "x"}, ActStatus: status, Effective: record.When{Start: "2020-01-01", End: end, Period: true}, DateAsserted: asserted}
		return m.Summary().Standing
	}
	for _, c := range []struct {
		status        string
		end, asserted record.Date
		want          record.Standing
	}{
		{"completed", "", "2021-06-01", record.Uncertain},
		{"completed", "2022-01-01", "2021-06-01", record.Uncertain}, // ends in the future
		{"completed", "2021-01-01", "2021-06-01", record.Past},
		{"completed", "2021-01-01", "", record.Uncertain},
		{"active", "", "2021-06-01", record.Current},
		{"active", "2021-01-01", "2021-06-01", record.Uncertain}, // contradicts itself
		{"aborted", "", "2021-06-01", record.Past},
	} {
		if got := med(c.status, c.end, c.asserted); got != c.want {
			t.Errorf("%s, end %q, as of %q: got %q, want %q", c.status, c.end, c.asserted, got, c.want)
		}
	}
	m := &record.MedicationStatement{Medication: record.Concept{Text: "x"}, ActStatus: "completed"}
	if s := m.Summary().Status; !strings.HasPrefix(s, "completed") || !strings.Contains(s, "not that it was stopped") {
		t.Errorf("the raw status and its meaning are not shown: %q", s)
	}
}

func TestHazard04NoneKnownIsNoAllergen(t *testing.T) {
	coded := func(system, code string) *record.AllergyIntolerance {
		return &record.AllergyIntolerance{ClinicalStatus: "active", Code: record.Concept{Coding: []record.Coding{{System: system, Code: code}}}}
	}
	for _, a := range []*record.AllergyIntolerance{
		coded(record.SNOMED, "716186003"), coded(record.SNOMED, "409137002"), coded(record.SNOMED, "429625007"), coded(record.SNOMED, "160244002"),
		coded(record.AbsentUnknownSystem, "no-known-allergies"),
		{ClinicalStatus: "active", Code: record.Concept{Text: "No Known Allergies"}},
		{ClinicalStatus: "active", Code: record.Concept{Text: "NKDA"}},
		{Absent: true},
		{Absent: true, TypeConcept: record.Concept{Coding: []record.Coding{{System: record.SNOMED, Code: "419199007"}}}},
	} {
		if s := a.Summary(); a.NoneKnown() == "" || s.Standing == record.Current || !strings.Contains(strings.ToLower(s.Title+"no known"), "no known") {
			t.Errorf("%+v: none known %q, standing %q, title %q", a.Code, a.NoneKnown(), s.Standing, s.Title)
		}
	}
	penicillin := &record.AllergyIntolerance{Absent: true, Code: record.Concept{Text: "Penicillin"}}
	if penicillin.NoneKnown() != "" || penicillin.Summary().Title != "Not allergic to Penicillin" {
		t.Errorf("a denial of one substance became %q, %q", penicillin.NoneKnown(), penicillin.Summary().Title)
	}
}

func TestHazard23AbsentValueShowsItsReason(t *testing.T) {
	o := &record.Observation{Status: "final", Code: record.Concept{Text: "Potassium"}, DataAbsentReason: record.Concept{Text: "not performed"}}
	if got, want := o.Summary().Value, "no value: not performed"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHazard29PressureStaysTogether(t *testing.T) {
	part := func(code, v string) record.Component {
		return record.Component{Code: record.Concept{Coding: []record.Coding{{System: record.LOINC, Code: code}}}, Value: record.Value{Quantity: record.Quantity{Value: v, Unit: "mmHg"}}}
	}
	o := &record.Observation{Status: "final", Component: []record.Component{part("8462-4", "80"), part("8480-6", "120")}}
	if got, want := o.Summary().Result(), "120/80 mmHg"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHazard39HeldIsNeverCurrent(t *testing.T) {
	r := record.Record{Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "x"}}, Held: []string{"modifierExtension"}}
	if got := r.Summary().Standing; got != record.Held {
		t.Errorf("got %q, want %q", got, record.Held)
	}
}

func TestHazard43SubpotentDoseIsMarked(t *testing.T) {
	i := &record.Immunization{Status: "completed", Subpotent: true}
	if s := i.Summary(); !strings.Contains(s.Interpretation, "subpotent") {
		t.Errorf("got %q", s.Interpretation)
	}
}

func TestHazard44TextStandsBeforeDisplay(t *testing.T) {
	c := record.Concept{Text: "sugar disease", Coding: []record.Coding{{System: record.SNOMED, Code: "73211009", Display: "Diabetes mellitus"}}}
	if got := c.String(); got != "sugar disease" {
		t.Errorf("got %q", got)
	}
}

// No title is ever a resource type or the word "unknown".
func TestEveryKindHasAnHonestTitle(t *testing.T) {
	for _, k := range record.Kinds {
		s := k.New().Summary()
		if s.Title == "" || strings.EqualFold(s.Title, string(k.Kind)) || strings.Contains(strings.ToLower(s.Title), "unknown") {
			t.Errorf("%s: an empty resource is called %q", k.Kind, s.Title)
		}
		if k.New().Kind() != k.Kind {
			t.Errorf("%s makes a %s", k.Kind, k.New().Kind())
		}
		if found, ok := record.LookupKind(strings.ToLower(string(k.Kind))); !ok || found.Kind != k.Kind {
			t.Errorf("%s is not found by its name", k.Kind)
		}
	}
}
