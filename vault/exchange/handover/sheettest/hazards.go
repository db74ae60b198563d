package sheettest

import (
	"regexp"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// one is a library of one woman with the given records, from one clinic.
func one(resources ...record.Resource) *Library {
	l := New(&record.Patient{Name: []record.HumanName{{Text: "Ada Example"}}, BirthDate: "1970-02-01", Gender: "female"})
	clinic := From(l.File("clinic.json", "application/json", []byte("{}")), "fhir", "Example Clinic", "Dr Example")
	for _, r := range resources {
		l.Add(r, clinic)
	}
	return l
}

func everything(t testing.TB, l *Library) exchange.Selection {
	t.Helper()
	return l.Select(t, exchange.Scope{})
}

// Hazard01 has an entry made in error of every kind: none may be seen.
func Hazard01(t testing.TB, export Export) {
	t.Helper()
	const bad = "entered-in-error"
	wrong := []record.Resource{
		&record.AllergyIntolerance{VerificationStatus: bad, Code: Words("Zzwrong")}, &record.Condition{VerificationStatus: bad, Code: Words("Zzwrong")},
		&record.MedicationStatement{Status: bad, Medication: Words("Zzwrong")}, &record.Immunization{Status: bad, VaccineCode: Words("Zzwrong")},
		&record.Observation{Status: bad, Code: Words("Zzwrong")}, &record.DiagnosticReport{Status: bad, Code: Words("Zzwrong"), Conclusion: "Zzwrong"},
		&record.Procedure{Status: bad, Code: Words("Zzwrong")}, &record.Encounter{Status: bad, Type: []record.Concept{Words("Zzwrong")}},
		&record.DocumentReference{Status: bad, Title: "Zzwrong"}, &record.ImagingStudy{Status: bad, Description: "Zzwrong"},
		&record.FamilyMemberHistory{Status: bad, Relationship: Words("Zzwrong")}, &record.Device{Status: bad, Type: Words("Zzwrong")},
		&record.CarePlan{Status: bad, Title: "Zzwrong"}, &record.Goal{LifecycleStatus: bad, Description: Words("Zzwrong")}, &record.Other{Status: bad, Title: "Zzwrong"},
	}
	l := one(append(wrong, Problem("Gout", "2020"))...)
	sel := everything(t, l)
	sel.Records = append(sel.Records, l.Records[1:]...) // even when they get past the selection
	f := export(sel)
	hasNot(t, "everywhere", f.All, "Zzwrong")
	has(t, "about", f.All, "left out because their source entered them in error")
}

// Hazard02 has a refuted problem and Hazard07 one that is denied.
func Hazard02(t testing.TB, export Export) {
	t.Helper()
	c := Problem("Lupus", "2020")
	c.VerificationStatus = "refuted"
	f := export(everything(t, one(c, Problem("Gout", "2020"))))
	hasNot(t, "front and current", f.Front+f.Lists["problems/Current"], "Lupus")
	has(t, "ruled out", f.Lists["problems/Ruled out or denied"], "Lupus", "ruled out")
}

// Hazard03 has a refuted allergy: shown as ruled out, never as one to heed.
func Hazard03(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(
		&record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "refuted", Code: Words("Ibuprofen")},
		&record.AllergyIntolerance{ClinicalStatus: "active", Code: Words("Peanut")})))
	hasNot(t, "current", f.Lists["allergies/Current"], "Ibuprofen")
	has(t, "ruled out", f.Lists["allergies/Ruled out or denied"], "Ibuprofen", "ruled out")
	has(t, "front", f.Front, "Peanut", "ruled out or denied: Ibuprofen")
}

// Hazard04 has "no known allergy" as a coded entry: a banner, never an allergen.
func Hazard04(t testing.TB, export Export) {
	t.Helper()
	nka := &record.AllergyIntolerance{ClinicalStatus: "active", Code: Code("No known allergy", record.SNOMED, "716186003"), RecordedDate: "2024-05-06"}
	f := export(everything(t, one(nka)))
	has(t, "front", f.Front, "No known allergy, said by Dr Example on 6 May 2024")
	hasNot(t, "current", f.Lists["allergies/Current"], "No known allergy")
	has(t, "statements", f.Lists["allergies/Stated as none known"], "No known allergy")
}

// Hazard05 has nothing about allergies: that is not "none".
func Hazard05(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(Problem("Gout", "2020"))))
	has(t, "front", f.Front, "Nobody has said anything about allergies", "Nobody has said anything about medicines")
	hasNot(t, "front", f.Front, "No known", "none known", "Nothing is recorded")
}

