package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// document is an International Patient Summary: what is known now, by section,
// as package clinic sorts it. What is not in a section is told in words.
type document struct {
	w        *writer
	summary  clinic.Summary
	sections []*section
	records  []record.Record // the entries, each once
	left     []string        // what could not be included
}

func newDocument(w *writer) *document {
	all := w.usable()
	w.about.kind, w.summary = "Composition", true
	d := &document{w: w, summary: clinic.Summarise(w.person(), all).Apart()}
	further := 0
	for _, r := range all {
		if r.Resource.Kind() == record.KindPatient && r.ID != w.sel.Person.ID {
			further++
		}
	}
	d.arrange()
	for _, s := range d.sections {
		d.records = append(d.records, s.records()...)
	}
	w.admit(d.records)
	w.targets[w.sel.Person.ID] = w.patient
	d.left = append(d.left, d.omitted(all)...)
	if further > 0 {
		d.left = append(d.left, "The person is described in "+count(further, "further file entry", "further file entries")+", not repeated here.")
	}
	return d
}

// omitted says how many records the summary does not hold as coded entries.
func (d *document) omitted(all []record.Record) []string {
	in := map[record.ID]bool{}
	for _, r := range d.records {
		in[r.ID] = true
	}
	held, other := 0, 0
	for _, r := range all {
		switch {
		case in[r.ID] || r.Resource.Kind() == record.KindPatient:
		case r.Summary().Standing == record.Held:
			held++
		default:
			other++
		}
	}
	var out []string
	if held > 0 {
		out = append(out, heldWords(held))
	}
	if other > 0 {
		out = append(out, count(other, "further entry of the record is", "further entries of the record are")+" not coded here, because past, planned, denied, about someone else, or of a kind that a summary has no place for. Each section says what it leaves out.")
	}
	return out
}

func heldWords(n int) string {
	return count(n, "entry carries something that is not understood and is not in this summary.", "entries carry something that is not understood and are not in this summary.")
}

// entries gives the resources of the document, the Composition first.
func (d *document) entries() func(yield func(entry) error) error {
	return func(yield func(entry) error) error {
		if err := each([]entry{d.composition(), d.w.resource(d.w.person())}, yield); err != nil {
			return err
		}
		for _, r := range d.records {
			if err := yield(d.w.resource(r)); err != nil {
				return err
			}
		}
		return each(d.w.provenance(append([]record.Record{d.w.person()}, d.records...)), yield)
	}
}

func (d *document) composition() entry {
	var p page
	p.head("Patient summary for " + d.w.name())
	for _, s := range d.w.statement(d.records, d.left) {
		p.say(s)
	}
	c := d.w.composition("Patient summary for "+d.w.name(), &p)
	meta := new(element)
	meta.texts("profile", []string{profiles + "Composition-uv-ips"})
	c.put("meta", meta)
	var sections []*element
	for _, s := range d.sections {
		sections = append(sections, s.element(d.w))
	}
	c.list("section", sections...)
	return entry{d.w.about, c}
}
