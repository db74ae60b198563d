package bluebutton_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestReportOfVAGov reads the newer report of VA.gov.
func TestReportOfVAGov(t *testing.T) {
	b := sample(t, "vagov.txt")
	if !claimed("vagov.txt", b) {
		t.Fatal("is not claimed")
	}
	records, report := bring(t, "vagov.txt", b)
	if report.Refused != 0 || report.Kept != 1 {
		t.Errorf("got %+v", report)
	}
	checkPlaces(t, records, b)
	p, _ := of(records, record.KindPatient)[0].Resource.(*record.Patient)
	if p.DisplayName() != "Ada Example" || p.BirthDate != "1961-04-03" {
		t.Errorf("got %+v", p)
	}
	for _, tt := range []struct {
		kind                  record.Kind
		title, when, standing string
	}{
		{record.KindAllergyIntolerance, "PENICILLIN", "2011-06-03", ""},
		{record.KindImmunization, "EXAMPLE VACCINE", "2020-12-07", "current"},
		{record.KindCondition, "Made-up syndrome (SCT 123456789)", "2020-08-26", ""},
		{record.KindMedicationStatement, "MADEUPINE 10MG TAB", "2021-02-10", "current"},
		{record.KindDiagnosticReport, "PANEL ONE", "2021-03-04T09:15", "current"},
		{record.KindObservation, "GLUCOSE*IC", "2021-03-04T09:15", "current"},
		{record.KindObservation, "SODIUM", "2021-03-04T09:15", "current"},
	} {
		r := titled(t, records, tt.kind, tt.title)
		if s := r.Summary(); string(s.When.Start) != tt.when || string(s.Standing) != tt.standing || r.Source().Asserter != record.ByOrganisation {
			t.Errorf("%s: got %q, %q, %q", tt.title, s.When.Start, s.Standing, r.Source().Asserter)
		}
	}
	o, _ := titled(t, records, record.KindObservation, "GLUCOSE*IC").Resource.(*record.Observation)
	if s := o.Summary(); s.Result() != "131 mg/dL" || s.Interpretation != "High" || s.Range != "70-115 mg/dL" {
		t.Errorf("got %+v", s)
	}
	for _, s := range whole(t, records).Section {
		if strings.HasPrefix(s.Title, "Care summaries") && !strings.Contains(s.Text.Plain(), "1) a numbered line of the note") {
			t.Error("a numbered line of a note became a heading")
		}
	}
}
