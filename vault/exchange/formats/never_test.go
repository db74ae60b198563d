package formats_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// bad is the name of what must not pass for something else.
const bad = "Zzunwanted"

// never is one must-never row of CLINICAL-SAFETY: no output may say of what is
// called [bad] what the row forbids, and none may lose it in silence.
type never struct {
	hazard    string
	records   []record.Resource
	change    func(*record.Record) // of each of them
	forbidden func(output) string  // "": all is well
	gone      bool                 // it must not be there at all
}

// none has words that no output may have anywhere.
func none(o output) string { return found(o.all) }

// notCurrent: it is shown as what it is, and never counts now.
func notCurrent(o output) string { return found(o.current) }

func found(s string) string {
	if i := strings.Index(s, bad); i >= 0 {
		return s[max(0, i-80):min(len(s), i+120)]
	}
	return ""
}

func unwanted() record.Concept { return sheettest.Words(bad) }

func medicines(status []string, origins ...record.MedicationOrigin) (out []record.Resource) {
	for _, s := range status {
		for _, o := range origins {
			out = append(out, &record.MedicationStatement{Origin: o, Status: s, Medication: unwanted(), AuthoredOn: "2024-05-06"})
		}
	}
	return out
}

func intents(list ...string) (out []record.Resource) {
	for _, i := range list {
		for _, o := range []record.MedicationOrigin{record.Request, record.Statement} {
			out = append(out, &record.MedicationStatement{Origin: o, Status: "active", Intent: i, Medication: unwanted()})
		}
	}
	return out
}

func inError() []record.Resource {
	const wrong = "entered-in-error"
	return []record.Resource{
		&record.AllergyIntolerance{VerificationStatus: wrong, ClinicalStatus: "active", Code: unwanted()}, &record.Condition{VerificationStatus: wrong, Code: unwanted()},
		&record.MedicationStatement{Status: wrong, Medication: unwanted()}, &record.Immunization{Status: wrong, VaccineCode: unwanted()}, &record.Observation{Status: wrong, Code: unwanted()},
		&record.DiagnosticReport{Status: wrong, Code: unwanted(), Conclusion: bad}, &record.Procedure{Status: wrong, Code: unwanted()}, &record.Encounter{Status: wrong, Type: []record.Concept{unwanted()}},
		&record.DocumentReference{Status: wrong, Title: bad}, &record.ImagingStudy{Status: wrong, Description: bad}, &record.FamilyMemberHistory{Status: wrong, Relationship: unwanted()},
		&record.Device{Status: wrong, Type: unwanted()}, &record.CarePlan{Status: wrong, Title: bad}, &record.Goal{LifecycleStatus: wrong, Description: unwanted()}, &record.Other{Status: wrong, Title: bad},
	}
}

func measured(o record.Observation) *record.Observation {
	o.Status, o.Code, o.Effective = "final", sheettest.Code(bad, record.LOINC, "2823-3"), record.At("2024-05-06")
	o.Category = sheettest.Category(record.Laboratory)
	return &o
}

func replaced(why record.Reason) func(*record.Record) {
	return func(r *record.Record) { r.Superseded = &record.Superseded{By: "other", Why: why} }
}

var zero = regexp.MustCompile(bad + `[^A-Za-z0-9]*( =)? 0\b`)

