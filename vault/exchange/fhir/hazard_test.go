package fhir_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// standing reads one resource and gives its standing.
func standing(t *testing.T, text string) record.Standing {
	t.Helper()
	s, err := read(t, text)
	if err != nil || len(s.records) != 1 {
		t.Fatalf("got %d records, %v", len(s.records), err)
	}
	sameInXML(t, text)
	return s.records[0].Summary().Standing
}

func TestHazard01EnteredInError(t *testing.T) {
	wrong := `"coding":[{"code":"entered-in-error"}]`
	for _, text := range []string{
		`{"resourceType":"AllergyIntolerance","verificationStatus":{` + wrong + `},"code":{"text":"x"}}`,
		`{"resourceType":"Condition","verificationStatus":{` + wrong + `},"code":{"text":"x"}}`,
		`{"resourceType":"Observation","status":"entered-in-error"}`,
		`{"resourceType":"DiagnosticReport","status":"entered-in-error"}`,
		`{"resourceType":"MedicationStatement","status":"entered-in-error"}`,
		`{"resourceType":"MedicationRequest","status":"entered-in-error","intent":"order"}`,
		`{"resourceType":"MedicationDispense","status":"entered-in-error"}`,
		`{"resourceType":"MedicationAdministration","status":"entered-in-error"}`,
		`{"resourceType":"Immunization","status":"entered-in-error"}`,
		`{"resourceType":"Procedure","status":"entered-in-error"}`,
		`{"resourceType":"Encounter","status":"entered-in-error"}`,
		`{"resourceType":"DocumentReference","status":"entered-in-error"}`,
		`{"resourceType":"DocumentReference","status":"current","docStatus":"entered-in-error"}`,
		`{"resourceType":"Composition","status":"entered-in-error"}`,
		`{"resourceType":"Media","status":"entered-in-error"}`,
		`{"resourceType":"ImagingStudy","status":"entered-in-error"}`,
		`{"resourceType":"FamilyMemberHistory","status":"entered-in-error"}`,
		`{"resourceType":"Device","status":"entered-in-error"}`,
		`{"resourceType":"DeviceUseStatement","status":"entered-in-error"}`,
		`{"resourceType":"CarePlan","status":"entered-in-error"}`,
		`{"resourceType":"Goal","lifecycleStatus":"entered-in-error"}`,
		`{"resourceType":"Flag","status":"entered-in-error"}`,
		`{"resourceType":"ServiceRequest","status":"entered-in-error"}`,
	} {
		if got := standing(t, text); got != record.InError {
			t.Errorf("%.40s: got %q", text, got)
		}
	}
}

func TestHazard02RefutedCondition(t *testing.T) {
	got := standing(t, `{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"refuted"}]},"code":{"text":"HIV"}}`)
	if got != record.NotSo {
		t.Errorf("got %q", got)
	}
}

func TestHazard03RefutedAllergyIsShownAsRuledOut(t *testing.T) {
	a, r, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","verificationStatus":{"coding":[{"code":"refuted"}]},"code":{"text":"Penicillin"}}`)
	if a.VerificationStatus != "refuted" || r.Summary().Standing != record.NotSo || r.Summary().Title != "Penicillin" {
		t.Errorf("got %+v", r.Summary())
	}
}

