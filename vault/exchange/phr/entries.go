package phr

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// status puts the underscore of MediKeep's words into the hyphen of FHIR's:
// "on_hold", "in_progress". All other words stay as they are.
func status(v value) string {
	switch s := v.TextOf("status"); s {
	case "on_hold":
		return "on-hold"
	case "in_progress":
		return "in-progress"
	default:
		return s
	}
}

func (r *reader) medication(v value, at string) {
	m := &record.MedicationStatement{
		Origin: record.Statement, Status: status(v), Medication: words(v, "medication_name"), Effective: r.span(v, "start_date", "end_date", at),
		Reason: concepts(v, "indication"), Requester: v.TextOf("prescribed_by"), Note: notes(v, "alternative_name", "notes"),
	}
	if text := joined(v.TextOf("dosage"), v.TextOf("frequency")); text != "" || v.TextOf("route") != "" {
		m.Dosage = []record.Dosage{{Text: joined(text, v.TextOf("route")), Route: words(v, "route"), Timing: v.TextOf("frequency")}}
	}
	r.file(v, at, m)
}

// allergy keeps the severity with the reaction: no criticality is made of it
// (hazard 41).
func (r *reader) allergy(v value, at string) {
	a := &record.AllergyIntolerance{ClinicalStatus: status(v), Code: words(v, "allergen"), Onset: r.at(v, "onset_date", at), Note: notes(v, "notes")}
	if react, severity := concepts(v, "reaction"), v.TextOf("severity"); react != nil || severity != "" {
		a.Reaction = []record.Reaction{{Manifestation: react, Severity: severity}}
	}
	r.file(v, at, a)
}

func (r *reader) condition(v value, at string) {
	c := &record.Condition{
		ClinicalStatus: status(v), Code: words(v, "condition_name"), Onset: r.at(v, "onset_date", at), Asserter: v.TextOf("diagnosed_by"), Note: notes(v, "notes"),
	}
	if d := v.TextOf("diagnosis"); c.Code.Text == "" {
		c.Code.Text = d
	} else if d != "" && d != c.Code.Text {
		c.Note = append(c.Note, "diagnosis: "+d)
	}
	r.file(v, at, c)
}

// immunization: MediKeep keeps no status of a vaccine, so none is given.
func (r *reader) immunization(v value, at string) {
	r.file(v, at, &record.Immunization{
		VaccineCode: words(v, "vaccine_name"), Occurrence: r.at(v, "date_administered", at), DoseNumber: v.TextOf("dose_number"),
		LotNumber: v.TextOf("lot_number"), Manufacturer: v.TextOf("manufacturer"), Site: words(v, "site"), Route: words(v, "route"),
		ExpirationDate: r.date(v.Get("expiration_date"), at+"/expiration_date"), Performer: v.TextOf("administered_by"), Note: notes(v, "notes"),
	})
}

func (r *reader) procedure(v value, at string) {
	p := &record.Procedure{
		Status: status(v), Code: words(v, "procedure_name"), Performed: r.at(v, "date", at), Performer: some(v.TextOf("performed_by")),
		Location: v.TextOf("facility"), Note: notes(v, "description", "notes"),
	}
	if c := v.TextOf("code"); c != "" {
		p.Code.Coding = []record.Coding{{Code: c}}
	}
	r.file(v, at, p)
}

func (r *reader) treatment(v value, at string) {
	p := &record.CarePlan{
		Status: status(v), Title: v.TextOf("treatment_name"), Category: append(concepts(v, "treatment_type"), concepts(v, "treatment_category")...),
		Description: joined(v.TextOf("description"), v.TextOf("frequency")), Period: r.span(v, "start_date", "end_date", at), Author: v.TextOf("prescribed_by"),
		Note: notes(v, "notes", "outcome", "location"),
	}
	r.file(v, at, p)
}

func (r *reader) encounter(v value, at string) {
	r.file(v, at, &record.Encounter{
		Period: r.at(v, "date", at), Reason: concepts(v, "reason"), Participant: some(v.TextOf("practitioner")), Note: notes(v, "notes"),
	})
}

func (r *reader) injury(v value, at string) {
	r.file(v, at, &record.Condition{
		ClinicalStatus: status(v), Code: words(v, "injury_name"), Severity: words(v, "severity"), Category: append([]record.Concept{{Text: "Injury"}}, concepts(v, "injury_type")...),
		Onset: r.at(v, "date_of_injury", at), BodySite: bodySites(v), Asserter: v.TextOf("practitioner"),
		Note: notes(v, "notes", "mechanism", "treatment_received", "recovery_notes", "tags"),
	})
}

func bodySites(v value) []record.Concept {
	if w := joined(v.TextOf("body_part"), v.TextOf("laterality")); w != "" {
		return []record.Concept{{Text: w}}
	}
	return nil
}
