package phr

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// patientName is how the records of an export call its patient.
const patientName = "patient_info"

// person reads whose record it is, with the emergency contacts as a part of it;
// without patient_info the pipeline asks.
func (r *reader) person(v, contacts value) {
	if v.Kind() != '{' {
		for i := range contacts.Items() {
			r.report("/emergency_contacts/"+strconv.Itoa(i), exchange.Kept, "emergency contact", "the export does not say whose contact it is; it is kept in the original")
		}
		return
	}
	p := &record.Patient{BirthDate: r.date(v.Get("birth_date"), "/patient_info/birth_date"), Gender: gender(v.TextOf("gender"))}
	if n := (record.HumanName{Family: v.TextOf("last_name"), Given: some(v.TextOf("first_name"))}); n.String() != "" {
		p.Name = []record.HumanName{n}
	}
	if a := v.TextOf("address"); a != "" {
		p.Address = []record.Address{{Text: a}}
	}
	p.GeneralPractitioner = some(v.Path("primary_physician", "name").Text())
	for i, c := range contacts.Items() {
		p.Contact = append(p.Contact, contact(c))
		r.report("/emergency_contacts/"+strconv.Itoa(i), exchange.Absorbed, "", "")
	}
	r.patient = true
	r.file(v, "/patient_info", p, patientName)
	for _, m := range []measure{{name: "blood_type", words: "Blood type"}, bodyHeight, bodyWeight} {
		r.measured(v, "/patient_info", m, record.When{})
	}
}

// gender is a code of FHIR where the word is one; MediKeep also keeps letters.
func gender(word string) string {
	switch word {
	case "M", "m", "Male", "MALE":
		return "male"
	case "F", "f", "Female", "FEMALE":
		return "female"
	case "Other", "OTHER":
		return "other"
	case "Unknown", "UNKNOWN", "U":
		return "unknown"
	}
	return word
}

func contact(v value) record.Contact {
	c := record.Contact{Name: v.TextOf("name"), Relationship: words(v, "relationship"), Address: record.Address{Text: v.TextOf("address")}}
	for _, t := range []struct{ name, system string }{{"phone_number", "phone"}, {"secondary_phone", "phone"}, {"email", "email"}} {
		if n := v.TextOf(t.name); n != "" {
			c.Telecom = append(c.Telecom, record.ContactPoint{System: t.system, Value: n})
		}
	}
	return c
}
