package ccda

import (
	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// document reads header, sections and body. The DocumentReference is filed last,
// when it is known what pictures the sections brought.
func (r *reader) document() error {
	r.header()
	r.addPatients()
	r.body()
	if r.err == nil {
		r.err = r.ctx.Err()
	}
	if r.err != nil {
		return r.err
	}
	r.addDocument()
	return nil
}

// header reads what the document says of itself (CDA R2, section 4.2).
func (r *reader) header() {
	root, d := r.root, r.doc
	r.name = idWords(child(root, "id"))
	if r.name == "" {
		r.name = "ClinicalDocument"
	}
	d.Status = "current"
	d.Type = r.concept(child(root, "code"))
	d.Title = oneLine(content(child(root, "title")))
	d.Date, _ = r.date(child(root, "effectiveTime"))
	r.made, r.version = d.Date.Day(), string(d.Date)
	d.Custodian = organisation(child(root, "custodian", "assignedCustodian", "representedCustodianOrganization"))
	r.custodian = d.Custodian
	if r.custodian == "" {
		if id, ok := identifier(child(root, "custodian", "assignedCustodian", "representedCustodianOrganization", "id")); ok {
			r.custodian = joinWords("|", id.System, id.Value)
		} else if id := attr(child(root, "custodian", "assignedCustodian", "representedCustodianOrganization", "id"), "root"); id != "" {
			r.custodian = oid.Root(id)
		}
	}
	for a := range children(root, "author") {
		if name, _ := r.assigned(child(a, "assignedAuthor"), true); name != "" {
			d.Author = append(d.Author, name)
		}
	}
	for x := range children(root, "documentationOf") {
		if w := r.interval(child(x, "serviceEvent", "effectiveTime")); d.Period.Empty() {
			d.Period = w
		}
	}
	r.replaced()
	d.Encounter.Display = r.encompassing(child(root, "componentOf", "encompassingEncounter"))
	r.security = confidentiality(root)
}

// encompassing is the visit that the document is about, in one line.
func (r *reader) encompassing(n *node) string {
	if n == nil {
		return ""
	}
	return joinWords(", ", r.concept(child(n, "code")).String(), r.interval(child(n, "effectiveTime")).Human(),
		organisation(child(n, "location", "healthCareFacility", "location")), organisation(child(n, "location", "healthCareFacility", "serviceProviderOrganization")))
}

// confidentiality is the label of a document or section where it is restricted
// or very restricted (HL7 v3 Confidentiality R, V).
func confidentiality(n *node) []record.Coding {
	c := child(n, "confidentialityCode")
	switch attr(c, "code") {
	case "R", "V":
		return []record.Coding{{System: v3Confidentiality, Code: attr(c, "code"), Display: oneLine(attr(c, "displayName"))}}
	}
	return nil
}

// body reads the structured or the unstructured body. Entries that stand
// straight under the document, as Apple's export_cda.xml has them, count as a
// section without a head.
func (r *reader) body() {
	for c := range children(r.root, "component") {
		if body := child(c, "nonXMLBody"); body != nil {
			r.unstructured(body)
		}
		body := child(c, "structuredBody")
		around := labelled(body, nil)
		for s := range children(body, "component") {
			if s = child(s, "section"); s != nil {
				r.section(s, 0, around, otherArea)
			}
		}
		if s := child(c, "section"); s != nil {
			r.section(s, 0, nil, otherArea)
		}
	}
	if child(r.root, "entry") != nil {
		r.entries(&section{node: r.root})
	}
}

// unstructured keeps the file that is the whole document (Unstructured Document
// 2.16.840.1.113883.10.20.22.1.10).
func (r *reader) unstructured(body *node) {
	a, err := r.attachment(child(body, "text"), r.doc.Title)
	if err != nil {
		r.err = err
		return
	}
	r.doc.Content = append(r.doc.Content, a)
}
