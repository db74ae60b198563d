package ips

import "github.com/carnet-phr/carnet/vault/record"

const profiles = "http://hl7.org/fhir/uv/ips/StructureDefinition/"

// name is the person's name for titles.
func (w *writer) name() string {
	return nonEmpty(w.sel.Patient().DisplayName(), "a person without a name")
}

// composition is the Composition of a summary, without its sections. Its authors
// are the patient and the software; nobody attests it.
func (w *writer) composition(title string, p *page) *element {
	e := obj("resourceType", "Composition", "id", w.about.id, "language", "en")
	e.put("text", p.narrative())
	e.list("contained", w.carnet())
	e.text("status", "final")
	typ := new(element)
	typ.list("coding", coding(record.Coding{System: record.LOINC, Code: "60591-5", Display: "Patient summary Document"}))
	e.put("type", typ)
	e.put("subject", w.to(w.patient))
	e.text("date", w.made())
	e.list("author", w.to(w.patient), obj("reference", "#carnet"))
	e.text("title", title)
	e.token("confidentiality", strictest(w.usable()))
	event := new(element)
	event.list("code", oneOf("http://terminology.hl7.org/CodeSystem/v3-ActClass", "PCPR"))
	first, last := w.sel.Period()
	event.put("period", period(record.When{Start: first, End: last}))
	e.list("event", event)
	return e
}