func TestHazard04NoKnownAllergyIsNoAllergen(t *testing.T) {
	for code, want := range map[string]record.NoneKnown{"716186003": record.NoKnownAllergy, "409137002": record.NoKnownDrug, "429625007": record.NoKnownFood, "160244002": record.NoKnownAllergy} {
		a, _, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"`+code+`"}]}}`)
		if got := a.NoneKnown(); got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func TestHazard05EmptySectionKeepsItsReason(t *testing.T) {
	d, _, _ := one[*record.DocumentReference](t, `{"resourceType":"Composition","status":"final","section":[{"title":"Allergies","emptyReason":{"coding":[{"code":"notasked"}]}}]}`)
	if d.Section[0].EmptyReason != "notasked" || d.Section[0].Entries != 0 {
		t.Errorf("got %+v", d.Section[0])
	}
}

func TestHazard07NegatedProblemCode(t *testing.T) {
	if got := standing(t, `{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"160245001"}]}}`); got != record.NotSo {
		t.Errorf("got %q", got)
	}
}

func TestHazard08NotDone(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Procedure","status":"not-done","code":{"text":"x"}}`,
		`{"resourceType":"Immunization","status":"not-done","vaccineCode":{"text":"x"}}`,
		`{"resourceType":"MedicationRequest","status":"active","intent":"order","doNotPerform":true}`,
		`{"resourceType":"MedicationStatement","status":"not-taken"}`,
		`{"resourceType":"ServiceRequest","status":"active","intent":"order","doNotPerform":true,"code":{"text":"Resuscitation"}}`,
	} {
		if got := standing(t, text); got != record.NotSo {
			t.Errorf("%.60s: got %q", text, got)
		}
	}
}

func TestHazard13NotCurrentMedicine(t *testing.T) {
	for _, status := range []string{"stopped", "on-hold", "completed", "intended", "draft", "cancelled", "unknown", "", "some-new-word"} {
		for _, typ := range []string{"MedicationStatement", "MedicationRequest"} {
			if got := standing(t, `{"resourceType":"`+typ+`","status":"`+status+`","intent":"order"}`); got == record.Current {
				t.Errorf("%s %q is current", typ, status)
			}
		}
	}
}

func TestHazard14OrderIsNotTaking(t *testing.T) {
	for _, intent := range []string{"proposal", "plan", "option"} {
		m, r, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationRequest","status":"active","intent":"`+intent+`"}`)
		if m.Origin != record.Request || m.Intent != intent || r.Summary().Standing == record.Current {
			t.Errorf("%s: got %+v", intent, r.Summary())
		}
	}
}

func TestHazard16TimingIsNotConverted(t *testing.T) {
	for _, c := range []struct{ timing, want string }{
		{`{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}`, "3 times every 1 day"},
		{`{"repeat":{"frequency":1,"period":6,"periodUnit":"h"}}`, "once every 6 hours"},
		{`{"repeat":{"period":8,"periodMax":12,"periodUnit":"h"}}`, "every 8 to 12 hours"},
		{`{"repeat":{"when":["HS"],"dayOfWeek":["mon","thu"],"timeOfDay":["21:00:00"]}}`, "on Monday, Thursday, at 21:00:00, at bedtime"},
		{`{"repeat":{"count":10,"boundsDuration":{"value":5,"code":"d"}},"code":{"text":"twice daily"}}`, "10 times in all, for 5 days, twice daily"},
	} {
		m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationRequest","status":"active","dosageInstruction":[{"text":"as told","timing":`+c.timing+`}]}`)
		if got := m.Dosage[0].Timing; got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := m.Dosage[0].String(); got != "as told" {
			t.Errorf("shown: %q", got)
		}
	}
}

func TestHazard17NoUnitInvented(t *testing.T) {
	m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationStatement","status":"active","dosage":[{"doseAndRate":[{"doseQuantity":{"value":1}}]}]}`)
	if got := m.Dosage[0].Parts(); got != "1 (unit not given)" {
		t.Errorf("got %q", got)
	}
}

func TestHazard18Comparator(t *testing.T) {
	for _, c := range []string{"<", "<=", ">", ">="} {
		o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","valueQuantity":{"value":0.5,"comparator":"`+c+`","unit":"ng/mL"}}`)
		if got := o.Summary().Value; got != c+"0.5" {
			t.Errorf("got %q", got)
		}
	}
}

func TestHazard19DecimalsAsWritten(t *testing.T) {
	for _, n := range []string{"0.010", "4.10", "1e3", "-0.0", "100", "1.00E-2", "12345678901234567890.123456789"} {
		o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","valueQuantity":{"value":`+n+`},"referenceRange":[{"low":{"value":`+n+`}}]}`)
		if o.Value.Quantity.Value != n || o.ReferenceRange[0].Low.Value != n {
			t.Errorf("got %q, want %q", o.Value.Quantity.Value, n)
		}
	}
}

