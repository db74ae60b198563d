package clinic_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The roles in which a function of this package can show a record.
const (
	asCurrent = "current" // as what holds now: a current line, a dose, a number of a series
	asShown   = "shown"   // anywhere at all, with its status
)

// shown says in which roles every function of the package shows each record.
func shown(records []record.Record) map[record.ID]map[string]bool {
	out := map[record.ID]map[string]bool{}
	put := func(role string, lines ...clinic.Line) {
		for _, l := range lines {
			for _, m := range l.Members() {
				if out[m.ID] == nil {
					out[m.ID] = map[string]bool{}
				}
				out[m.ID][asShown] = true
				if role == asCurrent && m.Standing == l.Standing {
					out[m.ID][role] = true
				}
			}
		}
	}
	s := summarise(records...)
	for _, sum := range []clinic.Summary{s, s.Apart()} {
		for _, g := range groups(sum) {
			for standing, lines := range lists(g) {
				role := asShown
				if standing == record.Current {
					role = asCurrent
				}
				put(role, lines...)
			}
		}
	}
	put(asShown, slices.Concat(s.Allergies.NoneKnown, s.Allergies.NoInformation, s.Medicines.NoneKnown, s.Problems.NoneKnown)...)
	for _, v := range s.Vaccines() {
		put(asCurrent, v.Doses...)
	}
	for _, t := range slices.Concat(s.Results, s.Vitals) {
		put(asShown, t.Points...)
		for _, series := range s.Series(t) {
			put(asShown, series.Others...)
			for _, p := range series.Points {
				put(asCurrent, *p.Line)
			}
		}
	}
	shelf := func(x clinic.Shelf) {
		put(asShown, x.Lines...)
		for _, v := range x.Visits {
			put(asShown, append(v.Inside, v.Line)...)
		}
	}
	timeline := clinic.TimelineOf(records, clinic.TimelineFilter{})
	shelf(timeline.Undated)
	for _, y := range timeline.Years {
		shelf(y.Shelf)
		for _, m := range y.Months {
			shelf(m.Shelf)
			for _, d := range m.Days {
				shelf(d.Shelf)
			}
		}
	}
	for _, d := range clinic.Disagreements(s) {
		for _, id := range d.Records() {
			if out[id] == nil {
				out[id] = map[string]bool{}
			}
			out[id][asShown] = true
		}
	}
	return out
}

func held(r record.Record) record.Record {
	r.Held = []string{"modifierExtension"}
	return r
}

func replaced(r record.Record, why record.Reason) record.Record {
	r.Superseded = &record.Superseded{By: "other", Why: why}
	return r
}

