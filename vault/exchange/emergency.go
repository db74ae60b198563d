package exchange

import "github.com/carnet-phr/carnet/vault/record"

// ContactRole is the code system of whom a contact is to a person; C is the
// emergency contact.
const ContactRole = "http://terminology.hl7.org/CodeSystem/v2-0131"

// Emergency are the patient's own emergency contacts of the selection, as other
// software looks for them: contacts of the person, by their role (HL7 v2 table 0131).
func (s Selection) Emergency() []record.Contact {
	role := record.Concept{Text: "emergency contact", Coding: []record.Coding{{System: ContactRole, Code: "C"}}}
	var out []record.Contact
	for _, r := range s.Records {
		o, ok := r.Resource.(*record.Other)
		if !ok || !o.Contact() || r.Summary().Standing != record.Current {
			continue
		}
		c := record.Contact{Name: o.Title, Relationship: role, Telecom: []record.ContactPoint{{System: "phone", Value: o.Of("Telephone")}}}
		if words := o.Of("Relationship"); words != "" {
			c.Relationship.Text = words + ", emergency contact"
		}
		if mail := o.Of("E-mail"); mail != "" {
			c.Telecom = append(c.Telecom, record.ContactPoint{System: "email", Value: mail})
		}
		out = append(out, c)
	}
	return out
}
