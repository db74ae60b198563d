package entry_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/clinic/entry/entrytest"
	"github.com/carnet-phr/carnet/vault/clinic/labtest"
	"github.com/carnet-phr/carnet/vault/clinic/ucum"
	"github.com/carnet-phr/carnet/vault/record"
)

func summarise(records ...record.Record) clinic.Summary {
	return clinic.Summarise(record.Record{Resource: &record.Patient{}}, records)
}

// TestHazard01RetractedStandsInNoListAndStaysInSight: what the patient took back
// is in no list, is counted, and is named among what changed.
func TestHazard01RetractedStandsInNoListAndStaysInSight(t *testing.T) {
	r := filled(t, "allergy", map[string]string{"substance": "Examplate"})
	c, err := entry.Retract(r, "it was the wrong medicine", by(5))
	if err != nil {
		t.Fatal(err)
	}
	s := summarise(c.Put...)
	if s.Allergies.Len() != 0 || s.InError != 1 || s.Replaced != 1 {
		t.Errorf("%d listed, %d withdrawn, %d replaced", s.Allergies.Len(), s.InError, s.Replaced)
	}
	changes := clinic.ChangesSince(c.Put, clinic.Since{Time: now.Add(time.Minute)})
	if len(changes.Withdrawn) != 1 || changes.Withdrawn[0].Title != "Examplate" {
		t.Errorf("among the changes: %s", changes.Words())
	}
	h := entry.History(c.Put[0], c.Put)
	if len(h) != 2 || h[1].Entered.Reason != "it was the wrong medicine" || h[0].Summary().Title != "Examplate" {
		t.Errorf("history %+v", h)
	}
	if a := c.Put[0].Resource.(*record.AllergyIntolerance); a.ClinicalStatus != "" { // FHIR ait-2
		t.Errorf("entered in error with the clinical status %q", a.ClinicalStatus)
	}
	if !strings.Contains(s.Allergies.Banner(), "Nobody has said anything") {
		t.Errorf("a retracted allergy reads as %q", s.Allergies.Banner())
	}
}

// TestHazard04NoneIsNoName: words for "none" are refused where a name is asked
// for, with the form that is meant.
func TestHazard04NoneIsNoName(t *testing.T) {
	for _, none := range []string{"none", "None.", "NKDA", "no known allergies", "No known drug allergies", "n/a", "unknown"} {
		if words := refused(t, "allergy", map[string]string{"substance": none}, "substance"); !strings.Contains(words, "I have no known allergies") {
			t.Errorf("%s: %s", none, words)
		}
	}
	refused(t, "allergy", map[string]string{"substance": "-"}, "substance")
	for _, f := range []string{"medicine", "over-the-counter"} {
		if words := refused(t, f, map[string]string{"name": "none"}, "name"); !strings.Contains(words, "I take no medicines") {
			t.Errorf("got %s", words)
		}
	}
	refused(t, "problem", map[string]string{"name": "none"}, "name")
	filled(t, "allergy", map[string]string{"substance": "Nonesuch pollen"})
}

// TestHazard05NoKnownAllergiesIsAStatement: it stands above the list, never in it,
// and an allergy of another source wins over it (hazard 9).
func TestHazard05NoKnownAllergiesIsAStatement(t *testing.T) {
	for _, of := range []string{"anything", "medicines", "foods", "environment"} {
		none := filled(t, "no-known-allergies", map[string]string{"of": of})
		s := summarise(none)
		if s.Allergies.Len() != 0 || len(s.Allergies.NoneKnown) != 1 {
			t.Errorf("%s: %d listed, %d stated", of, s.Allergies.Len(), len(s.Allergies.NoneKnown))
		}
	}
	both := summarise(filled(t, "no-known-allergies", nil), filled(t, "allergy", map[string]string{"substance": "Examplate"}))
	if !both.Allergies.Disagree() || len(both.Allergies.Listed()) != 1 {
		t.Errorf("got %s", both.Allergies.Banner())
	}
	if s := summarise(filled(t, "no-medicines", nil)); s.Medicines.Len() != 0 || len(s.Medicines.NoneKnown) != 1 {
		t.Errorf("no medicines: %d listed, %d stated", s.Medicines.Len(), len(s.Medicines.NoneKnown))
	}
}

