package ips

import "github.com/carnet-phr/carnet/vault/record"

// document fills a DocumentReference
// (https://hl7.org/fhir/R4/documentreference.html). The sections of a clinical
// document stand in its narrative.
func (r *resource) document(d *record.DocumentReference) {
	r.status("status", d.Status, documentStatus, nil)
	if d.DocStatus != "" {
		r.code("docStatus", d.DocStatus, docStatus, "Status of the document in the source")
	}
	r.put("type", concept(d.Type))
	r.list("category", concepts(d.Category)...)
	r.subject("subject")
	if d.Date != "" {
		r.instant("date", d.Date)
	}
	authors := d.Author
	if a := r.author(); len(authors) == 0 && a != "" {
		authors = []string{a}
	}
	r.list("author", r.whos(authors)...)
	r.put("custodian", display(d.Custodian))
	r.text("description", nonEmpty(d.Title, d.Description))
	if d.Title != "" {
		r.note("Description", d.Description)
	}
	r.noteAll("Replaces", d.Replaces)
	r.list("content", contents(d)...)
	context := new(element)
	context.list("encounter", r.w.reference(d.Encounter, "Encounter"))
	if p := span(d.Period); p != nil {
		context.put("period", p)
	} else {
		r.note("Covers", d.Period.Human())
	}
	r.put("context", context)
}

// contents are the files of a document. FHIR wants one at the least: a document
// without files is its narrative, and the content is its title alone. The date
// stands there too where it is too coarse for DocumentReference.date.
func contents(d *record.DocumentReference) []*element {
	files := attachments(d.Content)
	if len(files) == 0 {
		files = []*element{obj("title", d.Summary().Title)}
	}
	var out []*element
	for _, a := range files {
		if !a.has("title") {
			a.text("title", d.Title)
		}
		if !a.has("creation") && instant(d.Date) == "" {
			a.date("creation", d.Date)
		}
		e := new(element)
		e.put("attachment", a)
		out = append(out, e)
	}
	return out
}
