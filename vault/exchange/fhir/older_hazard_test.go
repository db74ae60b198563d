package fhir_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// The hazards in the words of DSTU2 and STU3, in JSON and, by way of standing
// and one, in XML.

func TestHazard01EnteredInErrorOlder(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"AllergyIntolerance","substance":{"text":"x"},"status":"entered-in-error"}`,
		`{"resourceType":"AllergyIntolerance","code":{"text":"x"},"verificationStatus":"entered-in-error","assertedDate":"2017"}`,
		`{"resourceType":"Condition","code":{"text":"x"},"verificationStatus":"entered-in-error","dateRecorded":"2015"}`,
		`{"resourceType":"MedicationOrder","status":"entered-in-error"}`,
		`{"resourceType":"MedicationStatement","status":"entered-in-error","wasNotTaken":true}`,
		`{"resourceType":"MedicationStatement","status":"entered-in-error","taken":"n"}`,
		`{"resourceType":"MedicationStatement","status":"entered-in-error","taken":"unk"}`,
		`{"resourceType":"MedicationAdministration","status":"entered-in-error","wasNotGiven":true}`,
		`{"resourceType":"Immunization","status":"entered-in-error","wasNotGiven":true,"date":"2015"}`,
		`{"resourceType":"Immunization","status":"entered-in-error","notGiven":true}`,
		`{"resourceType":"Procedure","status":"entered-in-error","notPerformed":true}`,
		`{"resourceType":"Procedure","status":"entered-in-error","notDone":true}`,
		`{"resourceType":"Observation","status":"entered-in-error","comments":"x"}`,
		`{"resourceType":"DiagnosticReport","status":"entered-in-error","codedDiagnosis":[{"text":"x"}]}`,
		`{"resourceType":"Goal","status":"entered-in-error","description":"x"}`,
		`{"resourceType":"FamilyMemberHistory","status":"entered-in-error","notDone":true}`,
		`{"resourceType":"DocumentReference","status":"entered-in-error","indexed":"2015-01-01T00:00:00Z"}`,
		`{"resourceType":"ProcedureRequest","status":"entered-in-error","intent":"order"}`,
		`{"resourceType":"DiagnosticOrder","status":"entered-in-error","item":[{"code":{"text":"x"}}]}`,
		`{"resourceType":"DeviceUseStatement","status":"entered-in-error","whenUsed":{"start":"2015"}}`,
		`{"resourceType":"Device","status":"entered-in-error","udi":"x"}`,
		`{"resourceType":"Communication","status":"entered-in-error","notDone":true}`,
	} {
		if got := standing(t, text); got != record.InError {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
}

func TestHazard02And03RefutedOlder(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Condition","clinicalStatus":"active","verificationStatus":"refuted","code":{"text":"HIV"}}`,
		`{"resourceType":"AllergyIntolerance","substance":{"text":"Penicillin"},"status":"refuted"}`,
		`{"resourceType":"AllergyIntolerance","code":{"text":"Penicillin"},"clinicalStatus":"active","verificationStatus":"refuted"}`,
	} {
		if got := standing(t, text); got != record.NotSo {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
}

func TestHazard04NoKnownAllergyOlder(t *testing.T) {
	a, _, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","substance":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}],"text":"No Known Allergies"},"status":"confirmed"}`)
	if got := a.NoneKnown(); got != record.NoKnownAllergy {
		t.Errorf("got %q", got)
	}
}

func TestHazard08NotDoneOlder(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Immunization","status":"completed","wasNotGiven":true,"vaccineCode":{"text":"x"}}`,
		`{"resourceType":"Immunization","status":"completed","notGiven":true,"vaccineCode":{"text":"x"}}`,
		`{"resourceType":"Immunization","status":"completed","notGiven":"true","vaccineCode":{"text":"x"}}`,
		`{"resourceType":"Procedure","status":"completed","notPerformed":true,"code":{"text":"x"}}`,
		`{"resourceType":"Procedure","status":"completed","notDone":true,"code":{"text":"x"}}`,
		`{"resourceType":"MedicationStatement","status":"active","wasNotTaken":true}`,
		`{"resourceType":"MedicationStatement","status":"active","taken":"n"}`,
		`{"resourceType":"MedicationAdministration","status":"completed","wasNotGiven":true}`,
		`{"resourceType":"MedicationAdministration","status":"completed","notGiven":true}`,
		`{"resourceType":"MedicationDispense","status":"completed","notDone":true}`,
		`{"resourceType":"ProcedureRequest","status":"active","intent":"order","doNotPerform":true,"code":{"text":"x"},"context":{"reference":"Encounter/1"}}`,
		`{"resourceType":"Communication","status":"completed","notDone":true}`,
	} {
		if got := standing(t, text); got != record.NotSo {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
	for _, text := range []string{
		`{"resourceType":"FamilyMemberHistory","status":"completed","notDone":true}`,
		`{"resourceType":"MedicationStatement","status":"active","taken":"unk"}`,
		`{"resourceType":"MedicationStatement","status":"active","taken":"perhaps"}`,
	} {
		if got := standing(t, text); got == record.Current {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
	p, _, _ := one[*record.CarePlan](t, `{"resourceType":"CarePlan","status":"active","activity":[{"detail":{"prohibited":true,"description":"grapefruit"}}]}`)
	if !p.Activity[0].DoNotPerform {
		t.Error("what is prohibited reads as planned")
	}
}

func TestDeniedFalseIsNoDenial(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Immunization","status":"completed","wasNotGiven":false,"reported":false,"date":"2015-01-02"}`,
		`{"resourceType":"MedicationStatement","status":"active","taken":"y"}`,
		`{"resourceType":"MedicationStatement","status":"active","wasNotTaken":false}`,
		`{"resourceType":"Procedure","status":"completed","notPerformed":false}`,
	} {
		if got := standing(t, text); got != record.Current && got != record.Past {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
}

func TestHazard13NotCurrentMedicineOlder(t *testing.T) {
	for _, status := range []string{"stopped", "on-hold", "completed", "draft", "entered-in-error", "", "some-new-word"} {
		for _, text := range []string{`{"resourceType":"MedicationOrder","status":"` + status + `"}`, `{"resourceType":"MedicationStatement","taken":"y","status":"` + status + `"}`} {
			if got := standing(t, text); got == record.Current {
				t.Errorf("%s is current", text)
			}
		}
	}
	m, r, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationOrder","status":"active","dateWritten":"2015-03-04","prescriber":{"display":"Dr A"},"medicationCodeableConcept":{"text":"x"}}`)
	if m.Origin != record.Request || m.Intent != "order" || m.AuthoredOn != "2015-03-04" || m.Requester != "Dr A" || r.Summary().Standing != record.Current {
		t.Errorf("got %+v", m)
	}
}

func TestHazard14OrderIsNotTakingOlder(t *testing.T) {
	_, r, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationRequest","status":"active","intent":"plan","requester":{"agent":{"display":"Dr A"}},"context":{"reference":"Encounter/1"}}`)
	if r.Summary().Standing != record.Intended {
		t.Errorf("got %+v", r.Summary())
	}
}

func TestHazard16And17DosageOlder(t *testing.T) {
	for _, c := range []struct{ dosage, timing, parts string }{
		{`{"timing":{"repeat":{"frequency":3,"period":1,"periodUnits":"d"}},"doseQuantity":{"value":1}}`, "3 times every 1 day", "1 (unit not given), 3 times every 1 day"},
		{`{"timing":{"repeat":{"frequency":1,"period":6,"periodUnits":"h","boundsQuantity":{"value":5,"code":"d"}}},"doseQuantity":{"value":0.50,"unit":"mg"},"siteCodeableConcept":{"text":"left arm"}}`, "once every 6 hours, for 5 days", "0.50 mg, left arm, once every 6 hours, for 5 days"},
		{`{"doseRange":{"low":{"value":1},"high":{"value":2,"unit":"tablet"}},"asNeededBoolean":true}`, "", "1 to 2 tablet, as needed"},
	} {
		m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationOrder","status":"active","dosageInstruction":[`+c.dosage+`]}`)
		if got := m.Dosage[0]; got.Timing != c.timing || got.Parts() != c.parts {
			t.Errorf("got %q, %q", got.Timing, got.Parts())
		}
	}
	m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationStatement","status":"active","note":"with food","dosage":[{"text":"as told","quantityQuantity":{"value":2,"unit":"mL"}}],"reasonForUseCodeableConcept":{"text":"cough"}}`)
	if m.Dosage[0].Dose.String() != "2 mL" || m.Note[0] != "with food" || m.Reason[0].Text != "cough" {
		t.Errorf("got %+v", m)
	}
	m, _, _ = one[*record.MedicationStatement](t, `{"resourceType":"MedicationAdministration","status":"completed","effectiveTimeDateTime":"2015-03-04","dosage":{"quantity":{"value":0.010,"unit":"mg"},"siteCodeableConcept":{"text":"arm"}}}`)
	if m.Dosage[0].Dose.Value != "0.010" || m.Dosage[0].Site.Text != "arm" || m.Effective.Start != "2015-03-04" {
		t.Errorf("got %+v", m)
	}
}

func TestHazard18And19AmountsOlder(t *testing.T) {
	for _, n := range []string{"0.010", "4.10", "-0.0", "1.00E-2"} {
		o, r, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","category":{"text":"x"},"comments":"y","valueQuantity":{"value":`+n+`,"comparator":"<"},"referenceRange":[{"low":{"value":`+n+`},"meaning":{"text":"normal"}}]}`)
		if o.Value.Quantity.Value != n || o.ReferenceRange[0].Low.Value != n || r.Summary().Value != "<"+n || o.ReferenceRange[0].Type.Text != "normal" {
			t.Errorf("%s: got %+v", n, o)
		}
	}
}

func TestHazard23To30ResultsOlder(t *testing.T) {
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"preliminary","category":{"coding":[{"code":"laboratory"}]},"comments":"haemolysed","dataAbsentReason":{"text":"masked"},
		"related":[{"type":"has-member","target":{"reference":"Observation/1"}},{"type":"derived-from","target":{"reference":"Observation/2"}},{"type":"replaces","target":{"display":"the first one"}}]}`)
	if o.Status != "preliminary" || o.DataAbsentReason.Text != "masked" || len(o.HasMember) != 1 || len(o.DerivedFrom) != 1 || len(o.Category) != 1 {
		t.Errorf("got %+v", o)
	}
	if got := strings.Join(o.Note, "|"); !strings.Contains(got, "haemolysed") || !strings.Contains(got, "another result is named beside this one (replaces): the first one") {
		t.Errorf("notes: %q", got)
	}
}

func TestHazard31FamilyHistoryOlder(t *testing.T) {
	f, r, _ := one[*record.FamilyMemberHistory](t, `{"resourceType":"FamilyMemberHistory","status":"completed","gender":"female","relationship":{"text":"mother"},"condition":[{"code":{"text":"Breast cancer"},"onsetQuantity":{"value":52,"code":"a"}}]}`)
	if r.Resource.Kind() != record.KindFamilyMemberHistory || f.Condition[0].String() != "Breast cancer, from age 52 years" || f.Sex != "female" {
		t.Errorf("got %+v", f)
	}
}

func TestHazard33ReplacedOlder(t *testing.T) {
	p, _, _ := one[*record.Patient](t, `{"resourceType":"Patient","name":[{"family":["de la","Rosa"],"given":["Ana"]}],"link":[{"type":"replace","other":{"reference":"Patient/2"}}]}`)
	if len(p.ReplacedBy) != 1 || p.Name[0].Family != "de la Rosa" {
		t.Errorf("got %+v", p)
	}
}

func TestHazard35DatePrecisionOlder(t *testing.T) {
	for _, d := range []string{"2015", "2015-03", "2015-03-05", "2015-03-05T10:30:00-05:00"} {
		c, _, _ := one[*record.Condition](t, `{"resourceType":"Condition","code":{"text":"x"},"clinicalStatus":"active","dateRecorded":"`+d+`","onsetQuantity":{"value":40,"code":"a"}}`)
		if string(c.RecordedDate) != d || c.Onset.Text != "age 40 years" {
			t.Errorf("got %+v", c)
		}
		i, _, _ := one[*record.Immunization](t, `{"resourceType":"Immunization","status":"completed","wasNotGiven":false,"date":"`+d+`"}`)
		if string(i.Occurrence.Start) != d {
			t.Errorf("got %+v", i)
		}
	}
}

func TestHazard39ModifiersOlder(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"MedicationOrder","status":"active","modifierExtension":[{"url":"http://a/not","valueBoolean":true}]}`,
		`{"resourceType":"Immunization","status":"completed","notGiven":false,"vaccinationProtocol":[{"modifierExtension":[{"url":"http://a/not"}]}]}`,
		`{"resourceType":"Condition","clinicalStatus":"active","dateRecorded":"2015","implicitRules":"http://a/rules"}`,
	} {
		if got := standing(t, text); got != record.Held {
			t.Errorf("%.80s: got %q", text, got)
		}
	}
}

func TestHazard41CriticalityOlder(t *testing.T) {
	for code, want := range map[string]string{"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess", "": ""} {
		a, _, _ := one[*record.AllergyIntolerance](t, `{"resourceType":"AllergyIntolerance","status":"active","criticality":"`+code+`","category":"medication","substance":{"text":"x"},"reaction":[{"severity":"severe","certainty":"likely","manifestation":[{"text":"hives"}]}]}`)
		if a.Criticality != want || a.Reaction[0].Severity != "severe" || a.Reaction[0].Note[0] != "cause: likely" || a.Category[0] != "medication" || a.ClinicalStatus != "active" {
			t.Errorf("got %+v", a)
		}
	}
}

func TestHazard43DosesOlder(t *testing.T) {
	i, _, _ := one[*record.Immunization](t, `{"resourceType":"Immunization","status":"completed","wasNotGiven":false,"explanation":{"reason":[{"text":"travel"}]},"vaccinationProtocol":[{"doseSequence":2,"seriesDoses":3,"series":"primary","doseStatus":{"text":"does not count"}}]}`)
	if i.DoseNumber != "2" || i.SeriesDoses != "3" || i.Reason[0].Text != "travel" || i.Note[0] != "dose status: does not count" {
		t.Errorf("got %+v", i)
	}
	i, _, _ = one[*record.Immunization](t, `{"resourceType":"Immunization","status":"completed","notGiven":true,"explanation":{"reasonNotGiven":[{"text":"refused"},{"text":"ill"}]}}`)
	if i.StatusReason.Text != "refused" || i.Note[0] != "ill" {
		t.Errorf("got %+v", i)
	}
}

func TestHazard46SupersededOlder(t *testing.T) {
	d, r, _ := one[*record.DocumentReference](t, `{"resourceType":"DocumentReference","status":"superseded","created":"2014-01-02T03:04:05Z","indexed":"2015-01-02T03:04:05Z","class":{"text":"note"},"docStatus":{"coding":[{"code":"amended"}]},"content":[{"attachment":{"contentType":"text/plain","data":"aGVsbG8="}}]}`)
	if r.Summary().Standing != record.Past || d.DocStatus != "amended" || d.Date != "2015-01-02T03:04:05Z" || d.Content[0].Text != "hello" || d.Content[0].Creation != "2014-01-02T03:04:05Z" || d.Category[0].Text != "note" {
		t.Errorf("got %+v", d)
	}
}

func TestHazard49WhoSaysSoOlder(t *testing.T) {
	for _, c := range []struct {
		text string
		want record.Asserter
	}{
		{`{"resourceType":"MedicationStatement","status":"active","wasNotTaken":false,"informationSource":{"reference":"Patient/p"}}`, record.ByPatient},
		{`{"resourceType":"MedicationRequest","status":"active","requester":{"agent":{"reference":"Practitioner/p"}}}`, record.ByOrganisation},
		{`{"resourceType":"MedicationOrder","status":"active","prescriber":{"reference":"Practitioner/p"}}`, record.ByOrganisation},
		{`{"resourceType":"AllergyIntolerance","substance":{"text":"x"},"reporter":{"reference":"Patient/p"}}`, record.ByPatient},
		{`{"resourceType":"DiagnosticReport","status":"final","performer":[{"role":{"text":"lab"},"actor":{"reference":"Organization/o"}}]}`, record.ByOrganisation},
		{`{"resourceType":"Immunization","status":"completed","wasNotGiven":false,"performer":{"reference":"Practitioner/p"}}`, record.ByOrganisation},
	} {
		s := mustRead(t, c.text)
		sameInXML(t, c.text)
		if got := s.records[0].Source().Asserter; got != c.want {
			t.Errorf("%.90s: got %q, want %q", c.text, got, c.want)
		}
	}
	i, _, _ := one[*record.Immunization](t, `{"resourceType":"Immunization","status":"completed","wasNotGiven":false,"reported":true}`)
	if i.PrimarySource != "false" {
		t.Errorf("reported: got %q", i.PrimarySource)
	}
}

// TestOrdersOlder: the orders of DSTU2 and STU3 under their present name.
func TestOrdersOlder(t *testing.T) {
	for _, c := range []struct{ text, title, row string }{
		{`{"resourceType":"DiagnosticOrder","status":"requested","item":[{"code":{"text":"Lipid panel"}}],"event":[{"status":"requested","dateTime":"2015-03-04"}]}`, "Lipid panel", ""},
		{`{"resourceType":"DiagnosticOrder","status":"requested","item":[{"code":{"text":"Lipid panel"}},{"code":{"text":"Potassium"}}]}`, "Order", "Lipid panel"},
		{`{"resourceType":"ReferralRequest","status":"active","intent":"order","serviceRequested":[{"text":"Cardiology"}],"authoredOn":"2017-01-02"}`, "Cardiology", ""},
		{`{"resourceType":"ProcedureRequest","status":"requested","code":{"text":"Colonoscopy"},"notes":[{"text":"soon"}],"orderer":{"display":"Dr A"}}`, "Colonoscopy", "Dr A"},
		{`{"resourceType":"QuestionnaireResponse","status":"completed","group":{"title":"PHQ-2","question":[{"linkId":"1","text":"Little interest?","answer":[{"valueString":"Not at all"}]}]}}`, "Answers to a questionnaire", "Not at all"},
	} {
		o, r, _ := one[*record.Other](t, c.text)
		rows := ""
		for _, w := range o.Row {
			rows += w.Label + ": " + w.Value + "; "
		}
		if r.Summary().Title != c.title || !strings.Contains(rows, c.row) {
			t.Errorf("got %q, %s", r.Summary().Title, rows)
		}
	}
}

// TestContainedOlder: what stands inside an order is as old as the order.
func TestContainedOlder(t *testing.T) {
	m, _, _ := one[*record.MedicationStatement](t, `{"resourceType":"MedicationOrder","status":"active","medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","code":{"text":"Aspirin"},"product":{"form":{"text":"tablet"},"ingredient":[{"item":{"display":"ASA"},"amount":{"numerator":{"value":100,"unit":"mg"},"denominator":{"value":1,"unit":"tablet"}}}]}}]}`)
	if m.Medication.Text != "Aspirin" || m.Form.Text != "tablet" || m.Ingredient[0] != "ASA 100 mg per 1 tablet" {
		t.Errorf("got %+v", m)
	}
}

// TestReferencesOlder: an entry is referred to under its former type.
func TestReferencesOlder(t *testing.T) {
	s := mustRead(t, `{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"MedicationOrder","id":"1","status":"active","medicationCodeableConcept":{"text":"x"}}},
		{"resource":{"resourceType":"Binary","id":"b","contentType":"text/plain","content":"aGVsbG8="}},
		{"resource":{"resourceType":"ImagingStudy","uid":"urn:oid:1.2.3","accession":{"value":"A1"},"modalityList":[{"code":"CT"}],"series":[{"uid":"urn:oid:1.2.3.4","modality":{"code":"CT"},"instance":[{"uid":"urn:oid:1.2.3.4.5","sopClass":"urn:oid:1.2.840.10008.5.1.4.1.1.2"}]}]}}]}`)
	if got := s.records[0].Source().Local; len(got) != 1 || got[0] != "MedicationOrder/1" {
		t.Errorf("local: %q", got)
	}
	if d := s.records[1].Resource.(*record.DocumentReference); d.Content[0].Text != "hello" {
		t.Errorf("got %+v", d)
	}
	i := s.records[2].Resource.(*record.ImagingStudy)
	if i.StudyInstanceUID != "1.2.3" || i.AccessionNumber != "A1" || i.Series[0].UID != "1.2.3.4" || i.Series[0].Instance[0].SOPClass != "1.2.840.10008.5.1.4.1.1.2" {
		t.Errorf("got %+v", i)
	}
}

func TestHazard05And40NarrativesOlder(t *testing.T) {
	d, _, _ := one[*record.DocumentReference](t, `{"resourceType":"Composition","status":"final","class":{"text":"summary"},"section":[{"title":"Allergies","emptyReason":{"coding":[{"code":"notasked"}]},"text":{"div":"<div><p>says <b>otherwise</b></p></div>"}}]}`)
	if d.Section[0].EmptyReason != "notasked" || d.Section[0].Text.Plain() != "says otherwise" || d.Category[0].Text != "summary" {
		t.Errorf("got %+v", d.Section[0])
	}
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","comments":"x","text":{"status":"generated","div":"<div><table><tr><td/><td>4.1</td></tr></table></div>"}}`)
	if got := string(o.Text); got != "<table><tr><td></td><td>4.1</td></tr></table>" {
		t.Errorf("got %q", got)
	}
}

func TestHazard07NegatedProblemCodeOlder(t *testing.T) {
	if got := standing(t, `{"resourceType":"Condition","clinicalStatus":"active","dateRecorded":"2015","code":{"coding":[{"system":"http://snomed.info/sct","code":"160245001"}]}}`); got != record.NotSo {
		t.Errorf("got %q", got)
	}
}

func TestHazard24And26StatusOlder(t *testing.T) {
	for _, status := range []string{"registered", "preliminary", "partial", "amended", "cancelled", "unknown"} {
		r, _, _ := one[*record.DiagnosticReport](t, `{"resourceType":"DiagnosticReport","status":"`+status+`","codedDiagnosis":[{"text":"x"}],"performer":{"actor":{"display":"Lab"}}}`)
		if r.Status != status || r.ConclusionCode[0].Text != "x" || r.Performer[0] != "Lab" {
			t.Errorf("got %+v", r)
		}
	}
}

func TestHazard34ReferencesOlder(t *testing.T) {
	s := mustRead(t, `{"resourceType":"Bundle","entry":[
		{"fullUrl":"https://a.org/fhir/MedicationOrder/1","resource":{"resourceType":"MedicationOrder","id":"1","status":"active","patient":{"reference":"Patient/1"},"medicationReference":{"reference":"Medication/1"}}},
		{"fullUrl":"https://b.org/fhir/MedicationOrder/1","resource":{"resourceType":"MedicationOrder","id":"1","status":"active","patient":{"reference":"Patient/1"},"medicationReference":{"reference":"Medication/1"}}},
		{"fullUrl":"https://a.org/fhir/Medication/1","resource":{"resourceType":"Medication","id":"1","code":{"text":"Aspirin"},"product":{"form":{"text":"tablet"}}}},
		{"fullUrl":"https://b.org/fhir/Medication/1","resource":{"resourceType":"Medication","id":"1","code":{"text":"Warfarin"}}},
		{"fullUrl":"https://a.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
		{"fullUrl":"https://b.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}}]}`)
	for i, want := range []string{"Aspirin", "Warfarin"} {
		if got := s.records[i].Resource.(*record.MedicationStatement).Medication.Text; got != want {
			t.Errorf("%d: got %q, want %q", i, got, want)
		}
	}
	if a, b := s.records[0].Person, s.records[1].Person; a != "https://a.org/fhir/Patient/1" || b != "https://b.org/fhir/Patient/1" {
		t.Errorf("about %q, %q", a, b)
	}
}

func TestHazard36And38DatesOlder(t *testing.T) {
	p, _, _ := one[*record.Patient](t, `{"resourceType":"Patient","birthDate":"1961-04-03","name":[{"family":["A","B"]}],"deceasedDateTime":"2020-01-01T00:30:00+14:00"}`)
	if p.BirthDate != "1961-04-03" || p.Deceased.Start.Day() != "2020-01-01" {
		t.Errorf("got %+v", p)
	}
	o, _, _ := one[*record.Observation](t, `{"resourceType":"Observation","status":"final","comments":"x","issued":"2015-03-05T10:00:00Z"}`)
	if !o.Effective.Empty() || o.Issued == "" {
		t.Errorf("got %+v", o)
	}
}

func TestHazard44WordsFirstOlder(t *testing.T) {
	c, r, _ := one[*record.Condition](t, `{"resourceType":"Condition","dateRecorded":"2015","code":{"text":"Sugar","coding":[{"system":"urn:oid:1.2.3","code":"X","display":"Other"}]}}`)
	if r.Summary().Title != "Sugar" || c.Code.Coding[0] != (record.Coding{System: "urn:oid:1.2.3", Code: "X", Display: "Other"}) {
		t.Errorf("got %+v", c.Code)
	}
}

func TestHazard50LabelsOlder(t *testing.T) {
	_, r, _ := one[*record.Condition](t, `{"resourceType":"Condition","dateRecorded":"2015","code":{"text":"x"},"meta":{"security":[{"system":"http://hl7.org/fhir/v3/Confidentiality","code":"R"}],"lastUpdated":"2015-02-03T04:05:06Z"}}`)
	if p := r.Source(); len(p.Security) != 1 || p.Security[0].Code != "R" || p.Version != "2015-02-03T04:05:06Z" {
		t.Errorf("got %+v", p)
	}
}