// nevers are the must-never rows.
var nevers = []never{
	{hazard: "1 entered in error", records: inError(), forbidden: none, gone: true},
	{hazard: "2 refuted problem", records: []record.Resource{&record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted", Code: unwanted()}}, forbidden: notCurrent},
	{hazard: "3 refuted allergy", records: []record.Resource{&record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "refuted", Code: unwanted()}}, forbidden: notCurrent},
	{hazard: "4 no known allergy is no allergen", records: []record.Resource{&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Code("No known allergy ("+bad+")", record.SNOMED, "716186003")}}, forbidden: notCurrent},
	{hazard: "6 negated allergy", records: []record.Resource{&record.AllergyIntolerance{ClinicalStatus: "active", Absent: true, Code: unwanted()}}, forbidden: notCurrent},
	{hazard: "7 negated problem", records: []record.Resource{&record.Condition{ClinicalStatus: "active", Absent: true, Code: unwanted()}}, forbidden: notCurrent},
	{hazard: "8 not done, not given, not taken, not to be taken", forbidden: notCurrent, records: []record.Resource{
		&record.MedicationStatement{Origin: record.Request, Status: "active", DoNotPerform: true, Medication: unwanted()}, &record.MedicationStatement{Origin: record.Statement, Status: "active", Absent: true, Medication: unwanted()},
		&record.MedicationStatement{Origin: record.Statement, Status: "not-taken", Medication: unwanted()}, &record.MedicationStatement{Origin: record.Administration, Status: "not-done", Medication: unwanted()},
		&record.Procedure{Status: "not-done", Code: unwanted()}, &record.Procedure{Status: "completed", Absent: true, Code: unwanted()}, &record.Immunization{Status: "not-done", VaccineCode: unwanted()},
		&record.Device{Status: "active", Absent: true, Type: unwanted()}, &record.Other{ResourceType: "ServiceRequest", Status: "active", DoNotPerform: true, Title: bad},
	}},
	{hazard: "13 only active is current", forbidden: notCurrent, records: medicines([]string{"stopped", "on-hold", "completed", "intended", "draft", "cancelled", "unknown", ""}, record.Statement, record.Request)},
	{hazard: "14 a plan is not taken", forbidden: notCurrent, records: intents("proposal", "plan", "option")},
	{hazard: "23 no value is no number", forbidden: func(o output) string { return zero.FindString(o.all) }, records: []record.Resource{
		measured(record.Observation{DataAbsentReason: sheettest.Words("specimen haemolysed")}), measured(record.Observation{}),
	}},
	{hazard: "25 a corrected value", records: []record.Resource{measured(record.Observation{Value: record.Value{Quantity: sheettest.Amount("5.1", "mmol/L")}})}, change: replaced(record.Corrected), forbidden: none, gone: true},
	{hazard: "26 a withdrawn value", records: []record.Resource{measured(record.Observation{Value: record.Value{Quantity: sheettest.Amount("5.1", "mmol/L")}})}, change: replaced(record.Withdrawn), forbidden: none, gone: true},
	{hazard: "30 about someone else", records: []record.Resource{measured(record.Observation{Focus: []string{"Fetus 1"}, Value: record.Value{Quantity: sheettest.Amount("155", "/min")}})}, forbidden: notCurrent},
	{hazard: "31 a relative's disease", forbidden: notCurrent, records: []record.Resource{
		&record.FamilyMemberHistory{Status: "completed", Relationship: sheettest.Words("Mother"), Condition: []record.FamilyCondition{{Code: unwanted()}}},
	}},
	{hazard: "39 a modifier that nobody understood", forbidden: notCurrent, change: func(r *record.Record) { r.Held = []string{"modifierExtension http://example.org/reversed"} }, records: []record.Resource{
		&record.Condition{ClinicalStatus: "active", Code: unwanted()}, &record.MedicationStatement{Status: "active", Medication: unwanted()},
		&record.AllergyIntolerance{ClinicalStatus: "active", Code: unwanted()}, &record.Immunization{Status: "completed", VaccineCode: unwanted()},
	}},
	{hazard: "46 a superseded document", records: []record.Resource{&record.DocumentReference{Status: "superseded", Title: bad, Date: "2024-05-06"}}, forbidden: notCurrent},
}

// counted: a summary leaves out what does not count now, and what nobody
// understands; it says so, and how many there are.
func counted(o output) bool {
	return strings.Contains(o.words, "Each section says what it leaves out") || strings.Contains(o.words, "carries something that is not understood")
}

