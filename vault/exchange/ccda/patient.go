package ccda

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// genders gives the FHIR code of an administrativeGenderCode (HL7 v3
// AdministrativeGender). UN is "undifferentiated".
var genders = map[string]string{"F": "female", "M": "male", "UN": "other"}

// addPatients files one Patient for each recordTarget. Two of them are two
// people: the pipeline holds the file until somebody says whose it is.
func (r *reader) addPatients() {
	found := 0
	for t := range children(r.root, "recordTarget") {
		role := child(t, "patientRole")
		if role == nil {
			continue
		}
		found++
		for _, id := range identifiers(role) {
			r.patients[id] = true
		}
		r.addNamed(place{}, role, r.patient(role))
	}
	if found == 0 {
		r.remark(record.Warning, r.root, "the document does not say whose record it is (no recordTarget)")
	}
}

// patient reads a patientRole (US Realm Header 2.16.840.1.113883.10.20.22.1.1).
func (r *reader) patient(role *node) *record.Patient {
	who := child(role, "patient")
	p := &record.Patient{
		Name: names(who), Telecom: telecoms(role), Address: addresses(role),
		Gender:        genders[attr(child(who, "administrativeGenderCode"), "code")],
		MaritalStatus: r.concept(child(who, "maritalStatusCode")),
		Religion:      r.concept(child(who, "religiousAffiliationCode")),
	}
	p.BirthDate = r.birthDate(child(who, "birthTime"))
	if flavor := attr(child(who, "administrativeGenderCode"), "nullFlavor"); p.Gender == "" && flavor == "UNK" {
		p.Gender = "unknown"
	}
	if attr(extension(who, "deceasedInd"), "value") == "true" {
		p.Deceased.Ended = true
	}
	if d := extension(who, "deceasedTime"); d != nil {
		p.Deceased = r.at(d)
	}
	for _, x := range []struct {
		name string
		to   *[]record.Concept
	}{{"raceCode", &p.Race}, {"ethnicGroupCode", &p.Ethnicity}} {
		for c := range children(who, x.name) {
			if k := r.concept(c); !k.Empty() {
				*x.to = append(*x.to, k)
			}
		}
	}
	for l := range children(who, "languageCommunication") {
		if code := attr(child(l, "languageCode"), "code"); code != "" {
			p.Language = append(p.Language, record.Concept{Coding: []record.Coding{{System: "urn:ietf:bcp:47", Code: code, Display: oneLine(attr(child(l, "languageCode"), "displayName"))}}})
		}
	}
	p.Contact = r.contacts(who)
	p.GeneralPractitioner = r.primary()
	return p
}

// primary names the patient's primary care providers: performers of the
// documented care with the function PCP (C-CDA R2.1, 1.1.15).
func (r *reader) primary() []string {
	var names []string
	for x := range children(r.root, "documentationOf") {
		for p := range children(child(x, "serviceEvent"), "performer") {
			if !isCode(child(p, "functionCode"), "PCP", "PP") {
				continue
			}
			if name, _ := r.assigned(child(p, "assignedEntity"), false); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// birthDate is the calendar day as written: never shifted by an offset or a time
// of day (CLINICAL-SAFETY hazard 36). Some writers make it an interval of one
// day.
func (r *reader) birthDate(n *node) record.Date {
	if n != nil && attr(n, "value") == "" && child(n, "low") != nil {
		n = child(n, "low")
	}
	d, words := r.date(n)
	if words != "" {
		const day = 8 // digits
		if len(words) > day {
			d, _ = timestamp(words[:day])
		}
	}
	return d.Day()
}

// contacts are the guardians, and those whom the document names as someone of
// the patient (participant, associatedEntity NOK, ECON, PRS …).
func (r *reader) contacts(who *node) []record.Contact {
	var out []record.Contact
	add := func(n *node, person string) {
		c := record.Contact{Name: person, Relationship: r.concept(child(n, "code")), Telecom: telecoms(n)}
		if a := addresses(n); len(a) > 0 {
			c.Address = a[0]
		}
		if c.Name != "" {
			out = append(out, c)
		}
	}
	for g := range children(who, "guardian") {
		name := personName(child(g, "guardianPerson"))
		if name == "" {
			name = organisation(child(g, "guardianOrganization"))
		}
		add(g, name)
	}
	for p := range children(r.root, "participant") {
		e := child(p, "associatedEntity")
		switch attr(e, "classCode") {
		case "NOK", "ECON", "PRS", "CAREGIVER", "AGNT", "GUARD":
			add(e, personName(child(e, "associatedPerson")))
		}
	}
	return out
}
