package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// medicationRequest fills a MedicationRequest
// (https://hl7.org/fhir/R4/medicationrequest.html). An intent that the source
// does not state is marked as absent: "order" would be a claim. A negated order
// is an order not to give it.
func (r *resource) medicationRequest(m *record.MedicationStatement) {
	r.medicationStatus(m, requestStatus)
	r.first("statusReason", m.StatusReason, "Reason for the status")
	r.status("intent", m.Intent, requestIntent, nil)
	r.list("category", concepts(m.Category)...)
	if m.DoNotPerform || m.Absent {
		r.flag("doNotPerform", true)
	}
	switch {
	case m.Reported == "true" || m.Reported == "false":
		r.flag("reportedBoolean", m.Reported == "true")
	case byPatient(r.rec):
		r.put("reportedReference", r.w.to(r.w.patient))
	}
	r.medicine(m)
	r.subject("subject")
	r.put("encounter", r.w.reference(m.Encounter, "Encounter"))
	r.date("authoredOn", m.AuthoredOn)
	r.put("requester", display(m.Requester))
	r.put("performer", display(m.Performer))
	r.list("reasonCode", concepts(m.Reason)...)
	r.list("dosageInstruction", dosages(m.Dosage, r.bounds(m.Effective))...)
	r.dispenseRequest(m)
	r.note("As of", m.DateAsserted.Human())
	r.note("Information from", m.InformationFrom)
}

// bounds are the part of Timing that says when the medicine is to be taken, as
// C-CDA on FHIR writes it: a period, or the one time. What is neither is a note.
func (r *resource) bounds(w record.When) *element {
	if w.Empty() {
		return nil
	}
	timing := new(element)
	s, whole := dateTime(w.Start)
	switch p := period(w); {
	case !w.Period && w.End == "" && !w.Ended && w.Text == "" && s != "" && whole:
		timing.texts("event", []string{s})
		return timing
	case p != nil && (w.Start != "" || w.End != "") && (w.Period || w.End != ""):
		repeat := new(element)
		repeat.put("boundsPeriod", p)
		timing.put("repeat", repeat)
		return timing
	}
	r.note("To be taken", w.Human())
	return nil
}

// dispenseRequest puts what may be handed out.
func (r *resource) dispenseRequest(m *record.MedicationStatement) {
	e := new(element)
	if n := wholeNumber(m.RepeatsAllowed); n != "" {
		e.number("numberOfRepeatsAllowed", n)
	} else {
		r.note("Refills allowed", m.RepeatsAllowed)
	}
	if q := simpleQuantity(m.Quantity); q != nil {
		e.put("quantity", q)
	} else {
		r.note("Amount per fill", m.Quantity.String())
	}
	if d := days(m.DaysSupply); d != nil {
		e.put("expectedSupplyDuration", d)
	} else {
		r.note("Days of supply", m.DaysSupply.String())
	}
	r.put("dispenseRequest", e)
}

// days is a Duration (drt-1: a UCUM unit of time), or nil where the amount is
// not in days.
func days(q record.Quantity) *element {
	switch strings.ToLower(q.UnitWords()) {
	case "d", "day", "days", "":
	default:
		return nil
	}
	if q.Empty() || q.Comparator != "" {
		return nil
	}
	return quantity(record.Quantity{Value: q.Value, Unit: nonEmpty(q.Unit, "days"), System: record.UCUM, Code: "d"})
}

// medicationDispense fills a MedicationDispense
// (https://hl7.org/fhir/R4/medicationdispense.html).
func (r *resource) medicationDispense(m *record.MedicationStatement) {
	r.medicationStatus(m, dispenseStatus)
	r.first("statusReasonCodeableConcept", m.StatusReason, "Reason for the status")
	r.first("category", m.Category, "Category")
	r.medicine(m)
	r.subject("subject")
	r.put("context", r.w.reference(m.Encounter, "Encounter"))
	r.list("performer", actors("actor", []string{m.Performer})...)
	r.quantity("quantity", m.Quantity, "Amount per fill")
	r.quantity("daysSupply", m.DaysSupply, "Days of supply")
	r.date("whenHandedOver", m.AuthoredOn)
	r.list("dosageInstruction", dosages(m.Dosage, nil)...)
	r.note("Taken", m.Effective.Human())
	r.note("Prescribed by", m.Requester)
	r.note("Refills allowed", m.RepeatsAllowed)
	r.note("Information from", m.InformationFrom)
	for _, c := range m.Reason {
		r.note("For", c.String())
	}
}
