package ccd

import (
	"github.com/carnet-phr/carnet/vault/record"
)

const prolog = `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`

// head writes the document up to its first section (US Realm Header,
// 2.16.840.1.113883.10.20.22.1.1, and CCD, 22.1.2). Its authors are the patient,
// who put it together, and the software; nobody authenticated it, and its
// custodian is the patient, who alone keeps the record it is taken from.
func (w *writer) head() {
	w.put(prolog)
	w.add(el("realmCode", "code", "US"), el("typeId", "root", "2.16.840.1.113883.1.3", "extension", "POCD_HD000040"))
	w.add(template("22.1.1|2015-08-01", "22.1.2|2015-08-01")...)
	w.add(el("templateId", "root", Own, "extension", "1"))
	w.add(el("id", "root", w.documentID()), fixed("code", "34133-9", loincOID, "Summarization of Episode Note"), txt("title", "Health record of "+w.name()), ts("effectiveTime", w.made()))
	w.add(fixed("confidentialityCode", w.strictest(), "2.16.840.1.113883.5.25", ""), el("languageCode", "code", "en"))
	w.add(w.recordTarget())
	w.add(el("author").add(ts("time", w.made()), w.oneself(true)), w.software())
	w.add(w.custodian(), w.recipient())
	w.add(w.contacts()...)
	w.add(w.service())
	w.put("<component><structuredBody>")
	w.section(w.about())
}

// documentID tells one export from another that was made in the same second.
func (w *writer) documentID() string {
	parts := []string{"document", string(w.sel.Person.ID), string(w.made())}
	for _, r := range w.records {
		parts = append(parts, string(r.ID))
	}
	return uuid(parts...)
}

func (w *writer) name() string {
	return nonEmpty(clean(w.sel.Patient().DisplayName()), "a person without a name")
}

// strictest is the highest confidentiality that any record carries, in the order
// of v3 Confidentiality; normal at the least (CLINICAL-SAFETY hazard 50).
func (w *writer) strictest() string {
	const order = "NRV"
	level := 0
	for _, rec := range w.records {
		level = max(level, labelled(rec))
	}
	return order[level : level+1]
}

func labelled(rec record.Record) int {
	level := 0
	for _, p := range rec.Provenance {
		for _, c := range p.Security {
			switch c.Code {
			case "R":
				level = max(level, 1)
			case "V":
				level = max(level, 2)
			}
		}
	}
	return level
}

func (w *writer) software() *element {
	a := el("assignedAuthor").add(party("software", "Carnet"), null("addr", "NA"), null("telecom", "NA"),
		el("assignedAuthoringDevice").add(txt("manufacturerModelName", "Carnet"), txt("softwareName", "Carnet "+nonEmpty(w.sel.Version, "of an unknown version"))),
		el("representedOrganization").add(null("id", "NA"), txt("name", "Carnet, on the patient's own computer"), null("telecom", "NA"), null("addr", "NA")))
	return el("author").add(ts("time", w.made()), a)
}

func (w *writer) custodian() *element {
	org := el("representedCustodianOrganization").add(party("custodian", string(w.sel.Person.ID)),
		txt("name", "Kept by the patient, "+w.name()+"; no organisation keeps it"), null("telecom", "NA"), null("addr", "NA"))
	return el("custodian").add(el("assignedCustodian").add(org))
}

// recipient is whom the patient made the document for.
func (w *writer) recipient() *element {
	n := txt("name", w.sel.Scope.For)
	if n == nil {
		return nil
	}
	return el("informationRecipient").add(el("intendedRecipient").add(party("recipient", w.sel.Scope.For), el("informationRecipient").add(n)))
}

// service is the time of care that the document speaks of, and who cares for the
// patient.
func (w *writer) service() *element {
	first, last := w.sel.Period()
	e := el("serviceEvent", "classCode", "PCPR").add(el("effectiveTime").add(ts("low", first), ts("high", last)))
	for _, n := range w.sel.Patient().GeneralPractitioner {
		for _, p := range performer(n) {
			p.kids = append([]*element{fixed("functionCode", "PCP", "2.16.840.1.113883.5.88", "primary care physician")}, p.kids...)
			e.add(p)
		}
	}
	return el("documentationOf").add(e)
}
