package fhir

import "strings"

// The versions that are told apart from R4.
const (
	olderVersion = "DSTU2 or STU3"
	newerVersion = "FHIR R5"
)

// sign is an element that another version writes otherwise than R4: name, a path
// with dots, is there, as a value of kind (0 for any).
type sign struct {
	name    string
	kind    byte
	version string
}

// signs lists, for each type, what R4 does not have. They come from the version
// histories of R4, R5 and STU3 (https://hl7.org/fhir/R4/diff.html).
var signs = map[string][]sign{
	"AllergyIntolerance": {
		{"clinicalStatus", '"', olderVersion},
		{"verificationStatus", '"', olderVersion},
		{"status", 0, olderVersion},
		{"substance", 0, olderVersion},
		{"assertedDate", 0, olderVersion},
		{"recordedDate", '[', olderVersion},
		{"type", '{', newerVersion},
		{"participant", 0, newerVersion},
	},
	"Condition": {
		{"clinicalStatus", '"', olderVersion},
		{"verificationStatus", '"', olderVersion},
		{"category", '{', olderVersion},
		{"assertedDate", 0, olderVersion},
		{"dateRecorded", 0, olderVersion},
		{"participant", 0, newerVersion},
	},
	"MedicationStatement": {
		{"taken", 0, olderVersion},
		{"wasNotTaken", 0, olderVersion},
		{"notTaken", 0, olderVersion},
		{"reasonForUseCodeableConcept", 0, olderVersion},
		{"category", '[', newerVersion},
		{"medication", 0, newerVersion},
		{"reason", 0, newerVersion},
		{"dosage.quantityQuantity", 0, olderVersion},
		{"dosage.quantityRange", 0, olderVersion},
	},
	"MedicationRequest": {
		{"medication", 0, newerVersion},
		{"wasNotGiven", 0, olderVersion},
		{"notGiven", 0, olderVersion},
		{"notDone", 0, olderVersion},
		{"definition", 0, olderVersion},
		{"prescription", 0, olderVersion},
		{"reason", 0, newerVersion},
		{"requester.agent", 0, olderVersion},
	},
	"MedicationDispense": {
		{"medication", 0, newerVersion},
		{"wasNotGiven", 0, olderVersion},
		{"notGiven", 0, olderVersion},
		{"notDone", 0, olderVersion},
		{"definition", 0, olderVersion},
		{"prescription", 0, olderVersion},
		{"reason", 0, newerVersion},
	},
	"MedicationAdministration": {
		{"medication", 0, newerVersion},
		{"wasNotGiven", 0, olderVersion},
		{"notGiven", 0, olderVersion},
		{"notDone", 0, olderVersion},
		{"definition", 0, olderVersion},
		{"prescription", 0, olderVersion},
		{"reason", 0, newerVersion},
	},
	"Immunization": {
		{"wasNotGiven", 0, olderVersion},
		{"notGiven", 0, olderVersion},
		{"date", 0, olderVersion},
		{"reported", 0, olderVersion},
		{"explanation", 0, olderVersion},
		{"vaccinationProtocol", 0, olderVersion},
		{"informationSource", 0, newerVersion},
		{"manufacturer.concept", 0, newerVersion},
	},
	"Observation": {
		{"category", '{', olderVersion},
		{"related", 0, olderVersion},
		{"comments", 0, olderVersion},
		{"comment", 0, olderVersion},
		{"valueAttachment", 0, newerVersion},
		{"valueReference", 0, newerVersion},
		{"triggeredBy", 0, newerVersion},
	},
	"DiagnosticReport": {{"codedDiagnosis", 0, olderVersion}, {"image", 0, olderVersion}, {"category", '{', olderVersion}, {"study", 0, newerVersion}},
	"Procedure": {
		{"notPerformed", 0, olderVersion},
		{"notDone", 0, olderVersion},
		{"reasonNotPerformed", 0, olderVersion},
		{"notDoneReason", 0, olderVersion},
		{"category", '[', newerVersion},
		{"occurrenceDateTime", 0, newerVersion},
		{"occurrencePeriod", 0, newerVersion},
		{"reason", 0, newerVersion},
		{"reasonCodeableConcept", 0, olderVersion},
		{"used", 0, olderVersion},
	},
	"Encounter": {
		{"class", '"', olderVersion},
		{"indication", 0, olderVersion},
		{"class", '[', newerVersion},
		{"actualPeriod", 0, newerVersion},
		{"admission", 0, newerVersion},
	},
	"DocumentReference":   {{"created", 0, olderVersion}, {"indexed", 0, olderVersion}, {"context", '[', newerVersion}, {"modality", 0, newerVersion}, {"attester", 0, newerVersion}},
	"FamilyMemberHistory": {{"notDone", 0, olderVersion}, {"participant", 0, newerVersion}},
	"Goal":                {{"status", 0, olderVersion}, {"statusReason", '{', olderVersion}, {"description", '"', olderVersion}},
	"CarePlan":            {{"context", 0, olderVersion}, {"definition", 0, olderVersion}, {"custodian", 0, newerVersion}},
	"Composition":         {{"class", 0, olderVersion}, {"subject", '[', newerVersion}, {"section.code", '"', olderVersion}},
	"Device":              {{"udiCarrier", '"', olderVersion}, {"udi", 0, olderVersion}, {"manufactureDate", '{', olderVersion}, {"displayName", 0, newerVersion}, {"name", 0, newerVersion}, {"type", '[', newerVersion}},
	"Binary":              {{"content", '"', olderVersion}},
	"Media":               {{"occurrenceDateTime", 0, olderVersion}},
	"ImagingStudy":        {{"uid", '"', olderVersion}, {"modalityList", 0, olderVersion}, {"availability", 0, olderVersion}, {"patient", 0, olderVersion}, {"series.modality.coding", 0, newerVersion}},
	"Medication":          {{"package", 0, olderVersion}, {"product", 0, olderVersion}, {"isBrand", 0, olderVersion}, {"doseForm", 0, newerVersion}},
	"Patient":             {{"name.family", '[', olderVersion}},
}

// otherVersion names the FHIR version of a resource when it is clearly not R4:
// the same words mean other things there.
func otherVersion(v value, typ string) string {
	for _, s := range signs[typ] {
		m := v.Get(s.name)
		if strings.Contains(s.name, ".") {
			m = v.Path(strings.Split(s.name, ".")...)
		}
		if m.Exists() && (s.kind == 0 || m.Kind() == s.kind) {
			return s.version
		}
	}
	if v.Get("note").Kind() == '"' || v.Get("notes").Kind() == '"' {
		return olderVersion
	}
	return ""
}
