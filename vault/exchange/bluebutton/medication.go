package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var prescriptionKeys = layout{
	starts: []string{"medication"},
	keys:   []string{"status", "refills remaining", "last filled on", "initially ordered on", "quantity", "days supply", "pharmacy", "prescription number", "indication", "provider", "expires on", "fill date", "prescribed on", "prescribed by", "facility", "reason for use"},
	prose:  []string{"instructions"},
}

// prescriptionStatus are the VA's words for the state of a prescription, by its
// own glossary, in the words of FHIR. Others stay as they are: "expired" says
// that it is too old to fill, not that the medicine was stopped.
var prescriptionStatus = map[string]string{
	"active": "active", "active: refill in process": "active", "refill in process": "active", "active: submitted": "active", "active: parked": "active", "active: suspended": "active", "active: non-va": "active",
	"hold": "on-hold", "on hold": "on-hold", "active: on hold": "on-hold", "provider hold": "on-hold",
	"discontinued": "stopped", "discontinued by provider": "stopped", "discontinued (edit)": "stopped",
}

// prescription reads a prescription that the VA filled. Refills that remain are
// not refills allowed (CLINICAL-SAFETY hazard 15), so they stay a note.
func (r *reader) prescription(s *section, it *item) {
	m := &record.MedicationStatement{Origin: record.Request, Medication: words(it.get("medication", "title"))}
	written := it.get("status")
	m.Status = strings.ToLower(written)
	if fhir, ok := prescriptionStatus[m.Status]; ok {
		m.Status = fhir
	}
	if !strings.EqualFold(m.Status, written) {
		m.Note = append(m.Note, "Status in the report: "+written)
	}
	m.AuthoredOn, _ = it.day("initially ordered on", "prescribed on")
	m.DateAsserted = r.doc.Date.Day()
	if sig := it.get("instructions"); sig != "" {
		m.Dosage = []record.Dosage{{Text: sig}}
	}
	m.Quantity, m.DaysSupply = amount(it.get("quantity"), ""), amount(it.get("days supply"), "days")
	pharmacy, number := it.get("pharmacy", "facility"), it.get("prescription number")
	m.Performer = pharmacy
	m.Reason = several(it.get("indication", "reason for use"))
	m.Requester = it.get("provider", "prescribed by")
	if number != "" {
		m.Note = append(m.Note, "Prescription Number: "+number)
	}
	m.Note = append(m.Note, it.rest()...)
	r.add(s, it.first, it.last, m, "medication", func(rec *record.Record) {
		if number != "" && pharmacy != "" && !s.self {
			rec.Provenance[0].Identifiers = []record.Identifier{{System: "VA prescription number of " + pharmacy, Value: number}}
		}
	})
}

var medicineKeys = layout{
	starts: []string{"drug name", "medication", "medication name", "medication/supplement", "title"},
	keys:   []string{"category", "prescription number", "strength", "dose", "frequency", "start date", "stop date", "pharmacy name", "pharmacy phone", "reason for taking", "supply", "orig drug entry", "status", "source", "last filled on", "prescribed on", "prescribed by", "facility", "reason for use", "quantity", "refills left"},
	prose:  []string{"comments", "instructions"},
	bullet: true,
}

// medicine reads a medicine that the patient entered. No status is stated, and
// none is made up.
func (r *reader) medicine(s *section, it *item) {
	if r.grammar == vaGov {
		it.silence()
		r.prescription(s, it)
		return
	}
	m := &record.MedicationStatement{Origin: record.Statement, Medication: words(it.get(medicineKeys.starts...))}
	from, to := it.get("start date"), it.get("stop date")
	if from != "" || to != "" {
		m.Effective = during(from, to)
	}
	m.DateAsserted = r.doc.Date.Day()
	if sig := strings.Join(fields(it.get("dose"), it.get("frequency"), it.get("instructions")), " "); sig != "" {
		m.Dosage = []record.Dosage{{Text: sig}}
	}
	m.Reason = several(it.get("reason for taking"))
	if s.self {
		m.Reported = "true"
	}
	m.Note = it.rest()
	r.add(s, it.first, it.last, m, "medication")
}

// amount is a number with a unit that its key states; words stay out.
func amount(v, unit string) record.Quantity {
	q, _ := quantity(v, unit)
	return q
}