// TestMustNever: each must-never row of CLINICAL-SAFETY in every output.
func TestMustNever(t *testing.T) {
	for _, row := range nevers {
		for n, res := range row.records {
			// Beside it stand the same kinds as they should be, so that nothing carries it along.
			sel := selected(t, row, res)
			for _, o := range outputs(t, sel) {
				if !strings.Contains(o.current, "Gout") || !strings.Contains(o.current, "Ramipril") {
					t.Fatalf("%s does not say what counts: %q", o.name, o.current)
				}
				if got := row.forbidden(o); got != "" {
					t.Errorf("%s, %d (%s): %s says %q", row.hazard, n+1, res.Kind(), o.name, got)
				}
				if !row.gone && found(o.all) == "" && !counted(o) {
					t.Errorf("%s, %d (%s): %s has lost it", row.hazard, n+1, res.Kind(), o.name)
				}
			}
		}
	}
}

func selected(t *testing.T, row never, res record.Resource) exchange.Selection {
	t.Helper()
	l := person()
	clinic := sheettest.From(l.File("clinic.json", "application/json", []byte("{}")), "fhir", "Example Clinic", "Dr Example")
	l.Add(sheettest.Problem("Gout", "2020"), clinic)
	l.Add(sheettest.Order("Ramipril", "1 a day", "2024-01-02", "Dr Weil"), clinic)
	l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Words("Peanut")}, clinic)
	r := l.Add(res, clinic)
	if row.change != nil {
		row.change(r)
	}
	sel := l.Select(t, exchange.Scope{})
	if row.hazard == "1 entered in error" {
		sel.Records = append(sel.Records, *r) // even when it gets past the selection
	}
	return sel
}

func person() *sheettest.Library {
	return sheettest.New(&record.Patient{Name: []record.HumanName{{Text: "Ada Example", Family: "Example", Given: []string{"Ada"}}}, BirthDate: "1961-04-03", Gender: "female"})
}

var numericDate = regexp.MustCompile(`\b(\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})\b`)

// TestMustNeverInWords: what every output for people says in words (hazards 37, 43,
// 49, 50 and 51), and none of them says of what is held back.
func TestMustNeverInWords(t *testing.T) {
	for _, o := range outputs(t, sheettest.Realistic().Select(t, exchange.Scope{})) {
		if got := numericDate.FindString(o.words); got != "" {
			t.Errorf("hazard 37: %s says %q, want the month by its name", o.name, got)
		}
	}
	l := person()
	clinic := sheettest.From(l.File("clinic.json", "application/json", []byte("{}")), "fhir", "Example Clinic", "Dr Example")
	l.Add(sheettest.Problem("Gout", "2020-01-02"), clinic)
	l.Add(&record.Immunization{Status: "completed", VaccineCode: sheettest.Words("Hepatitis B"), Occurrence: record.At("2024-01-02"), Subpotent: true}, clinic)
	l.Add(sheettest.Order("Turmeric", "1 a day", "2024-01-03", ""), sheettest.Self())
	l.Add(sheettest.Problem(bad, "2021"), clinic)
	sel := l.Select(t, exchange.Scope{Exclude: []record.ID{l.Records[len(l.Records)-1].ID}, For: "Dr Haddad"})
	for _, o := range outputs(t, sel) {
		if got := found(o.raw); got != "" {
			t.Errorf("hazard 50: %s says %q", o.name, got)
		}
		if len(o.own) > 0 && fmt.Sprint(o.own) != "[Turmeric]" {
			t.Errorf("hazard 49: %s marks %q as the patient's own, want Turmeric alone", o.name, o.own)
		}
		if o.words == "" {
			continue
		}
		for hazard, want := range map[string][]string{
			"43": {"ubpotent"},
			"49": {"entered by the patient"},
			"50": {"items", "withheld by the patient"},
			"51": {"2 January 2020", "22 November 2026", "Dr Haddad"},
		} {
			for _, w := range want {
				if !strings.Contains(o.words, w) {
					t.Errorf("hazard %s: %s does not say %q", hazard, o.name, w)
				}
			}
		}
	}
}
