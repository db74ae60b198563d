package fhir

import "github.com/carnet-phr/carnet/vault/record"

const sectionDepthLimit = 20 // sections inside sections

// composition reads a Composition: the document's sections with the text that
// its author attested. The entries are items of their own.
func composition(it *item) record.Resource {
	v := it.res
	d := &record.DocumentReference{
		DocStatus: v.TextOf("status"), Type: conceptOf(v.Get("type")), Category: conceptsOf(v.Get("category")), Title: v.TextOf("title"),
		Date: it.dated("date"), Encounter: it.link(v.Get("encounter")), Text: narrativeOf(v.Get("text")),
	}
	it.names(&d.Author, v.Get("author"), "")
	it.name(&d.Custodian, v.Get("custodian"))
	it.system(v.Get("custodian"))
	it.by(v.Get("author"))
	for _, e := range v.Each("event") {
		if p := it.period(e.Get("period"), "event/period"); d.Period.Empty() {
			d.Period = p
		}
	}
	for _, r := range v.Each("relatesTo") {
		if r.TextOf("code") != "replaces" {
			continue
		}
		if id := r.Get("targetIdentifier"); id.Exists() {
			d.Replaces = append(d.Replaces, id.TextOf("system")+"|"+id.TextOf("value"))
		} else {
			d.Replaces = append(d.Replaces, replaced(it.ref(r.Get("targetReference"))))
		}
	}
	it.sections(d, v.Get("section"), it.pointer+"/section", 0)
	if c := v.TextOf("confidentiality"); c != "" {
		it.provenance.Security = append(it.provenance.Security, record.Coding{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: c})
	}
	return d
}

func (it *item) sections(d *record.DocumentReference, list value, pointer string, depth int) {
	if depth > sectionDepthLimit {
		it.warn("section", "sections are nested deeper than 20 levels; the deeper ones stand in the original")
		return
	}
	for i, s := range list.Items() {
		at := pointer + "/" + itoa(i)
		section := record.Section{
			Title: s.TextOf("title"), Code: conceptOf(s.Get("code")), Depth: depth, Text: narrativeOf(s.Get("text")),
			EmptyReason: statusOf(s.Get("emptyReason")), Entries: s.Get("entry").Len(), Place: at,
		}
		if section.EmptyReason == "" {
			section.EmptyReason = nullFlavorOf(s)
		}
		d.Section = append(d.Section, section)
		it.sections(d, s.Get("section"), at+"/section", depth+1)
	}
}

// nullFlavorOf is the reason that a converted CDA section carries.
func nullFlavorOf(s value) string {
	for _, e := range s.Each("extension") {
		switch e.TextOf("url") {
		case "http://hl7.org/fhir/StructureDefinition/iso21090-nullFlavor", dataAbsentURL:
			return e.TextOf("valueCode")
		}
	}
	return ""
}