func TestHazard23ReasonForNoValue(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","code":{"text":"BP"},"dataAbsentReason":{"coding":[{"code":"not-performed"}]},"component":[{"code":{"text":"systolic"},"dataAbsentReason":{"text":"masked"}}]}`)
	if got := o.DataAbsentReason.String(); got != "code not-performed" {
		t.Errorf("got %q", got)
	}
	if got := o.Component[0].String(); got != "no value: masked" {
		t.Errorf("got %q", got)
	}
}

func TestHazard24PreliminaryStaysSo(t *testing.T) {
	for _, status := range []string{"registered", "preliminary", "partial", "amended", "corrected", "unknown"} {
		r, _, _ := one[*record.DiagnosticReport](t, `{"resourceType":"DiagnosticReport","status":"`+status+`"}`)
		if r.Status != status {
			t.Errorf("got %q, want %q", r.Status, status)
		}
	}
}

func TestHazard28Ranges(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","referenceRange":[{"low":{"value":2.0}},{"text":"negative"},{"low":{"value":1},"high":{"value":3,"unit":"mg"},"appliesTo":[{"text":"women"}],"age":{"low":{"value":18,"unit":"a"}}}]}`)
	var got []string
	for _, r := range o.ReferenceRange {
		got = append(got, r.String())
	}
	if want := "at least 2.0|negative|1 to 3 mg (women, age at least 18 a)"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHazard29ComponentsStayTogether(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"unit":"mmHg"}},{"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":80,"unit":"mmHg"}}]}`)
	if s := o.Summary(); s.Value != "120/80" || s.Unit != "mmHg" {
		t.Errorf("got %q %q", s.Value, s.Unit)
	}
}

func TestHazard30FocusIsNotThePatient(t *testing.T) {
	for _, focus := range []string{`{"display":"fetus"}`, `{"reference":"RelatedPerson/x"}`} {
		o, r, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/p"},"focus":[`+focus+`]}`)
		if len(o.Focus) != 1 || r.Summary().Standing == record.Current {
			t.Errorf("%s: got %+v", focus, o)
		}
	}
}

func TestHazard31FamilyHistoryIsNoCondition(t *testing.T) {
	f, r, _ := one[*record.FamilyMemberHistory](t, `{"resourceType":"FamilyMemberHistory","status":"completed","relationship":{"text":"mother"},"condition":[{"code":{"text":"Breast cancer"},"onsetAge":{"value":52,"code":"a"}}]}`)
	if r.Resource.Kind() != record.KindFamilyMemberHistory || f.Condition[0].String() != "Breast cancer, from age 52 years" {
		t.Errorf("got %+v", f)
	}
}

func TestHazard33ReplacedBy(t *testing.T) {
	p, _, _ := one[*record.Patient](t, `{"resourceType":"Patient","id":"1","active":false,"link":[{"type":"replaced-by","other":{"reference":"Patient/2"}},{"type":"seealso","other":{"reference":"Patient/3"}}]}`)
	if len(p.ReplacedBy) != 1 || p.ReplacedBy[0].Local != "Patient/2" || len(p.SeeAlso) != 1 || !p.Inactive {
		t.Errorf("got %+v", p)
	}
}

func TestHazard35DatePrecision(t *testing.T) {
	for _, d := range []string{"2021", "2021-03", "2021-03-05", "2021-03-05T10:30:00", "2021-03-05T10:30:00.125+14:00"} {
		o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","effectiveDateTime":"`+d+`"}`)
		if string(o.Effective.Start) != d {
			t.Errorf("got %q, want %q", o.Effective.Start, d)
		}
	}
	for _, d := range []string{"2021-02-30", "0000", "03/04/2021", "2021-03-04T24:00:00Z"} {
		o, _, s := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","effectiveDateTime":"`+d+`"}`)
		if o.Effective != (record.When{Text: d}) || !strings.Contains(s.text(), "/effectiveDateTime: not a date of the calendar") {
			t.Errorf("%s: got %+v, %s", d, o.Effective, s.text())
		}
	}
}

