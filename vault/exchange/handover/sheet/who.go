package sheet

import (
	"fmt"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

func (b *builder) who() Who {
	p := b.sel.Patient()
	w := Who{Name: record.Visible(b.sel.Person.Resource.Summary().Title), Birth: p.BirthDate.Human(), Sex: record.Visible(p.Gender)}
	if w.Birth == "" {
		w.Birth = "birth date not given"
	}
	w.Born = w.Birth
	if years, ok := age(p, b.sel.Generated); ok {
		w.Born = fmt.Sprintf("%s (%d years)", w.Birth, years)
	}
	if w.Sex == "" {
		w.Sex = "sex not given"
	}
	if !p.Deceased.Empty() {
		w.Born += ", died " + record.Visible(or(dayOf(p.Deceased).Human(), "on a date that is not given"))
	}
	short, long := b.identifiers()
	w.Lines = append(w.Lines, short...)
	for _, r := range p.Details() {
		switch r.Label {
		case "Born", "Sex", "Deceased":
			continue
		case "Name":
			if r.Value == p.DisplayName() {
				continue
			}
		}
		w.Lines = append(w.Lines, record.Row{Label: record.Visible(r.Label), Value: record.Visible(r.Value)})
	}
	w.Lines = append(w.Lines, contacts(b.sum.Asked().Contacts)...)
	w.Lines = append(w.Lines, long...)
	return w
}

// age in whole years on a day, when the whole birth date is known and the
// person is not said to be dead.
func age(p *record.Patient, on time.Time) (years int, ok bool) {
	if p.BirthDate.Precision() < record.Day || !p.Deceased.Empty() {
		return 0, false
	}
	born := p.BirthDate.Day().Earliest()
	years = on.Year() - born.Year()
	if on.Month() < born.Month() || on.Month() == born.Month() && on.Day() < born.Day() {
		years--
	}
	return years, years >= 0
}

// patients are all entries that the sources have for the person.
func (b *builder) patients() []record.Provenance {
	all := b.sel.Person.Provenance
	for _, r := range b.sel.Records {
		if r.Resource.Kind() == record.KindPatient && r.ID != b.sel.Person.ID {
			all = append(all[:len(all):len(all)], r.Provenance...)
		}
	}
	return all
}

// identifiers are the numbers by which issuers know the person, each once:
// those that people use, and the long ones that only machines do. Names that a
// file gives to its own entries (urn:uuid:) are none.
func (b *builder) identifiers() (short, long []record.Row) {
	const longestForPeople = 24 // bytes
	seen := map[record.Identifier]bool{}
	for _, p := range b.patients() {
		for _, id := range p.Identifiers {
			if id.Value == "" || seen[id] || id.System == "urn:ietf:rfc:3986" {
				continue
			}
			seen[id] = true
			value := id.Value
			if issuer := issuerWords(id.System); issuer != "" {
				value += " (" + issuer + ")"
			}
			row := record.Row{Label: "Identifier", Value: record.Visible(value)}
			if len(id.Value) > longestForPeople {
				long = append(long, row)
			} else {
				short = append(short, row)
			}
		}
	}
	return short, long
}

// issuers are the namespaces that have a common name.
var issuers = map[string]string{
	"http://hl7.org/fhir/sid/us-ssn":                                          "US social security number",
	"urn:oid:2.16.840.1.113883.4.1":                                           "US social security number",
	"urn:oid:2.16.840.1.113883.4.3.25":                                        "driving licence, Massachusetts",
	"http://standardhealthrecord.org/fhir/StructureDefinition/passportNumber": "passport",
}

func issuerWords(system string) string {
	if w, ok := issuers[system]; ok {
		return w
	}
	system = strings.TrimPrefix(strings.TrimPrefix(system, "https://"), "http://")
	return system
}
