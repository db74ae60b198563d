package ips

import "github.com/carnet-phr/carnet/vault/record"

// immunization fills an Immunization
// (https://hl7.org/fhir/R4/immunization.html).
func (r *resource) immunization(i *record.Immunization) {
	r.status("status", i.Status, vaccineStatus, nil)
	r.put("statusReason", concept(i.StatusReason))
	r.put("vaccineCode", conceptOr(i.VaccineCode, "Vaccine that the source does not name"))
	r.subject("patient")
	r.put("encounter", r.w.reference(i.Encounter, "Encounter"))
	r.whenOr("occurrence", i.Occurrence, withString)
	r.date("recorded", i.Recorded)
	r.origin(i)
	r.put("location", display(i.Location))
	r.put("manufacturer", display(i.Manufacturer))
	r.text("lotNumber", i.LotNumber)
	if i.ExpirationDate != "" {
		r.day("expirationDate", i.ExpirationDate)
	}
	r.put("site", concept(i.Site))
	r.put("route", concept(i.Route))
	r.quantity("doseQuantity", i.DoseQuantity, "Dose")
	r.list("performer", actors("actor", []string{i.Performer})...)
	r.list("reasonCode", concepts(i.Reason)...)
	if i.Subpotent {
		r.flag("isSubpotent", true)
	}
	r.doses(i)
	r.vaccineReactions(i.Reaction)
	r.noteAll("", i.Note)
}

// origin says whether the one who gave the vaccine reports it. What the patient
// enters never comes from there.
func (r *resource) origin(i *record.Immunization) {
	switch {
	case i.PrimarySource == "true":
		r.flag("primarySource", true)
	case i.PrimarySource == "false":
		r.flag("primarySource", false)
	case i.PrimarySource == "" && byPatient(r.rec):
		r.flag("primarySource", false)
	default:
		r.note("First-hand report", i.PrimarySource)
	}
	if i.ReportOrigin.Empty() && byPatient(r.rec) {
		r.put("reportOrigin", words(record.ByPatient.Words()))
		return
	}
	r.put("reportOrigin", concept(i.ReportOrigin))
}

// doses puts protocolApplied; FHIR wants a dose number in it, so the rest
// stands in notes when there is none.
func (r *resource) doses(i *record.Immunization) {
	if i.DoseNumber == "" {
		r.note("Series", i.Series)
		r.note("Doses in the series", i.SeriesDoses)
		return
	}
	e := obj("series", i.Series)
	e.positive("doseNumber", i.DoseNumber)
	e.positive("seriesDoses", i.SeriesDoses)
	r.list("protocolApplied", e)
}

// positive puts a positiveInt, or a string for anything else.
func (e *element) positive(name, s string) {
	if n := wholeNumber(s); n != "" && n != "0" {
		e.number(name+"PositiveInt", n)
		return
	}
	e.text(name+"String", s)
}

func (r *resource) vaccineReactions(rs []record.Reaction) {
	var out []*element
	for _, x := range rs {
		e := new(element)
		if x.Onset.Start != "" {
			e.date("date", x.Onset.Start)
		}
		e.put("detail", display(x.String()))
		out = append(out, e)
		r.noteAll("Note on the reaction", x.Note)
	}
	r.list("reaction", out...)
}

// quantity puts a SimpleQuantity; one that FHIR cannot hold there goes to a note.
func (r *resource) quantity(name string, q record.Quantity, label string) {
	if e := simpleQuantity(q); e != nil {
		r.put(name, e)
		return
	}
	r.note(label, q.String())
}