func TestHazard36NoDayShift(t *testing.T) {
	p, _, _ := one[*record.Patient](t, `{"resourceType":"Patient","birthDate":"1961-04-03","name":[{"text":"A B"}],"deceasedDateTime":"2020-01-01T00:30:00+14:00"}`)
	if p.BirthDate != "1961-04-03" || p.Deceased.Start.Day() != "2020-01-01" {
		t.Errorf("got %+v", p)
	}
}

func TestHazard38IssuedIsNotEffective(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","issued":"2021-03-05T10:00:00Z"}`)
	if !o.Effective.Empty() || o.Issued == "" {
		t.Errorf("got %+v", o)
	}
	e, _, _ := one[*record.Encounter](t, `{"resourceType":"Encounter","status":"in-progress","period":{"start":"2021-03-05"}}`)
	if e.Period.End != "" || e.Period.Ended || !e.Period.Period {
		t.Errorf("got %+v", e.Period)
	}
}

func TestHazard39UnknownModifiers(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Observation","status":"final","modifierExtension":[{"url":"http://a/not","valueBoolean":true}]}`,
		`{"resourceType":"MedicationRequest","status":"active","dosageInstruction":[{"modifierExtension":[{"url":"http://a/not"}]}]}`,
		`{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"implicitRules":"http://a/rules"}`,
		`{"resourceType":"Bundle","implicitRules":"http://a","entry":[{"resource":{"resourceType":"Observation","status":"final"}}]}`,
		`{"resourceType":"Bundle","entry":[{"modifierExtension":[{"url":"http://a"}],"resource":{"resourceType":"Observation","status":"final"}}]}`,
		`{"resourceType":"Observation","status":"final","mod\u0069fierExtension":[{"url":"http://a/not"}]}`,
	} {
		if got := standing(t, text); got != record.Held {
			t.Errorf("%.90s: got %q", text, got)
		}
	}
	_, r, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","modifierExtension":[{"url":"http://a/not"}]}`)
	if r.Held[0] != "modifierExtension http://a/not" {
		t.Errorf("got %q", r.Held)
	}
}

func TestHazard40NarrativeIsKeptBeside(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","text":{"status":"generated","div":"<div><p>says <b>otherwise</b></p></div>"}}`)
	if got := o.Text.Plain(); got != "says otherwise" {
		t.Errorf("got %q", got)
	}
}

func TestNotesAreWords(t *testing.T) {
	for text, want := range map[string]string{
		`<div xmlns=\"http://www.w3.org/1999/xhtml\">\n <span id=\"co1\"> while taking <b>it</b></span></div>`: "while taking it",
		`value < 5 and <b>`: "value < 5 and <b>",
	} {
		a, _, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","code":{"text":"x"},"note":[{"text":"`+text+`"}]}`)
		if len(a.Note) != 1 || strings.TrimSpace(a.Note[0]) != want {
			t.Errorf("got %q, want %q", a.Note, want)
		}
	}
}

func TestConsentSaysToWhat(t *testing.T) {
	const begin, code = `{"resourceType":"Consent","status":"active","scope":{"coding":[{"code":"treatment","display":"Treatment"}]},`, `"code":[{"coding":[{"display":"Not for resuscitation"}]}]`
	for text, want := range map[string]string{
		begin + `"category":[{"coding":[{"display":"Do Not Resuscitate"}]}],"provision":{` + code + `}}`: "Consent: Do Not Resuscitate, Not for resuscitation",
		begin + `"provision":{"type":"deny",` + code + `}}`:                                              "Consent: Not for resuscitation (denied)",
		begin + `"dateTime":"2021"}`:                                                                     "Consent: Treatment",
	} {
		if _, r, _ := one[*record.Other](t, text); r.Summary().Title != want {
			t.Errorf("got %q, want %q", r.Summary().Title, want)
		}
	}
}

