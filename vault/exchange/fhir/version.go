package fhir

// The versions that are named and not read.
const (
	firstVersion = "DSTU1"
	newerVersion = "FHIR R5"
)

// sign is an element that R5 writes otherwise than R4 and the versions before:
// name, a path with dots, is there, as a value of kind (0 for any).
type sign struct {
	name string
	kind byte
}

// signs lists, for each type, what only R5 has
// (https://hl7.org/fhir/R5/diff.html).
var signs = map[string][]sign{
	"AllergyIntolerance": {
		{"type", '{'},
		{"participant", 0},
	},
	"Condition": {
		{"participant", 0},
	},
	"MedicationStatement": {
		{"category", '['},
		{"medication", 0},
		{"reason", 0},
	},
	"MedicationRequest": {
		{"medication", 0},
		{"reason", 0},
	},
	"MedicationDispense": {
		{"medication", 0},
		{"reason", 0},
	},
	"MedicationAdministration": {
		{"medication", 0},
		{"reason", 0},
	},
	"Immunization": {
		{"informationSource", 0},
		{"manufacturer.concept", 0},
	},
	"Observation": {
		{"valueReference", 0},
		{"triggeredBy", 0},
	},
	"DiagnosticReport": {{"study", 0}},
	"Procedure": {
		{"category", '['},
		{"occurrenceDateTime", 0},
		{"occurrencePeriod", 0},
		{"reason", 0},
	},
	"Encounter": {
		{"class", '['},
		{"class.coding", 0},
		{"class.text", 0},
		{"actualPeriod", 0},
		{"admission", 0},
	},
	"DocumentReference":   {{"context", '['}, {"context.reference", 0}, {"modality", 0}, {"attester", 0}},
	"FamilyMemberHistory": {{"participant", 0}},
	"CarePlan":            {{"custodian", 0}},
	"Composition":         {{"subject", '['}},
	"Device":              {{"displayName", 0}, {"name", 0}, {"type", '['}},
	"ImagingStudy":        {{"series.modality.coding", 0}},
	"Medication":          {{"doseForm", 0}},
}

// newer says whether a resource is clearly written in R5, where the same words
// mean other things.
func newer(v value, typ string) bool {
	for _, s := range signs[typ] {
		if found(v, s.name, s.kind) {
			return true
		}
	}
	return false
}