// TestMustNever: what each hazard of CLINICAL-SAFETY forbids, of every function of
// this package at once. A record that is named "bad" may not be shown in the role; it
// is never lost either, but for what was withdrawn or replaced.
func TestMustNever(t *testing.T) {
	day := record.At("2024-05-06")
	allergy := func(a record.AllergyIntolerance) record.Record {
		a.Code = or(a.Code, text("Penicillin"))
		a.RecordedDate = "2024-05-06"
		return rec("bad", &a)
	}
	problem := func(c record.Condition) record.Record {
		c.Code, c.Onset = or(c.Code, text("Diabetes")), day
		return rec("bad", &c)
	}
	medicine := func(m record.MedicationStatement) record.Record {
		m.Medication, m.AuthoredOn = or(m.Medication, text("Warfarin")), "2024-05-06"
		return rec("bad", &m)
	}
	vaccine := func(v record.Immunization) record.Record {
		v.VaccineCode, v.Occurrence = text("Influenza"), day
		return rec("bad", &v)
	}
	result := func(o record.Observation) record.Record {
		o.Code, o.Effective = coded("Glucose", record.LOINC, "2345-7"), day
		if o.Value.Empty() && o.DataAbsentReason.Empty() {
			o.Value = record.Value{Quantity: record.Quantity{Value: "5", Unit: "mmol/L", System: record.UCUM, Code: "mmol/L"}}
		}
		return rec("bad", &o)
	}
	for _, c := range []struct {
		hazard string
		never  string
		bad    []record.Record
	}{
		{"1 entered in error", asShown, []record.Record{
			allergy(record.AllergyIntolerance{VerificationStatus: "entered-in-error"}), problem(record.Condition{VerificationStatus: "entered-in-error", ClinicalStatus: "active"}),
			medicine(record.MedicationStatement{Status: "entered-in-error"}), vaccine(record.Immunization{Status: "entered-in-error"}), result(record.Observation{Status: "entered-in-error"}),
		}},
		{"2 refuted problem", asCurrent, []record.Record{problem(record.Condition{ClinicalStatus: "active", VerificationStatus: "refuted"})}},
		{"3 refuted allergy", asCurrent, []record.Record{allergy(record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "refuted"})}},
		{"4 no known allergy is no allergen", asCurrent, []record.Record{allergy(record.AllergyIntolerance{ClinicalStatus: "active", Code: coded("No known allergy", record.SNOMED, "716186003")})}},
		{"6 negated allergy", asCurrent, []record.Record{allergy(record.AllergyIntolerance{ClinicalStatus: "active", Absent: true})}},
		{"7 negated problem", asCurrent, []record.Record{problem(record.Condition{ClinicalStatus: "active", Absent: true})}},
		{"8 not done, not taken", asCurrent, []record.Record{
			medicine(record.MedicationStatement{Status: "active", DoNotPerform: true}), medicine(record.MedicationStatement{Status: "active", Absent: true}), medicine(record.MedicationStatement{Status: "not-taken"}),
			vaccine(record.Immunization{Status: "not-done"}), rec("bad", &record.Procedure{Status: "completed", Absent: true, Performed: day, Code: text("Appendectomy")}), rec("bad", &record.Procedure{Status: "not-done", Performed: day, Code: text("Appendectomy")}),
		}},
		{"10, 11 over, though no status says so", asCurrent, []record.Record{
			problem(record.Condition{Abatement: record.When{Ended: true}}), problem(record.Condition{Abatement: record.At("2024-06-01")}), problem(record.Condition{ClinicalStatus: "resolved"}), problem(record.Condition{ClinicalStatus: "inactive"}),
			allergy(record.AllergyIntolerance{ClinicalStatus: "resolved"}), allergy(record.AllergyIntolerance{Abatement: record.When{Ended: true}}),
		}},
		{"12 completed in CDA", asCurrent, []record.Record{medicine(record.MedicationStatement{ActStatus: "completed"})}},
		{"13 only active is current", asCurrent, []record.Record{
			medicine(record.MedicationStatement{Status: "stopped"}), medicine(record.MedicationStatement{Status: "on-hold"}), medicine(record.MedicationStatement{Status: "completed"}), medicine(record.MedicationStatement{Status: "intended"}),
			medicine(record.MedicationStatement{Status: "draft"}), medicine(record.MedicationStatement{Status: "cancelled"}), medicine(record.MedicationStatement{Status: "unknown"}), medicine(record.MedicationStatement{}),
			medicine(record.MedicationStatement{Status: "completed", Origin: record.Dispense}), medicine(record.MedicationStatement{Status: "in-progress", Origin: record.Administration}),
		}},
		{"14 a plan is not taken", asCurrent, []record.Record{
			medicine(record.MedicationStatement{Status: "active", Intent: "plan"}), medicine(record.MedicationStatement{Status: "active", Intent: "proposal"}), medicine(record.MedicationStatement{Status: "active", Intent: "option"}),
		}},
		{"23 no value is no number", asCurrent, []record.Record{
			result(record.Observation{Status: "final", DataAbsentReason: text("not performed")}), result(record.Observation{Status: "final", Absent: true}),
		}},
		{"25, 26 replaced and withdrawn", asShown, []record.Record{
			replaced(result(record.Observation{Status: "final"}), record.Corrected), replaced(result(record.Observation{Status: "final"}), record.Withdrawn), replaced(problem(record.Condition{ClinicalStatus: "active"}), record.Updated),
		}},
		{"30 about someone else", asCurrent, []record.Record{result(record.Observation{Status: "final", Focus: []string{"fetus"}})}},
		{"39 a modifier that is not understood", asCurrent, []record.Record{
			held(problem(record.Condition{ClinicalStatus: "active"})), held(medicine(record.MedicationStatement{Status: "active"})), held(vaccine(record.Immunization{Status: "completed"})), held(result(record.Observation{Status: "final"})),
		}},
		{"46 a superseded document", asCurrent, []record.Record{rec("bad", &record.DocumentReference{Status: "superseded", Title: "Summary", Date: "2024-05-06"})}},
	} {
		for n, bad := range c.bad {
			// Beside it stand the same things as they should be, so that nothing carries it along.
			good := []record.Record{
				rec("a", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Penicillin")}), rec("p", &record.Condition{ClinicalStatus: "active", Code: text("Diabetes"), Onset: day}),
				rec("m", &record.MedicationStatement{Status: "active", Medication: text("Warfarin"), AuthoredOn: "2024-05-07"}), rec("v", &record.Immunization{Status: "completed", VaccineCode: text("Influenza"), Occurrence: day}),
			}
			for _, all := range [][]record.Record{{bad}, append(good, bad)} {
				roles := shown(all)["bad"]
				if roles[c.never] {
					t.Errorf("%s, %d of %d, among %d: shown as %s", c.hazard, n+1, len(c.bad), len(all), c.never)
				}
				if c.never == asCurrent && !roles[asShown] {
					t.Errorf("%s, %d of %d, among %d: lost", c.hazard, n+1, len(c.bad), len(all))
				}
			}
		}
	}
}

