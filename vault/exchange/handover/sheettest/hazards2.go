package sheettest

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Hazard18 has bounds: the comparator is never lost.
func Hazard18(t testing.TB, export Export) {
	t.Helper()
	var all []record.Resource
	for i, v := range []string{"<0.5", "<=7", ">1000", ">=90", "<0.01"} {
		all = append(all, Lab("Troponin", "6598-7", day(2020+i, 1, 2), v, "ng/mL"))
	}
	f := export(everything(t, one(all...)))
	has(t, "test", f.Lists["results/Troponin"], "<0.5", "<=7", ">1000", ">=90", "<0.01")
	has(t, "front", f.Front, "<0.01 ng/mL", ">=90, 2 January 2023")
}

// Hazard19 has decimals whose digits matter.
func Hazard19(t testing.TB, export Export) {
	t.Helper()
	values := []string{"0.010", "0.01", "7.0", "7", "100", "1.50e3", "-0.50", "6.02214076", "123456789012345678.90"}
	var all []record.Resource
	for i, v := range values {
		all = append(all, Lab("Analyte", "1-8", day(2010+i, 1, 2), v, "u"))
	}
	f := export(everything(t, one(all...)))
	list := " " + f.Lists["results/Analyte"] + " "
	for _, v := range values {
		has(t, "test", list, " "+v+" u ")
	}
}

// Hazard23 has results without a value: the reason, never 0 or blank.
func Hazard23(t testing.TB, export Export) {
	t.Helper()
	haemolysed := Lab("Potassium", "2823-3", "2024-01-02", "", "")
	haemolysed.DataAbsentReason = Words("specimen haemolysed")
	blank := Lab("Sodium", "2951-2", "2024-01-02", "", "")
	f := export(everything(t, one(haemolysed, blank)))
	has(t, "potassium", f.Lists["results/Potassium"], "no value: specimen haemolysed")
	has(t, "sodium", f.Lists["results/Sodium"], "no value, no reason given")
	hasNot(t, "results", f.Sections["results"], " 0 ")
}

// Hazard30 has a result about a fetus.
func Hazard30(t testing.TB, export Export) {
	t.Helper()
	o := Lab("Heart rate", "8867-4", "2024-01-02", "155", "/min")
	o.Focus = []string{"Fetus 1"}
	f := export(everything(t, one(o)))
	hasNot(t, "front", f.Front, "155")
	has(t, "results", f.Sections["results"], "about Fetus 1, not the patient", "155")
}

// Hazard31 has a disease of the mother.
func Hazard31(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(&record.FamilyMemberHistory{Status: "completed", Relationship: Words("Mother"), Condition: []record.FamilyCondition{{Code: Words("Huntington disease")}}})))
	hasNot(t, "front and problems", f.Front+f.Sections["problems"], "Huntington")
	has(t, "family", f.Sections["family"], "Huntington disease", "Mother", "not about the patient")
}

// Hazard35 has dates of low precision.
func Hazard35(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(Problem("Gout", "2021"), Problem("Psoriasis", "2020-03"), &record.Procedure{Status: "completed", Code: Words("Appendectomy"), Performed: record.When{Text: "as a child"}})))
	has(t, "problems", f.Sections["problems"], "2021", "March 2020")
	hasNot(t, "problems", f.Sections["problems"], "January 2021", "1 March 2020")
	has(t, "procedures", f.Sections["procedures"], "as a child")
}

// Hazard39 has a record that is held.
func Hazard39(t testing.TB, export Export) {
	t.Helper()
	l := one()
	l.Add(Order("Digoxin", "1 a day", "2024-01-02", ""), Self()).Held = []string{"modifierExtension http://example.org/reversed"}
	f := export(everything(t, l))
	hasNot(t, "current", f.Lists["medicines/Current"], "Digoxin")
	has(t, "held", f.Lists["medicines/Held"], "Digoxin", "held: carries modifierExtension")
	has(t, "front", f.Front, "Medicine held", "Digoxin")
}

// Hazard43 has a dose that does not count and one that was not given.
func Hazard43(t testing.TB, export Export) {
	t.Helper()
	f := export(everything(t, one(
		&record.Immunization{Status: "completed", VaccineCode: Words("Hepatitis B"), Occurrence: record.At("2024-01-02"), Subpotent: true, DoseNumber: "2"},
		&record.Immunization{Status: "not-done", VaccineCode: Words("Zoster vaccine")})))
	has(t, "given", f.Lists["immunizations/Given"], "subpotent: does not count as a full dose")
	has(t, "front", f.Front, "subpotent")
	hasNot(t, "given", f.Lists["immunizations/Given"]+f.Front, "Zoster")
}

// Hazard49 has entries of the patient beside those of a clinic.
func Hazard49(t testing.TB, export Export) {
	t.Helper()
	l := one(Order("Ramipril", "1 a day", "2024-01-02", ""))
	l.Add(Order("Turmeric", "1 a day", "2024-01-03", ""), Self())
	l.Add(Vital("Body weight", "29463-7", "2024-01-02", "70", "kg"), Self())
	l.Add(Note("My diary", "2024-01-02", "", "Pain", "worse at night"), Self())
	f := export(everything(t, l))
	const mark = "entered by the patient"
	for _, where := range []string{"medicines/Current", "vitals/Body weight", "notes/My diary"} {
		has(t, where, f.Lists[where], mark)
	}
	if got := strings.Count(f.Lists["medicines/Current"], mark); got != 1 {
		t.Errorf("medicines: got %d marks, want 1", got)
	}
	has(t, "front", f.Front, mark)
	has(t, "sources", f.Sections["sources"], "Entered in Carnet by the patient", "clinic.json", "Example Clinic", "13 November 2026")
}

// Hazard50 holds something back: it is told that, and not what or how much.
func Hazard50(t testing.TB, export Export) {
	t.Helper()
	l := one(Problem("Gout", "2020"), Problem("Secretdisease", "2021"))
	sel := l.Select(t, exchange.Scope{Exclude: []record.ID{l.Records[2].ID}})
	f := export(sel)
	has(t, "front", f.Front, "Some items were withheld by the patient")
	has(t, "about", f.Sections["about"], "Some items were withheld by the patient")
	hasNot(t, "everywhere", f.All, "Secretdisease", "clinic.json", "1 item")
	hasNot(t, "nothing withheld", export(everything(t, one())).All, "Some items were withheld")
}

// Hazard51 looks for what every export must state.
func Hazard51(t testing.TB, export Export) {
	t.Helper()
	l := one(Problem("Gout", "2020-01-02"), Problem("Asthma", "2022-03-04"))
	l.Add(&record.DocumentReference{Status: "current", Title: "Letter", Content: []record.Attachment{{Missing: "content not included: the file only names a place on another computer"}}}, Self())
	f := export(l.Select(t, exchange.Scope{From: "2019", Kinds: []record.Kind{record.KindCondition, record.KindDocumentReference}, For: "Dr Haddad"}))
	has(t, "about", f.Sections["about"], "22 November 2026, 16:30", "Dr Haddad", "2 January 2020 to 4 March 2022", "Problems", "0.1.0", "Not included", "1 attached file: content not included", "A part of the record")
	has(t, "front", f.Front, "A part of the record: dated 2019 or later", "22 November 2026", "prepared for Dr Haddad")
	has(t, "sources", f.Sections["sources"], "clinic.json")
}