// Hazard07 has a denied problem.
func Hazard07(t testing.TB, export Export) {
	t.Helper()
	c := Problem("Tuberculosis", "2020")
	c.Absent = true
	f := export(everything(t, one(c)))
	hasNot(t, "front and current", f.Front+f.Lists["problems/Current"], "Tuberculosis")
	has(t, "denied", f.Lists["problems/Ruled out or denied"], "Does not have: Tuberculosis")
}

// Hazard08 has things not done, not given, not taken and not to be taken.
func Hazard08(t testing.TB, export Export) {
	t.Helper()
	dont := Order("Warfarin", "never", "2024-01-02", "")
	dont.DoNotPerform = true
	f := export(everything(t, one(dont,
		&record.MedicationStatement{Origin: record.Statement, Status: "not-taken", Medication: Words("Simvastatin")},
		&record.Procedure{Status: "not-done", Code: Words("Bronchoscopy")}, &record.Procedure{Status: "completed", Absent: true, Code: Words("Gastroscopy")},
		&record.Immunization{Status: "not-done", VaccineCode: Words("Zoster vaccine")})))
	hasNot(t, "front", f.Front, "Warfarin", "Simvastatin", "Bronchoscopy", "Gastroscopy", "Zoster")
	hasNot(t, "positive lists", f.Lists["medicines/Current"]+f.Lists["procedures/Done"]+f.Lists["immunizations/Given"], "Warfarin", "Simvastatin", "Bronchoscopy", "Gastroscopy", "Zoster")
	has(t, "medicines", f.Lists["medicines/NOT taken or do NOT take"], "Do NOT take: Warfarin", "Simvastatin")
	has(t, "procedures", f.Lists["procedures/NOT done"], "Not done: Bronchoscopy", "Not done: Gastroscopy")
	has(t, "immunizations", f.Lists["immunizations/NOT given"], "Not given: Zoster vaccine")
}

// Hazard09 has "no known allergy" and an allergy: the allergy wins, and it says so.
func Hazard09(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(
		&record.AllergyIntolerance{ClinicalStatus: "active", Code: Code("No known allergy", record.SNOMED, "716186003")},
		&record.AllergyIntolerance{ClinicalStatus: "active", Code: Words("Peanut")})))
	has(t, "front", f.Front, "Sources disagree", "Peanut", "Sources disagree about allergies")
}

// Hazard13 has medicines of every status but active.
func Hazard13(t testing.TB, export Export) {
	t.Helper()
	var all []record.Resource
	var names []string
	for _, status := range []string{"stopped", "on-hold", "completed", "intended", "draft", "cancelled", "unknown", ""} {
		name := "Medicine" + or(status, "unstated")
		names = append(names, name)
		m := Order(name, "1 a day", "2024-01-02", "")
		m.Status = status
		all = append(all, m)
	}
	all = append(all, Order("Ramipril", "1 a day", "2024-01-02", "Dr Weil"))
	f := export(everything(t, one(all...)))
	hasNot(t, "current", f.Lists["medicines/Current"], names...)
	has(t, "current", f.Lists["medicines/Current"], "Ramipril", "written 2 January 2024", "Dr Weil")
	has(t, "all", f.Sections["medicines"], names...)
	has(t, "status not clear", f.Lists["medicines/Status not clear"], "status not stated", "status unclear")
}

// Hazard14 has orders that are only thought of.
func Hazard14(t testing.TB, export Export) {
	t.Helper()
	var all []record.Resource
	for _, intent := range []string{"proposal", "plan", "option"} {
		m := Order("Idea"+intent, "1 a day", "2024-01-02", "")
		m.Intent = intent
		all = append(all, m)
	}
	f := export(everything(t, one(all...)))
	hasNot(t, "front and current", f.Front+f.Lists["medicines/Current"], "Idea")
	has(t, "planned", f.Lists["medicines/Planned or ordered"], "Ideaproposal", "Ideaplan", "Ideaoption")
}

// Hazard17 has a dose without a unit.
func Hazard17(t testing.TB, export Export) {
	t.Helper()
	m := Order("Vitamin D3", "", "2024-01-02", "")
	m.Dosage = []record.Dosage{{Dose: record.Quantity{Value: "1"}}}
	f := export(everything(t, one(m)))
	has(t, "current", f.Lists["medicines/Current"], "1 (unit not given)")
	has(t, "front", f.Front, "1 (unit not given)")
}

var numericDate = regexp.MustCompile(`\b(\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})\b`)

// Hazard37 looks for dates without a month name.
func Hazard37(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, Realistic()))
	if got := numericDate.FindString(f.All); got != "" {
		t.Errorf("got the date %q, want every date with the name of its month", got)
	}
	has(t, "everywhere", f.All, "3 April 1961", "2 September 2026")
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