// TestHazard13StoppedIsNotCurrent: what is over stands in no current list.
func TestHazard13StoppedIsNotCurrent(t *testing.T) {
	s := summarise(
		filled(t, "medicine", map[string]string{"name": "A", "taking": "no", "until": "2020"}), filled(t, "problem", map[string]string{"name": "B", "still": "no"}),
		filled(t, "implant", map[string]string{"name": "C", "inside": "no"}), filled(t, "allergy", map[string]string{"substance": "D", "still": "no"}),
		filled(t, "question", map[string]string{"question": "E?", "answered": "yes"}))
	if n := len(s.Medicines.Current) + len(s.Problems.Current) + len(s.Devices.Current) + len(s.Allergies.Listed()) + len(s.Others.Current); n != 0 {
		t.Errorf("%d stand as current", n)
	}
	refused(t, "medicine", map[string]string{"name": "A", "taking": "yes", "until": "2020"}, "taking")
	refused(t, "problem", map[string]string{"name": "A", "since": "2021-05", "until": "2021-04-30", "still": "no"}, "until")
	filled(t, "problem", map[string]string{"name": "A", "since": "2021-05", "until": "2021", "still": "no"})
}

// TestHazard17NoUnitIsInvented: a number of which more than one unit is usual
// needs its unit.
func TestHazard17NoUnitIsInvented(t *testing.T) {
	for _, f := range []string{"weight", "glucose", "temperature", "height"} {
		if words := refused(t, f, map[string]string{"value": "72"}, "value"); !strings.Contains(words, "unit behind the number") {
			t.Errorf("%s: %s", f, words)
		}
		refused(t, f, map[string]string{"value": "72 stone"}, "value")
	}
	o := filled(t, "pulse", map[string]string{"value": "64"}).Resource.(*record.Observation)
	if o.Value.Quantity.Code != "/min" {
		t.Errorf("got %+v", o.Value.Quantity)
	}
}

// TestHazard19NumbersStayAsWritten: no digit comes or goes, a decimal comma
// becomes a point.
func TestHazard19NumbersStayAsWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		digits := random.IntN(6)
		n := fmt.Sprintf("%d", 1+random.IntN(699))
		if digits > 0 {
			n += "." + fmt.Sprintf("%0*d", digits, random.IntN(10))
		}
		for _, written := range []string{n, strings.Replace(n, ".", ",", 1)} {
			r, problems := entry.Make(form(t, "weight"), "", map[string]string{"value": written + " kg"}, by(0))
			if written != n && digits == 3 { // a group of thousands, or not
				if len(problems) == 0 {
					t.Fatalf("%s was taken for %s", written, n)
				}
				continue
			}
			if len(problems) > 0 {
				t.Fatalf("%s: %v", written, problems)
			}
			if q := r.Resource.(*record.Observation).Value.Quantity; q.Value != n {
				t.Fatalf("%s became %s", written, q.Value)
			}
		}
	}
}

// TestHazard19ThousandsOrFractionIsAsked: "1,000" is one here and a thousand there.
func TestHazard19ThousandsOrFractionIsAsked(t *testing.T) {
	for value, f := range map[string]string{"1,000 mg/dL": "glucose", "1,000 kg": "weight", "1.200 lb": "weight", "12,500 kg": "weight"} {
		if words := refused(t, f, map[string]string{"value": value}, "value"); !strings.Contains(words, "like 1000") || !strings.Contains(words, "like 1.0") {
			t.Errorf("%s: %s", value, words)
		}
	}
	for _, value := range []string{"1.234,5 kg", "1,234.5 kg", "1 000 kg", "1e2 kg", "-70 kg", "+70 kg", "070 kg", "70. kg", ".5 kg", "½ kg", "<70 kg", "７０ kg", "70 kg kg", "70,5,5 kg", strings.Repeat("1", 30) + " kg"} {
		refused(t, "weight", map[string]string{"value": value}, "value")
	}
	for value, want := range map[string]string{"72,5 kg": "72.5", "72.50kg": "72.50", "70.125 kg": "70.125", "0.750 kg": "0.750", "0,750 kg": "0.750"} {
		if q := filled(t, "weight", map[string]string{"value": value}).Resource.(*record.Observation).Value.Quantity; q.Value != want {
			t.Errorf("%s: got %s", value, q.Value)
		}
	}
}

