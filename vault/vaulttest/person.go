package vaulttest

import "github.com/carnet-phr/carnet/vault/record"

// Person is the ID of the synthetic person in [New]: Ada Testperson.
const Person record.ID = "aaaaaaaaaaaaaaaa"

// Records are a synthetic person's: one or two facts of the commonest kinds,
// the same each time.
func Records() []record.Record {
	code := func(system, code, text string) record.Concept {
		return record.Concept{Text: text, Coding: []record.Coding{{System: system, Code: code, Display: text}}}
	}
	glucose := func(date record.Date, value string) *record.Observation {
		return &record.Observation{
			Status:    "final",
			Category:  []record.Concept{code(record.CategorySystem, record.Laboratory, "Laboratory")},
			Code:      code(record.LOINC, "2345-7", "Glucose in blood"),
			Effective: record.At(date),
			Value:     record.Value{Quantity: record.Quantity{Value: value, Unit: "mg/dL", System: record.UCUM, Code: "mg/dL"}},
		}
	}
	resources := []struct {
		id       record.ID
		resource record.Resource
	}{
		{Person, &record.Patient{
			Name:      []record.HumanName{{Family: "Testperson", Given: []string{"Ada"}, Use: "official"}},
			BirthDate: "1961-04-12", Gender: "female",
		}},
		{"aaaaaaaaaaaaaaa1", &record.AllergyIntolerance{ClinicalStatus: "active", VerificationStatus: "confirmed", Code: code(record.RxNorm, "7980", "Penicillin G"), Reaction: []record.Reaction{{Manifestation: []record.Concept{{Text: "Hives"}}, Severity: "moderate"}}}},
		{"aaaaaaaaaaaaaaa2", &record.Condition{ClinicalStatus: "active", VerificationStatus: "confirmed", Code: code(record.SNOMED, "38341003", "High blood pressure"), Onset: record.At("2012")}},
		{"aaaaaaaaaaaaaaa3", &record.MedicationStatement{Origin: record.Request, Status: "active", Intent: "order", Medication: code(record.RxNorm, "314076", "Lisinopril 10 mg tablet"), Dosage: []record.Dosage{{Text: "1 tablet every morning"}}}},
		{"aaaaaaaaaaaaaaa4", glucose("2024-11-02T08:15:00-05:00", "104")},
		{"aaaaaaaaaaaaaaa5", glucose("2025-11-07T08:20:00-05:00", "97")},
		{"aaaaaaaaaaaaaaa6", &record.Immunization{Status: "completed", VaccineCode: code(record.CVX, "140", "Influenza vaccine"), Occurrence: record.At("2025-10-01")}},
		{"aaaaaaaaaaaaaaa7", &record.DocumentReference{Status: "current", Title: "Visit note", Date: "2025-11-07", Section: []record.Section{{Title: "Plan", Text: "<p>Walk every day; see again in six months.</p>"}}}},
	}
	var list []record.Record
	for _, r := range resources {
		list = append(list, record.Record{ID: r.id, Person: Person, Resource: r.resource})
	}
	return list
}
