package ips

import "github.com/carnet-phr/carnet/vault/record"

// basic fills a Basic (https://hl7.org/fhir/R4/basic.html): an entry of a type
// that has no struct of its own. Its rows stand in the narrative and, for
// software, in an extension. A negated entry has no code, only words.
func (r *resource) basic(o *record.Other) {
	s := o.Summary()
	if o.Absent || o.DoNotPerform {
		url := negatedURL
		if o.DoNotPerform {
			url = notToDoURL
		}
		r.statement(s.Title, url, nonEmpty(o.Title, o.Code.String()), o.Details())
		return
	}
	code := o.Code
	code.Text = nonEmpty(nonEmpty(o.Title, o.Code.Text), s.Title)
	r.basicBody(concept(code), o.Details())
	if o.When.Start != "" {
		x := obj("url", dateURL)
		x.date("valueDateTime", o.When.Start)
		r.extensions = append(r.extensions, x)
	}
}

// statement is a Basic that says in words alone that something is not so.
func (r *resource) statement(title, url, denied string, rows []record.Detail) {
	r.basicBody(words(title), rows)
	r.negated(url, denied)
}

// negated names what the words of an entry deny, for a reader of our own: the
// type has no element that could.
func (r *resource) negated(url, denied string) {
	if denied != "" {
		r.extensions = append(r.extensions, obj("url", url, "valueString", denied))
	}
}

func (r *resource) basicBody(code *element, rows []record.Detail) {
	r.put("code", code)
	r.subject("subject")
	if byPatient(r.rec) {
		r.put("author", r.w.to(r.w.patient))
	}
	for _, row := range rows {
		x := obj("url", rowURL)
		x.list("extension", obj("url", "label", "valueString", row.Label), obj("url", "value", "valueString", row.Value))
		r.extensions = append(r.extensions, x)
	}
}