// TestHazard18WhatAMeterShowsAsLow: "<20" stays below 20.
func TestHazard18WhatAMeterShowsAsLow(t *testing.T) {
	r := filled(t, "glucose", map[string]string{"value": "<20 mg/dL"})
	if q := r.Resource.(*record.Observation).Value.Quantity; q.Comparator != record.Less || r.Summary().Value != "<20" {
		t.Errorf("got %+v", q)
	}
	if _, fields, _ := entry.Fields(r); fields["value"] != "<20 mg/dL" {
		t.Errorf("got %s", fields["value"])
	}
}

// TestHazard22GlucoseByMassAndByAmountAreTwoTests: each unit has the LOINC code of
// its own property.
func TestHazard22GlucoseByMassAndByAmountAreTwoTests(t *testing.T) {
	mass := filled(t, "glucose", map[string]string{"value": "104 mg/dL"}).Resource.(*record.Observation)
	amount := filled(t, "glucose", map[string]string{"value": "5,8 mmol/L"}).Resource.(*record.Observation)
	if !mass.Code.Has(record.LOINC, "41653-7") || !amount.Code.Has(record.LOINC, "14743-9") || amount.Value.Quantity.Value != "5.8" {
		t.Errorf("got %+v, %+v", mass.Code, amount.Code)
	}
}

// TestHazard29BloodPressureIsOneReading: both values stay together, upper first.
func TestHazard29BloodPressureIsOneReading(t *testing.T) {
	r := filled(t, "blood-pressure", map[string]string{"systolic": "128", "diastolic": "79"})
	if s := r.Summary(); s.Value != "128/79" || s.Unit != "mmHg" {
		t.Errorf("got %+v", s)
	}
	refused(t, "blood-pressure", map[string]string{"systolic": "79", "diastolic": "128"}, "diastolic")
	refused(t, "blood-pressure", map[string]string{"systolic": "128"}, "diastolic")
	refused(t, "blood-pressure", map[string]string{"systolic": "1280", "diastolic": "79"}, "systolic")
}

// TestHazard31FamilyIsNoOwnDisease: a relative's problem is not the patient's.
func TestHazard31FamilyIsNoOwnDisease(t *testing.T) {
	s := summarise(filled(t, "family", map[string]string{"relative": "mother", "problem": "asthma"}))
	if s.Problems.Len() != 0 || len(s.Family.Current) != 1 {
		t.Errorf("%d problems, %d relatives", s.Problems.Len(), len(s.Family.Current))
	}
}

// TestHazard35DatesKeepTheirPrecision, and what is no date is not guessed.
func TestHazard35DatesKeepTheirPrecision(t *testing.T) {
	for _, d := range []string{"2019", "2019-03", "2019-03-05"} {
		c := filled(t, "problem", map[string]string{"name": "A", "since": d}).Resource.(*record.Condition)
		if string(c.Onset.Start) != d {
			t.Errorf("%s became %s", d, c.Onset.Start)
		}
	}
	for _, d := range []string{"05.03.2019", "3/5/2019", "5/3/2019", "19", "19-03-05", "2019-3-5", "2019-13", "2019-02-30", "2019-03-05T10:00", "last year", "20190305", "0219", "2027", "2026-03-02", "2026-04"} {
		refused(t, "problem", map[string]string{"name": "A", "since": d}, "since")
	}
	filled(t, "problem", map[string]string{"name": "A", "since": "2026-03-01"})
	filled(t, "medicine", map[string]string{"name": "A", "until": "2026-12"})
}

