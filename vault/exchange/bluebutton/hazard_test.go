package bluebutton_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard05NoMatchIsNotNone(t *testing.T) {
	records := va(t)
	for _, s := range whole(t, records).Section {
		if s.Title == "SELF REPORTED ALLERGIES" {
			if s.EmptyReason != "unavailable" || s.Entries != 0 {
				t.Errorf("got %+v", s)
			}
			return
		}
	}
	t.Error("the section is gone")
}

func TestHazard13OnlyActiveIsCurrent(t *testing.T) {
	records := va(t)
	for title, want := range map[string]record.Standing{"MADEUPINE 10MG TAB": record.Current, "OLDINOL 5MG TAB": record.Past, "PASTINE 5MG TAB": record.Uncertain, "Fish oil": record.Unstated} {
		if got := titled(t, records, record.KindMedicationStatement, title).Summary().Standing; got != want {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
	m, _ := titled(t, records, record.KindMedicationStatement, "MADEUPINE 10MG TAB").Resource.(*record.MedicationStatement)
	if m.DateAsserted != "2021-03-04" {
		t.Errorf("as of: got %q", m.DateAsserted)
	}
}

func TestHazard15RefillsRemainingAreNotRefillsAllowed(t *testing.T) {
	m, _ := titled(t, va(t), record.KindMedicationStatement, "MADEUPINE 10MG TAB").Resource.(*record.MedicationStatement)
	if m.RepeatsAllowed != "" || !strings.Contains(strings.Join(m.Note, "\n"), "Refills Remaining: 3") {
		t.Errorf("got %q, %q", m.RepeatsAllowed, m.Note)
	}
}

func TestHazard17NoUnitIsInvented(t *testing.T) {
	records := va(t)
	if s := titled(t, records, record.KindObservation, "Blood sugar").Summary(); s.Value != "174" || s.Unit != "" {
		t.Errorf("got %q %q", s.Value, s.Unit)
	}
	m, _ := titled(t, records, record.KindMedicationStatement, "MADEUPINE 10MG TAB").Resource.(*record.MedicationStatement)
	if m.Quantity != (record.Quantity{Value: "45"}) || m.DaysSupply != (record.Quantity{Value: "90", Unit: "days"}) {
		t.Errorf("got %+v, %+v", m.Quantity, m.DaysSupply)
	}
}

func TestHazard18To19ValuesAsWritten(t *testing.T) {
	records := va(t)
	for title, want := range map[string]string{"POTASSIUM": "6.50 mmol/L", "TROPONIN": "<0.010 ug/L", "COLOR": "YELLOW"} {
		if got := titled(t, records, record.KindObservation, title).Summary().Result(); got != want {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
}

func TestHazard23NoValueIsNotZero(t *testing.T) {
	o, _ := titled(t, va(t), record.KindObservation, "TUBES").Resource.(*record.Observation)
	if !o.Value.Empty() || o.DataAbsentReason.Empty() || strings.Contains(o.Summary().Value, "0") {
		t.Errorf("got %+v", o.Summary())
	}
}

func TestHazard24PreliminaryIsSaid(t *testing.T) {
	records := va(t)
	if s := titled(t, records, record.KindObservation, "TROPONIN").Summary(); s.Status != "preliminary" {
		t.Errorf("got %q", s.Status)
	}
	if s := titled(t, records, record.KindDiagnosticReport, "Panel one").Summary(); s.Status == "final" {
		t.Error("a panel with a preliminary result is called final")
	}
}

func TestHazard27To28FlagAndRangeAreTheSenders(t *testing.T) {
	records := va(t)
	o, _ := titled(t, records, record.KindObservation, "POTASSIUM").Resource.(*record.Observation)
	if len(o.Interpretation) != 1 || o.Interpretation[0].String() != "Critical High" || o.Interpretation[0].Code(record.InterpretationSystem) != "HH" {
		t.Errorf("got %v", o.Interpretation)
	}
	if r := o.ReferenceRange[0]; r.Text != "3.5-5.0" || r.Low.Value != "3.5" || r.High.Value != "5.0" || r.High.Unit != "mmol/L" {
		t.Errorf("got %+v", r)
	}
	for _, title := range []string{"TROPONIN", "COLOR"} {
		o, _ := titled(t, records, record.KindObservation, title).Resource.(*record.Observation)
		if len(o.Interpretation) != 0 {
			t.Errorf("%s: a flag was made up", title)
		}
		if title == "COLOR" && (o.ReferenceRange[0].Text != "SEE INTERPRETATION" || !o.ReferenceRange[0].Low.Empty()) {
			t.Errorf("got %+v", o.ReferenceRange[0])
		}
	}
}

func TestHazard29PressureStaysTogether(t *testing.T) {
	n := 0
	for _, r := range of(va(t), record.KindObservation) {
		o, _ := r.Resource.(*record.Observation)
		if sys, dia, ok := o.BloodPressure(); ok {
			n++
			if sys.Value != "190" && sys.Value != "126" || dia.Value != "70" && dia.Value != "82" || len(o.Component) != 2 {
				t.Errorf("got %+v", o.Component)
			}
		}
	}
	if n != 2 {
		t.Errorf("got %d readings, want 2: the table repeats the list", n)
	}
}

func TestHazard31RelativesAndSelf(t *testing.T) {
	records := va(t)
	f, _ := of(records, record.KindFamilyMemberHistory)[0].Resource.(*record.FamilyMemberHistory)
	if f.Relationship.Text != "Mother" || len(f.Condition) != 2 || f.Deceased != "yes" {
		t.Errorf("got %+v", f)
	}
	for _, r := range of(records, record.KindCondition) {
		if s := r.Summary().Title; s != "Made-up syndrome" {
			t.Error("a relative's or a ticked issue stands as a problem")
		}
	}
}

func TestHazard35To37Dates(t *testing.T) {
	records := va(t)
	if d := whole(t, records).Date; d != "2021-03-04T10:30" {
		t.Errorf("got %q", d)
	}
	if w := titled(t, records, record.KindObservation, "Blood pressure").Summary().When.Start; w != "2021-01-06T19:40" {
		t.Errorf("got %q", w)
	}
	cms, _ := bring(t, "cms.txt", sample(t, "cms.txt"))
	if w := titled(t, cms, record.KindAllergyIntolerance, "Madeupicillin").Summary().When.Start; w != "2007-05-06" {
		t.Errorf("MM/DD/YYYY: got %q", w)
	}
	if w := titled(t, cms, record.KindObservation, "Blood Pressure").Summary().When; w.Start != "2019-11-04T15:00" || !strings.Contains(w.Human(), "November") {
		t.Errorf("got %q", w.Human())
	}
	odd := bytes.ReplaceAll(sample(t, "cms.txt"), []byte("05/06/2007"), []byte("31/06/2007"))
	cms, _ = bring(t, "cms.txt", odd)
	if w := titled(t, cms, record.KindAllergyIntolerance, "Madeupicillin").Summary().When; w.Start != "" || w.Text != "31/06/2007" {
		t.Errorf("a day that the calendar does not have: got %+v", w)
	}
}

func TestHazard41SeverityIsTheReactions(t *testing.T) {
	cms, _ := bring(t, "cms.txt", sample(t, "cms.txt"))
	a, _ := titled(t, cms, record.KindAllergyIntolerance, "Madeupicillin").Resource.(*record.AllergyIntolerance)
	if a.Criticality != "" || len(a.Reaction) != 1 || a.Reaction[0].Severity != "mild" || a.ClinicalStatus != "" {
		t.Errorf("got %+v", a)
	}
}

func TestHazard45TableAndListAreOne(t *testing.T) {
	if n := len(of(va(t), record.KindImmunization)); n != 1 {
		t.Errorf("got %d immunizations, want 1", n)
	}
}

func TestHazard49WhoSaysSo(t *testing.T) {
	records := va(t)
	for _, tt := range []struct {
		kind  record.Kind
		title string
		want  record.Asserter
	}{
		{record.KindMedicationStatement, "MADEUPINE 10MG TAB", record.ByOrganisation},
		{record.KindMedicationStatement, "Fish oil", record.ByPatient},
		{record.KindObservation, "Blood Pressure", record.ByOrganisation},
		{record.KindObservation, "Blood pressure", record.ByPatient},
		{record.KindFamilyMemberHistory, "Mother", record.ByPatient},
		{record.KindAllergyIntolerance, "PENICILLIN", record.ByOrganisation},
	} {
		if got := titled(t, records, tt.kind, tt.title).Source().Asserter; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.title, got, tt.want)
		}
	}
}
