package ips

import "github.com/carnet-phr/carnet/vault/record"

// medicationStatement fills a MedicationStatement
// (https://hl7.org/fhir/R4/medicationstatement.html).
func (r *resource) medicationStatement(m *record.MedicationStatement) {
	r.medicationStatus(m, statementStatus)
	r.list("statusReason", concepts(m.StatusReason)...)
	r.first("category", m.Category, "Category")
	r.medicine(m)
	r.subject("subject")
	r.put("context", r.w.reference(m.Encounter, "Encounter"))
	r.required("effective", m.Effective, withPeriod)
	r.date("dateAsserted", m.DateAsserted)
	r.put("informationSource", r.who(m.InformationFrom))
	r.list("reasonCode", concepts(m.Reason)...)
	r.list("dosage", dosages(m.Dosage, nil)...)
	r.note("Intent in the source", m.Intent)
	r.note("Written", m.AuthoredOn.Human())
	r.note("Prescribed by", m.Requester)
	r.note("Given by", m.Performer)
	r.supply(m)
}

// first puts the one concept that an element takes; further ones are notes.
func (r *resource) first(name string, cs []record.Concept, label string) {
	for i, c := range cs {
		if i == 0 {
			r.put(name, concept(c))
			continue
		}
		r.note(label, c.String())
	}
}

// supply keeps what a statement has no elements for.
func (r *resource) supply(m *record.MedicationStatement) {
	r.note("Amount per fill", m.Quantity.String())
	r.note("Days of supply", m.DaysSupply.String())
	r.note("Refills allowed", m.RepeatsAllowed)
	if m.Reported == "true" {
		r.note("Reported", "not by the prescriber")
	}
}

// medicationAdministration fills a MedicationAdministration
// (https://hl7.org/fhir/R4/medicationadministration.html).
func (r *resource) medicationAdministration(m *record.MedicationStatement) {
	r.medicationStatus(m, administrationStatus)
	r.list("statusReason", concepts(m.StatusReason)...)
	r.first("category", m.Category, "Category")
	r.medicine(m)
	r.subject("subject")
	r.put("context", r.w.reference(m.Encounter, "Encounter"))
	r.whenOr("effective", m.Effective, withPeriod)
	r.list("performer", actors("actor", []string{m.Performer})...)
	r.list("reasonCode", concepts(m.Reason)...)
	for i, d := range m.Dosage {
		e := obj("text", d.Text)
		e.put("site", concept(d.Site))
		e.put("route", concept(d.Route))
		e.put("method", concept(d.Method))
		e.put("dose", simpleQuantity(d.Dose))
		if i > 0 || !e.has("dose") || d.Timing+d.AsNeeded+d.Rate+d.MaxDose != "" { // mad-1: a dosage has a dose
			r.note("Dose", d.String())
			if d.Text != "" || d.Patient != "" {
				r.note("Dose in parts", d.Parts())
			}
			r.noteAll("Instruction", d.Instructions)
		}
		if i == 0 && e.has("dose") {
			r.put("dosage", e)
		}
	}
	r.note("Information from", m.InformationFrom)
	r.note("Prescribed by", m.Requester)
	r.supply(m)
}
