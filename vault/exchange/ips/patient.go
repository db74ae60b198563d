package ips

import "github.com/carnet-phr/carnet/vault/record"

// patient fills a Patient (https://hl7.org/fhir/R4/patient.html).
func (r *resource) patient(p *record.Patient) {
	main := r.rec.ID == r.w.sel.Person.ID
	if p.Inactive {
		r.flag("active", false)
	}
	r.list("name", r.names(p.Name)...)
	r.list("telecom", telecoms(p.Telecom)...)
	r.code("gender", p.Gender, gender, "Sex in the source")
	if p.BirthDate == "" {
		r.missing("birthDate")
	} else {
		r.day("birthDate", p.BirthDate)
	}
	r.deceased(p.Deceased)
	var addresses []*element
	for _, a := range p.Address {
		addresses = append(addresses, address(a))
	}
	r.list("address", addresses...)
	r.put("maritalStatus", concept(p.MaritalStatus))
	r.contacts(p.Contact)
	var languages []*element
	for _, l := range p.Language {
		e := new(element)
		e.put("language", concept(l))
		languages = append(languages, e)
	}
	r.list("communication", languages...)
	r.list("generalPractitioner", displays(p.GeneralPractitioner)...)
	r.demographics(p)
	r.links(p, main)
}

// names are the names of a person. IPS requires one: where there is none, a
// summary says so.
func (r *resource) names(ns []record.HumanName) []*element {
	var out []*element
	for _, n := range ns {
		if n.String() != "" {
			out = append(out, humanName(n))
		}
	}
	if len(out) == 0 && r.w.summary {
		n := new(element)
		n.list("extension", absent("unknown"))
		n.text("text", "Name not given")
		out = append(out, n)
	}
	return out
}

func (r *resource) deceased(w record.When) {
	switch {
	case w.Empty():
	case w.Start.Precision() != record.NoDate && w.End == "" && w.Text == "":
		r.date("deceasedDateTime", w.Start)
	default:
		r.flag("deceasedBoolean", true)
		r.note("Deceased", w.Human())
	}
}

// contacts puts the people to call; one without name, number and address says
// nothing (pat-1).
func (r *resource) contacts(cs []record.Contact) {
	var out []*element
	for _, c := range cs {
		e := new(element)
		e.put("name", obj("text", c.Name))
		e.list("telecom", telecoms(c.Telecom)...)
		e.put("address", address(c.Address))
		if len(e.members) == 0 {
			r.note("Contact person", c.Relationship.String())
			continue
		}
		e.list("relationship", concept(c.Relationship))
		out = append(out, e)
	}
	r.list("contact", out...)
}

// links keeps Patient.link, a modifier (hazard 33), and ties further entries
// about the person to the first.
func (r *resource) links(p *record.Patient, main bool) {
	var out []*element
	add := func(kind string, other *element) {
		if other == nil || len(other.members) == 0 {
			other = display("another entry for the same person")
		}
		e := new(element)
		e.put("other", other)
		e.token("type", kind)
		out = append(out, e)
	}
	for _, ref := range p.ReplacedBy {
		add("replaced-by", r.w.reference(ref, "Patient"))
	}
	for _, ref := range p.SeeAlso {
		add("seealso", r.w.reference(ref, "Patient"))
	}
	if !main {
		add("seealso", r.w.to(r.w.patient))
	}
	r.list("link", out...)
}

func humanName(n record.HumanName) *element {
	e := new(element)
	if nameUse.has(n.Use) {
		e.token("use", n.Use)
	}
	e.text("text", n.String())
	e.text("family", n.Family)
	e.texts("given", n.Given)
	e.texts("prefix", n.Prefix)
	e.texts("suffix", n.Suffix)
	return e
}

// telecoms are ContactPoints; FHIR wants a system with each (cpt-2), so one
// that the source gives no system for is of the system "other".
func telecoms(cs []record.ContactPoint) []*element {
	var out []*element
	for _, c := range cs {
		e := new(element)
		e.text("value", c.Value)
		if len(e.members) == 0 {
			continue
		}
		system := "other"
		if telecomSystem.has(c.System) {
			system = c.System
		}
		e.token("system", system)
		if telecomUse.has(c.Use) {
			e.token("use", c.Use)
		}
		out = append(out, e)
	}
	return out
}

func address(a record.Address) *element {
	e := obj("text", a.Text)
	e.texts("line", a.Line)
	for _, m := range []member{{"city", a.City}, {"state", a.State}, {"postalCode", a.PostalCode}, {"country", a.Country}} {
		e.text(m.name, m.value.(string))
	}
	if addressUse.has(a.Use) && len(e.members) > 0 {
		e.token("use", a.Use)
	}
	return e
}
