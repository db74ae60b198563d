package ips

import "github.com/carnet-phr/carnet/vault/record"

// medicationType is the FHIR type of a medicine. "Do NOT take" exists only on
// a MedicationRequest.
func medicationType(m *record.MedicationStatement) string {
	switch {
	case m.NoneKnown():
		return "MedicationStatement"
	case m.Origin == record.Request || m.DoNotPerform:
		return "MedicationRequest"
	case m.Origin == record.Dispense:
		return "MedicationDispense"
	case m.Origin == record.Administration:
		return "MedicationAdministration"
	}
	return "MedicationStatement"
}

// medication fills the resource of a medicine.
func (r *resource) medication(m *record.MedicationStatement) {
	switch r.kind {
	case "MedicationRequest":
		r.medicationRequest(m)
	case "MedicationDispense":
		r.medicationDispense(m)
	case "MedicationAdministration":
		r.medicationAdministration(m)
	default:
		r.medicationStatement(m)
	}
	r.note("Form", m.Form.String())
	r.noteAll("Ingredient", m.Ingredient)
	r.noteAll("", m.Note)
}

// medicine puts medication[x].
func (r *resource) medicine(m *record.MedicationStatement) {
	none := m.Medication.Has(record.AbsentUnknownSystem, "no-known-medications") || m.Medication.Has(record.SNOMED, "787481004")
	if m.NoneKnown() && !none {
		r.note("Words of the source", m.Medication.String())
		r.put("medicationCodeableConcept", concept(record.Concept{Coding: []record.Coding{
			{System: record.AbsentUnknownSystem, Code: "no-known-medications", Display: "No known medications"},
		}}))
		return
	}
	r.put("medicationCodeableConcept", conceptOr(m.Medication, "Medicine that the source does not name"))
}

// medicationWords give the code of each type for what a record's status means,
// where the status itself is no code of that type. A CDA statusCode is judged
// with its dates (hazard 12) by [record.MedicationStatement.Summary]; what is
// not certain there is "unknown" here.
var medicationWords = map[string]map[record.Standing]string{
	"MedicationStatement":      {record.Current: "active", record.Intended: "intended", record.NotSo: "not-taken"},
	"MedicationRequest":        {record.Current: "active", record.Intended: "draft"},
	"MedicationDispense":       {record.Intended: "preparation", record.NotSo: "declined"},
	"MedicationAdministration": {record.NotSo: "not-done"},
}

// endedWords are the ways to be over, by the word that the source uses.
var endedWords = map[string]string{"completed": "completed", "ended": "stopped", "aborted": "stopped", "stopped": "stopped", "suspended": "on-hold", "on-hold": "on-hold"}

// medicationStatus puts the status of a medicine: its own code where the type
// has it and nothing negates it, else the code of what it means.
func (r *resource) medicationStatus(m *record.MedicationStatement, set allowed) {
	code := m.Status
	if m.ActStatus != "" {
		code = ""
	}
	planned := r.kind == "MedicationStatement" && code == "active" && m.Summary().Standing == record.Intended // its intent has no element here
	if m.Absent && !m.NoneKnown() || !set.has(code) || planned {
		code = r.meaning(m)
		if said := m.Summary().Status; said != code {
			r.note("Status in the source", said)
		}
	}
	if !set.has(code) {
		code = "unknown"
	}
	r.token("status", code)
}

// meaning is the code for what the status of a medicine means; "" where nothing
// is certain.
func (r *resource) meaning(m *record.MedicationStatement) string {
	request := r.kind == "MedicationRequest"
	switch standing := m.Summary().Standing; {
	case standing == record.Unstated || m.NoneKnown():
		return requestCode(m)
	case request && standing == record.NotSo && (m.DoNotPerform || m.Absent):
		return requestCode(m)
	case request && standing == record.Intended && m.ActStatus == "active":
		return "active" // its intent says that it is no order
	case standing == record.Past:
		return endedWords[nonEmpty(m.Status, m.ActStatus)]
	default:
		return medicationWords[r.kind][standing]
	}
}

// requestCode is the status of an order not to give something, or of a
// statement that nothing is taken: its own, as far as it is a plain one.
func requestCode(m *record.MedicationStatement) string {
	switch s := nonEmpty(m.ActStatus, m.Status); s {
	case "active":
		return s
	case "completed":
		if m.ActStatus == "" {
			return s
		}
	}
	return "unknown"
}
