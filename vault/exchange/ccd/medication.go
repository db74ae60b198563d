package ccd

import (
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var medicineSystems = systems{record.RxNorm}

// acts give the ActStatus of a status of FHIR's medicines.
var acts = map[string]string{
	"active": "active", "in-progress": "active", "completed": "completed", "ended": "completed", "inactive": "completed", "stopped": "aborted", "aborted": "aborted",
	"on-hold": "suspended", "suspended": "suspended",
}

// actStatuses are the words that statusCode may have.
const actStatuses = " active completed aborted suspended held new cancelled "

// act is the status of the act; "" where the source states none.
func act(m *record.MedicationStatement) string {
	if m.ActStatus != "" {
		if strings.Contains(actStatuses, " "+m.ActStatus+" ") {
			return m.ActStatus
		}
		return ""
	}
	return acts[m.Status]
}

var medicineStatuses = snomed(
	"active", "55561003", "Active", "on-hold", "421139008", "On hold", "stopped", "392521001", "Prior history", "inactive", "73425007", "Inactive", "completed", "73425007", "Inactive")

// taking is what the source says of the taking, in a status observation: a
// statusCode speaks of the act of prescribing (CLINICAL-SAFETY hazard 12).
func taking(m *record.MedicationStatement, act string) *element {
	if m.Status == "" || m.Status == act && m.Status == "active" {
		return nil
	}
	v := known("value", medicineStatuses, m.Status, "xsi:type", "CD")
	if !v.has("nullFlavor") {
		v.add(txt("originalText", m.Status))
	}
	return relate("REFR", el("observation", "classCode", "OBS", "moodCode", "EVN").add(el("templateId", "root", "2.16.840.1.113883.10.20.1.47"),
		fixed("code", "33999-4", loincOID, "Status"), statusCode("completed"), v))
}

// medicine is the medicine of one record: a Medication Activity (22.4.16), or what
// was handed out (22.4.18).
func (s *statement) medicine() *element {
	m := s.line.Resource.(*record.MedicationStatement)
	if m.Origin == record.Dispense {
		return s.dispense(m)
	}
	mood := "EVN"
	if m.Origin == record.Request {
		mood = "INT"
	}
	e := el("substanceAdministration", "classCode", "SBADM", "moodCode", mood).add(template("22.4.16|2014-06-09")...)
	return s.administration(e, m, act(m))
}

// planned is a Planned Medication Activity (22.4.42): nobody says that it was ever
// taken (CLINICAL-SAFETY hazard 14).
func (s *statement) plannedMedicine() *element {
	m := s.line.Resource.(*record.MedicationStatement)
	mood := "INT"
	if m.Intent == "proposal" || m.Intent == "option" {
		mood = "PRP"
	}
	e := el("substanceAdministration", "classCode", "SBADM", "moodCode", mood).add(template("22.4.42|2014-06-09")...)
	return s.administration(e, m, "active")
}

func (s *statement) administration(e *element, m *record.MedicationStatement, state string) *element {
	e.add(s.ids()...).add(s.text(), statusCode(state), taken(m.Effective))
	var d record.Dosage
	if len(m.Dosage) == 1 {
		d = m.Dosage[0]
	}
	e.add(concept("routeCode", d.Route, systems{ncit}), concept("approachSiteCode", d.Site, nil))
	dose := physical("doseQuantity", d.Dose)
	if d.Dose.Empty() {
		dose = span("doseQuantity", d.DoseRange)
	}
	if dose == nil || d.Dose.Comparator != "" {
		dose = null("doseQuantity", "UNK")
	}
	e.add(dose, concept("administrationUnitCode", m.Form, systems{ncit}), el("consumable").add(product(m.Medication, "22.4.23|2014-06-09", medicineSystems)))
	e.add(performer(m.Performer)...).add(s.author(m.AuthoredOn, m.Requester))
	if n := txt("name", m.InformationFrom); n != nil {
		e.add(el("informant").add(el("assignedEntity").add(party("informant", m.InformationFrom), el("assignedPerson").add(n))))
	}
	for _, r := range m.Reason {
		e.add(s.indication(r))
	}
	e.add(s.order(m), s.sig(m.Dosage), taking(m, state))
	for _, i := range d.Instructions {
		e.add(s.instruction(i))
	}
	e.add(s.notes(m.Note)...)
	return e.add(precondition(d.AsNeeded))
}

const ncit = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"

// product is Medication Information (22.4.23) or Immunization Medication
// Information (22.4.54).
func product(c record.Concept, id string, from systems) *element {
	return el("manufacturedProduct", "classCode", "MANU").add(template(id)...).add(el("manufacturedMaterial").add(conceptOr("code", c, from)))
}

// sig is the instruction in words (Medication Free Text Sig, 22.4.147). Several
// dosages have one, for an activity holds one dose alone.
func (s *statement) sig(ds []record.Dosage) *element {
	var all []string
	for _, d := range ds {
		if w := d.String(); w != "" && (d.Text != "" || len(ds) > 1 || d.Patient != "" || d.Timing != "" || d.Rate != "" || d.MaxDose != "") {
			all = append(all, w)
		}
	}
	ref := s.refer("How to take it", strings.Join(all, "; "))
	if ref == nil {
		return nil
	}
	return relate("COMP", el("substanceAdministration", "classCode", "SBADM", "moodCode", "INT").add(template("22.4.147")...).
		add(fixed("code", "76662-6", loincOID, "Instructions Medication"), ref,
			el("consumable").add(el("manufacturedProduct").add(null("manufacturedLabeledDrug", "NA")))))
}

// instruction is an Instruction (22.4.20).
func (s *statement) instruction(words string) *element {
	ref := s.refer("Instruction", words)
	if ref == nil {
		return nil
	}
	return relate("SUBJ", el("act", "classCode", "ACT", "moodCode", "INT").add(template("22.4.20|2014-06-09")...).
		add(null("code", "NI"), ref, statusCode("completed")), "inversionInd", "true")
}

// precondition says when a medicine is taken that is not taken always (22.4.25).
func precondition(s string) *element {
	s = strings.TrimPrefix(s, "as needed: ")
	switch strings.ToLower(s) {
	case "", "false", "no":
		return nil
	case "true", "yes":
		s = "as needed"
	}
	code := assertion().set("xsi:type", "CD")
	return el("precondition", "typeCode", "PRCN").add(el("criterion").add(template("22.4.25|2014-06-09")...).add(code, word("value", s, "xsi:type", "CD")))
}

// indication is why (Indication, 22.4.19).
func (s *statement) indication(c record.Concept) *element {
	v := concept("value", c, nil, "xsi:type", "CD")
	if v == nil {
		return nil
	}
	return relate("RSON", el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.19|2014-06-09")...).add(s.ids()...).
		add(fixed("code", "404684003", snomedOID, "Clinical finding").add(fixed("translation", "75321-0", loincOID, "Clinical finding")), statusCode("completed"), v))
}

// order is what may be handed out (Medication Supply Order, 22.4.17). Its number
// of fills counts the first one too (CLINICAL-SAFETY hazard 15).
func (s *statement) order(m *record.MedicationStatement) *element {
	q := physical("quantity", m.Quantity)
	n, err := strconv.Atoi(m.RepeatsAllowed)
	if m.Quantity.Comparator != "" {
		q = nil
	}
	if q == nil && (err != nil || n < 0) {
		return nil
	}
	e := el("supply", "classCode", "SPLY", "moodCode", "INT").add(template("22.4.17|2014-06-09")...).add(s.ids()...).add(statusCode(act(m)))
	if err == nil && n >= 0 {
		e.add(el("repeatNumber", "value", strconv.Itoa(n+1)))
	}
	return relate("REFR", e.add(q))
}

// dispense is what was handed out. That it is an entry by itself says that no
// order is known for it.
func (s *statement) dispense(m *record.MedicationStatement) *element {
	e := el("supply", "classCode", "SPLY", "moodCode", "EVN").add(template("22.4.18|2014-06-09")...).add(s.ids()...).add(s.text(), statusCode(act(m)))
	handed := m.Effective
	if handed.Empty() {
		handed = record.At(m.AuthoredOn)
	}
	if !handed.Empty() {
		e.add(taken(handed))
	}
	q := physical("quantity", m.Quantity)
	if m.Quantity.Comparator != "" {
		q = nil
	}
	e.add(q, el("product").add(product(m.Medication, "22.4.23|2014-06-09", medicineSystems)))
	e.add(performer(m.Performer)...).add(s.author(m.AuthoredOn, m.Requester))
	for _, r := range m.Reason {
		e.add(s.indication(r))
	}
	return e.add(s.notes(m.Note)...)
}

// noMedicine is a statement that no medicine is taken: medicines as such, negated
// (HL7 C-CDA examples, "No Known Medications").
func (s *statement) noMedicine() *element {
	m := s.line.Resource.(*record.MedicationStatement)
	drug := el("manufacturedProduct", "classCode", "MANU").add(template("22.4.23|2014-06-09")...).
		add(el("manufacturedMaterial").add(null("code", "OTH").add(txt("originalText", "No known medications"), fixed("translation", "410942007", snomedOID, "Drug or medicament"))))
	return el("substanceAdministration", "classCode", "SBADM", "moodCode", "EVN", "negationInd", "true").add(template("22.4.16|2014-06-09")...).add(s.ids()...).
		add(s.text(), statusCode(nonEmpty(act(m), "active")), taken(m.Effective), null("doseQuantity", "NA"), el("consumable").add(drug), s.author(m.AuthoredOn, m.Requester)).
		add(s.notes(m.Note)...)
}
