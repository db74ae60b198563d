package ips_test

import (
	"encoding/json"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

// patientRef is how the records of the tests refer to their person in NDJSON.
const patientRef = `{"reference":"Patient/person0000000000"}`

const unknownTime = `{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}`

// TestResources compares whole resources, without their narrative, with the
// JSON that FHIR R4 asks for.
func TestResources(t *testing.T) {
	tests := map[string]struct {
		resource record.Resource
		want     string
	}{
		"allergy": {
			&record.AllergyIntolerance{
				ClinicalStatus: "active", VerificationStatus: "confirmed", Type: "allergy", Category: []string{"food"}, Criticality: "low", Code: coded("Peanut", record.SNOMED, "762952008"), Onset: record.At("2001-02"), Asserter: "Dr. Example",
				Reaction: []record.Reaction{{Manifestation: []record.Concept{text("hives")}, Severity: "mild"}},
			},
			`{"resourceType":"AllergyIntolerance","id":"x","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"type":"allergy","category":["food"],"criticality":"low","code":{"coding":[{"system":"http://snomed.info/sct","code":"762952008","display":"Peanut"}],"text":"Peanut"},"patient":` + patientRef + `,"onsetDateTime":"2001-02","asserter":{"display":"Dr. Example"},"reaction":[{"manifestation":[{"text":"hives"}],"severity":"mild"}]}`,
		},
		"condition that ended, nobody knows when": {
			&record.Condition{Code: text("Asthma"), Abatement: record.When{Ended: true}},
			`{"resourceType":"Condition","id":"x","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"inactive"}]},"_abatementDateTime":` + unknownTime + `,"code":{"text":"Asthma"},"subject":` + patientRef + `}`,
		},
		"result": {
			lab("Glucose", "2345-7", "0.010", "mmol/L", "2026-01-02T08:15+01:00"),
			`{"resourceType":"Observation","id":"x","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}],"text":"Laboratory"}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7","display":"Glucose"}],"text":"Glucose"},"subject":` + patientRef + `,"effectiveDateTime":"2026-01-02T08:15:00+01:00","valueQuantity":{"value":0.010,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}`,
		},
		"result without anything": {
			&record.Observation{},
			`{"resourceType":"Observation","id":"x","status":"unknown","code":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}],"text":"Result that the source does not name"},"subject":` + patientRef + `,"_effectiveDateTime":` + unknownTime + `,"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"unknown","display":"Unknown"}]}}`,
		},
		"result in a word that FHIR lacks": {
			&record.Observation{Status: "partial", Code: text("X"), Effective: record.At("2026"), Value: record.Value{Text: "ok"}},
			`{"resourceType":"Observation","id":"x","status":"unknown","code":{"text":"X"},"subject":` + patientRef + `,"effectiveDateTime":"2026","valueString":"ok","note":[{"text":"Status in the source: partial"}]}`,
		},
		"medicine taken": {
			&record.MedicationStatement{Origin: record.Statement, Status: "active", Medication: text("Aspirin"), Effective: record.When{Start: "2025-01", Period: true}, Dosage: []record.Dosage{{Text: "1 a day", Dose: record.Quantity{Value: "1"}}}},
			`{"resourceType":"MedicationStatement","id":"x","status":"active","medicationCodeableConcept":{"text":"Aspirin"},"subject":` + patientRef + `,"effectivePeriod":{"start":"2025-01"},"dosage":[{"text":"1 a day","doseAndRate":[{"doseQuantity":{"value":1}}]}]}`,
		},
		"no medicines": {
			&record.MedicationStatement{Absent: true},
			`{"resourceType":"MedicationStatement","id":"x","status":"unknown","medicationCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-medications","display":"No known medications"}]},"subject":` + patientRef + `}`,
		},
		"negated order": {
			&record.MedicationStatement{Origin: record.Request, ActStatus: "active", Intent: "order", Absent: true, Medication: text("Aspirin")},
			`{"resourceType":"MedicationRequest","id":"x","status":"active","intent":"order","doNotPerform":true,"medicationCodeableConcept":{"text":"Aspirin"},"subject":` + patientRef + `}`,
		},
		"vaccine not given": {
			&record.Immunization{Status: "not-done", StatusReason: text("refused"), VaccineCode: coded("MMR", record.CVX, "03"), Occurrence: record.At("2020-05")},
			`{"resourceType":"Immunization","id":"x","status":"not-done","statusReason":{"text":"refused"},"vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"03","display":"MMR"}],"text":"MMR"},"patient":` + patientRef + `,"occurrenceDateTime":"2020-05"}`,
		},
		"procedure not done": {
			&record.Procedure{Status: "completed", Absent: true, Code: text("Biopsy"), Performed: record.When{Start: "2020-01-01", End: "2019-01-01"}},
			`{"resourceType":"Procedure","id":"x","status":"not-done","code":{"text":"Biopsy"},"subject":` + patientRef + `,"performedString":"1 January 2020 to 1 January 2019","note":[{"text":"Status in the source: completed"}]}`,
		},
		"visit": {
			&record.Encounter{Status: "finished", Class: text("outpatient"), Period: record.When{Start: "2020-01-01T10:00", End: "2020-01-01T11:00", Period: true}},
			`{"resourceType":"Encounter","id":"x","status":"finished","class":{"display":"outpatient"},"subject":` + patientRef + `,"period":{"start":"2020-01-01","_start":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/originalText","valueString":"2020-01-01T10:00"}]},"end":"2020-01-01","_end":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/originalText","valueString":"2020-01-01T11:00"}]}}}`,
		},
		"visit on one day": {
			&record.Encounter{Status: "finished", Class: text("outpatient"), Period: record.At("2020-01-01")},
			`{"resourceType":"Encounter","id":"x","status":"finished","class":{"display":"outpatient"},"subject":` + patientRef + `,"period":{"start":"2020-01-01","end":"2020-01-01"}}`,
		},
		"planned order with a time": {
			&record.MedicationStatement{Origin: record.Request, ActStatus: "active", Intent: "proposal", Medication: text("Aspirin"), Effective: record.When{Start: "2026-01", Period: true}, Dosage: []record.Dosage{{Timing: "daily", AsNeeded: "as needed: pain"}}},
			`{"resourceType":"MedicationRequest","id":"x","status":"active","intent":"proposal","medicationCodeableConcept":{"text":"Aspirin"},"subject":` + patientRef + `,"dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2026-01"}},"code":{"text":"daily"}},"asNeededCodeableConcept":{"text":"pain"}}]}`,
		},
		"problem that is over in a word FHIR lacks": {
			&record.Condition{ClinicalStatus: "completed", Code: text("Flu")},
			`{"resourceType":"Condition","id":"x","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"inactive"}]},"code":{"text":"Flu"},"subject":` + patientRef + `,"note":[{"text":"Status in the source: completed"}]}`,
		},
		"implant": {
			&record.Device{Status: "active", Type: text("Stent"), SerialNumber: "7", Used: record.At("2020-02")},
			`{"resourceType":"DeviceUseStatement","id":"x","contained":[{"resourceType":"Device","id":"device","status":"active","serialNumber":"7","type":{"text":"Stent"},"patient":` + patientRef + `}],"status":"active","subject":` + patientRef + `,"timingDateTime":"2020-02","device":{"reference":"#device","display":"Stent"}}`,
		},
		"goal": {
			&record.Goal{LifecycleStatus: "active", Description: text("Walk"), Target: []string{"5000 steps"}},
			`{"resourceType":"Goal","id":"x","lifecycleStatus":"active","description":{"text":"Walk"},"subject":` + patientRef + `,"target":[{"measure":{"text":"5000 steps"}}]}`,
		},
		"plan without a status or an intent": {
			&record.CarePlan{Title: "Diet"},
			`{"resourceType":"CarePlan","id":"x","status":"unknown","_intent":` + unknownTime + `,"title":"Diet","subject":` + patientRef + `}`,
		},
		"something else": {
			&record.Other{ResourceType: "Flag", Title: "Fall risk", Row: []record.Row{{Label: "Kind", Value: "safety"}}},
			`{"resourceType":"Basic","id":"x","code":{"text":"Fall risk"},"subject":` + patientRef + `,"extension":[{"url":"https://github.com/carnet-phr/carnet/fhir/row","extension":[{"url":"label","valueString":"Kind"},{"url":"value","valueString":"safety"}]},{"url":"https://github.com/carnet-phr/carnet/fhir/row","extension":[{"url":"label","valueString":"Type in the source"},{"url":"value","valueString":"Flag"}]}]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := bareJSON(t, test.resource); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// bareJSON is the resource of a record as it is written, without its narrative.
func bareJSON(t *testing.T, res record.Resource) string {
	t.Helper()
	r := record.Record{ID: "x", Person: "person0000000000", Resource: res}
	for _, line := range splitLines(export(t, ips.NDJSON, selection(r))) {
		var head struct {
			ID   string          `json:"id"`
			Text json.RawMessage `json:"text"`
		}
		if err := json.Unmarshal(line, &head); err != nil {
			t.Fatal(err)
		}
		if head.ID == "x" {
			return cut(string(line), `"text":`+string(head.Text)+",")
		}
	}
	t.Fatal("the record is not in the file")
	return ""
}