// TestHazard36TheTimeIsThatOfTheClockOnTheWall: a time without an offset gets
// none, and "now" has the one of where it was.
func TestHazard36TheTimeIsThatOfTheClockOnTheWall(t *testing.T) {
	for given, want := range map[string]string{"": "2026-03-01T09:30+01:00", "now": "2026-03-01T09:30+01:00", "2026-03-01": "2026-03-01", "2026-03-01 08:15": "2026-03-01T08:15", "2026-02-28T23:30-05:00": "2026-02-28T23:30-05:00"} {
		o := filled(t, "pulse", map[string]string{"value": "64", "time": given}).Resource.(*record.Observation)
		if string(o.Effective.Start) != want {
			t.Errorf("%q: got %s, want %s", given, o.Effective.Start, want)
		}
	}
	for _, wrong := range []string{"2026-03-01 09:31", "2026-03-01T09:31+01:00", "2026-03-02", "2026-03", "8:15", "2026-03-01 8:15", "2026-03-01 08:15 pm"} {
		refused(t, "pulse", map[string]string{"value": "64", "time": wrong}, "time")
	}
}

// TestHazard41SeverityIsNoCriticality: how bad a reaction was says nothing of the
// next one.
func TestHazard41SeverityIsNoCriticality(t *testing.T) {
	a := filled(t, "allergy", map[string]string{"substance": "A", "reaction": "a rash", "severity": "severe"}).Resource.(*record.AllergyIntolerance)
	if a.Criticality != "" || a.Reaction[0].Severity != "severe" {
		t.Errorf("got %+v", a)
	}
}

// TestHazard21UnitsAreUCUM: every unit that a form takes is one of UCUM, and all of
// a field measure the same kind of quantity, but for glucose, of which each unit
// has a test of its own.
func TestHazard21UnitsAreUCUM(t *testing.T) {
	for _, k := range entry.Kinds() {
		for _, f := range k.Fields {
			var one ucum.Unit
			for n, u := range f.Units {
				parsed, err := ucum.Parse(u.Code)
				if err != nil {
					t.Errorf("%s: %s: %v", k.Name, u.Code, err)
					continue
				}
				if n == 0 {
					one = parsed
				} else if k.Name != "glucose" && !one.Comparable(parsed) {
					t.Errorf("%s: %s is another kind of quantity", k.Name, u.Code)
				}
			}
		}
	}
}

// TestHazard44ReadingsAreTheTestsThatTheirCodesName: the table of tests knows the
// code of every reading, in the unit of the form.
func TestHazard44ReadingsAreTheTestsThatTheirCodesName(t *testing.T) {
	untabled := map[string]bool{"33452-4": true, "85354-9": true} // peak flow (“Maximum expiratory gas flow Respiratory system airway”), the blood pressure panel
	for _, k := range entry.Kinds() {
		if k.Record != record.KindObservation {
			continue
		}
		o := filled(t, k.Name, entrytest.Filled(k)).Resource.(*record.Observation)
		for _, c := range o.Code.Coding {
			test, ok := labtest.ByLOINC(c.Code)
			switch {
			case !ok && !untabled[c.Code]:
				t.Errorf("%s: no test has the code %s", k.Name, c.Code)
			case ok && !o.Value.Quantity.Empty() && !slices.Contains(test.Units, o.Value.Quantity.Code):
				t.Errorf("%s: %s is no unit of %s", k.Name, o.Value.Quantity.Code, test.Name)
			}
		}
	}
}

func TestBoundsAreInOrder(t *testing.T) {
	for _, k := range entry.Kinds() {
		for _, f := range k.Fields {
			for _, u := range f.Units {
				least, ok := new(big.Rat).SetString(u.Least)
				most, fine := new(big.Rat).SetString(u.Most)
				if !ok || !fine || least.Cmp(most) >= 0 || u.Words == "" {
					t.Errorf("%s: %+v", k.Name, u)
				}
			}
		}
	}
}

// TestHazard49ThePatientsWordIsNotTheSources: what stands above a list says that
// it is the patient's.
func TestHazard49ThePatientsWordIsNotTheSources(t *testing.T) {
	s := summarise(filled(t, "no-known-allergies", nil), filled(t, "no-medicines", nil))
	if b := s.Allergies.Banner(); !strings.Contains(b, "said by the patient") {
		t.Errorf("got %s", b)
	}
	if b := s.Medicines.Banner(); !strings.Contains(b, "The patient says") {
		t.Errorf("got %s", b)
	}
}
