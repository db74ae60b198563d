package fhir

import "github.com/carnet-phr/carnet/vault/record"

// The US Core extensions on Patient
// (https://hl7.org/fhir/us/core/StructureDefinition-us-core-patient.html).
const (
	raceURL      = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
	ethnicityURL = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity"
	religionURL  = "http://hl7.org/fhir/StructureDefinition/patient-religion"
)

func patient(it *item) record.Resource {
	v := it.res
	p := &record.Patient{
		BirthDate: it.dated("birthDate"), Gender: v.TextOf("gender"),
		Deceased: it.deceased(), Telecom: telecoms(v.Get("telecom")), MaritalStatus: conceptOf(v.Get("maritalStatus")),
		Race: it.usCore(raceURL), Ethnicity: it.usCore(ethnicityURL), Inactive: v.Get("active").Kind() == 'f',
	}
	for _, n := range v.Each("name") {
		if name := humanName(n); name.String() != "" {
			p.Name = append(p.Name, name)
		}
	}
	for _, a := range v.Each("address") {
		p.Address = append(p.Address, address(a))
	}
	for _, c := range v.Each("communication") {
		if l := conceptOf(c.Get("language")); !l.Empty() {
			p.Language = append(p.Language, l)
		}
	}
	for _, e := range v.Each("extension") {
		if e.TextOf("url") == religionURL {
			p.Religion = conceptOf(e.Get("valueCodeableConcept"))
		}
	}
	for _, c := range v.Each("contact") {
		p.Contact = append(p.Contact, it.contact(c))
	}
	it.names(&p.GeneralPractitioner, v.Get("generalPractitioner"), "")
	it.patientLinks(p)
	it.system(v.Get("managingOrganization"))
	return p
}

// patientLinks keeps the links that are modifiers: what was replaced must not
// pass for the present entry (hazard 33).
func (it *item) patientLinks(p *record.Patient) {
	for _, l := range it.res.Each("link") {
		ref := it.link(l.Get("other"))
		switch l.TextOf("type") {
		case "replaced-by", "replace": // DSTU2 has the shorter word
			p.ReplacedBy = append(p.ReplacedBy, ref)
		case "seealso", "refer":
			p.SeeAlso = append(p.SeeAlso, ref)
		}
	}
}

func (it *item) deceased() record.When {
	w := it.when("deceased")
	if it.res.Get("deceasedBoolean").Kind() == 't' {
		w.Ended = true
	}
	return w
}

func humanName(v value) record.HumanName {
	if v.Kind() != '{' {
		return record.HumanName{Text: v.Text()}
	}
	return record.HumanName{
		Text: v.TextOf("text"), Family: v.Get("family").First().Text(), Given: texts(v.Get("given")),
		Prefix: texts(v.Get("prefix")), Suffix: texts(v.Get("suffix")), Use: v.TextOf("use"),
	}
}

func telecoms(list value) []record.ContactPoint {
	var out []record.ContactPoint
	for _, t := range list.Items() {
		if t.TextOf("value") != "" {
			out = append(out, record.ContactPoint{System: t.TextOf("system"), Value: t.TextOf("value"), Use: t.TextOf("use")})
		}
	}
	return out
}

func address(v value) record.Address {
	return record.Address{
		Text: v.TextOf("text"), Line: texts(v.Get("line")), City: v.TextOf("city"), State: v.TextOf("state"),
		PostalCode: v.TextOf("postalCode"), Country: v.TextOf("country"), Use: v.TextOf("use"),
	}
}

func (it *item) contact(v value) record.Contact {
	c := record.Contact{Name: humanName(v.Get("name")).String(), Relationship: conceptOf(v.Get("relationship").First()), Telecom: telecoms(v.Get("telecom"))}
	if v.Get("address").Exists() {
		c.Address = address(v.Get("address"))
	}
	if c.Name == "" {
		c.Name = v.Path("organization", "display").Text()
	}
	return c
}

// usCore reads race and ethnicity: the codes of ombCategory and detailed, with
// the extension's own text.
func (it *item) usCore(url string) []record.Concept {
	var out []record.Concept
	for _, e := range it.res.Each("extension") {
		if e.TextOf("url") != url {
			continue
		}
		if c := e.Get("valueCodeableConcept"); c.Exists() {
			out = append(out, conceptOf(c))
			continue
		}
		var c record.Concept
		for _, part := range e.Each("extension") {
			switch part.TextOf("url") {
			case "ombCategory", "detailed":
				c.Coding = append(c.Coding, codings(part.Get("valueCoding"))...)
			case "text":
				c.Text = part.TextOf("valueString")
			}
		}
		if !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}