func or(c, otherwise record.Concept) record.Concept {
	if c.Empty() {
		return otherwise
	}
	return c
}

// TestHazard15And16InstructionsAreQuoted: no function of this package works with the number
// of refills; the words of the source stand in the details alone (hazard 16 likewise:
// the instruction is quoted whole).
func TestHazard15And16InstructionsAreQuoted(t *testing.T) {
	dose := record.Dosage{Timing: "every 6 hours", AsNeeded: "as needed: pain", Dose: record.Quantity{Value: "1"}}
	s := summarise(rec("m", &record.MedicationStatement{Status: "active", Medication: text("X"), RepeatsAllowed: "2", Dosage: []record.Dosage{dose}}))
	if got := s.Medicines.Current[0].Value; !strings.Contains(got, "every 6 hours") || !strings.Contains(got, "as needed: pain") || !strings.Contains(got, "1 (unit not given)") {
		t.Errorf("got %q", got)
	}
}

// TestHazard28SeveralRangesAreNoBand: several ranges are alternatives.
func TestHazard28SeveralRangesAreNoBand(t *testing.T) {
	r := lab("a", "2024-01-01", "95", "mg/dL")
	amount := func(v string) record.Quantity {
		return record.Quantity{Value: v, Unit: "mg/dL", System: record.UCUM, Code: "mg/dL"}
	}
	r.Resource.(*record.Observation).ReferenceRange = []record.ReferenceRange{{Range: record.Range{Low: amount("70")}}, {Range: record.Range{High: amount("100")}}}
	p := series(t, r)[0].Points[0]
	if p.Low != nil || p.High != nil || p.Range() == "" {
		t.Errorf("got %v to %v, %q", p.Low, p.High, p.Range())
	}
}

// TestHazard42AllergyKeepsItsTime: begun and ended as stated.
func TestHazard42AllergyKeepsItsTime(t *testing.T) {
	s := summarise(rec("a", &record.AllergyIntolerance{ClinicalStatus: "resolved", Code: text("Eggs"), Onset: record.At("2001"), Abatement: record.At("2010-05")}))
	if len(s.Allergies.Past) != 1 || s.Allergies.Past[0].When.Human() == "" {
		t.Errorf("got %+v", s.Allergies)
	}
}