func TestHazard41CriticalityIsNotSeverity(t *testing.T) {
	a, _, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","type":"intolerance","code":{"text":"x"},"reaction":[{"severity":"severe","manifestation":[{"text":"hives"}]}]}`)
	if a.Criticality != "" || a.Type != "intolerance" || a.Reaction[0].Severity != "severe" {
		t.Errorf("got %+v", a)
	}
}

func TestHazard43Subpotent(t *testing.T) {
	i, r, _ := one[*record.Immunization](t, `{"resourceType":"Immunization","status":"completed","isSubpotent":true,"vaccineCode":{"text":"MMR"},"protocolApplied":[{"series":"primary","doseNumberPositiveInt":2,"seriesDosesString":"3"}]}`)
	if !i.Subpotent || i.DoseNumber != "2" || i.SeriesDoses != "3" || r.Summary().Interpretation == "" {
		t.Errorf("got %+v", i)
	}
}

func TestHazard44OriginalWordsFirst(t *testing.T) {
	c, r, _ := one[*record.Condition](t, `{"resourceType":"Condition","code":{"text":"Sugar","coding":[{"system":"urn:oid:1.2.3","code":"X","display":"Other"},{"system":"http://snomed.info/sct","code":"44054006","display":"Diabetes","userSelected":true}]}}`)
	if r.Summary().Title != "Sugar" || c.Code.Coding[0] != (record.Coding{System: "urn:oid:1.2.3", Code: "X", Display: "Other"}) || !c.Code.Coding[1].UserSelected {
		t.Errorf("got %+v", c.Code)
	}
}

func TestHazard46Superseded(t *testing.T) {
	if got := standing(t, `{"resourceType":"DocumentReference","status":"superseded"}`); got != record.Past {
		t.Errorf("got %q", got)
	}
	d, _, _ := one[*record.DocumentReference](t, `{"resourceType":"Composition","status":"amended","relatesTo":[{"code":"replaces","targetReference":{"reference":"Composition/1"}}]}`)
	if d.DocStatus != "amended" || len(d.Replaces) != 1 || d.Replaces[0] != "Composition/1" {
		t.Errorf("got %+v", d)
	}
}

func TestHazard49WhoSaysSo(t *testing.T) {
	for _, c := range []struct {
		text string
		want record.Asserter
	}{
		{`{"resourceType":"MedicationStatement","status":"active","informationSource":{"reference":"Patient/p"}}`, record.ByPatient},
		{`{"resourceType":"MedicationStatement","status":"active","informationSource":{"reference":"RelatedPerson/p"}}`, record.ByPatient},
		{`{"resourceType":"MedicationRequest","status":"active","reportedBoolean":true,"requester":{"reference":"Practitioner/p"}}`, record.ByPatient},
		{`{"resourceType":"MedicationRequest","status":"active","reportedReference":{"reference":"Patient/p"}}`, record.ByPatient},
		{`{"resourceType":"MedicationRequest","status":"active","requester":{"reference":"Practitioner/p"}}`, record.ByOrganisation},
		{`{"resourceType":"Observation","status":"final","performer":[{"reference":"Patient/p"}]}`, record.ByPatient},
		{`{"resourceType":"Observation","status":"final","performer":[{"reference":"#o"}],"contained":[{"resourceType":"Organization","id":"o","name":"Lab"}]}`, record.ByOrganisation},
		{`{"resourceType":"Observation","status":"final","device":{"reference":"Device/d"}}`, record.ByDevice},
		{`{"resourceType":"Condition","recorder":{"type":"Patient","display":"me"}}`, record.ByPatient},
		{`{"resourceType":"DocumentReference","status":"current","author":[{"reference":"Organization/o"}]}`, record.ByOrganisation},
		{`{"resourceType":"Condition","code":{"text":"x"}}`, ""},
	} {
		s, err := read(t, c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.records[0].Source().Asserter; got != c.want {
			t.Errorf("%.90s: got %q, want %q", c.text, got, c.want)
		}
	}
}
