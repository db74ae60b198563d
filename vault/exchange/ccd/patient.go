package ccd

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// recordTarget is the person (US Realm Header, 1.1.3). What it wants and nobody
// stated has a nullFlavor.
func (w *writer) recordTarget() *element {
	p := w.sel.Patient()
	role := el("patientRole").add(w.patientID())
	seen := map[record.Identifier]bool{}
	for _, src := range w.sel.Person.Provenance {
		for _, id := range src.Identifiers {
			if e := identifier(id); e != nil && !seen[id] {
				seen[id] = true
				role.add(e)
			}
		}
	}
	role.add(addresses(p.Address)...).add(telecoms(p.Telecom)...)
	return el("recordTarget").add(role.add(w.patient(p)))
}

var genders = map[string]string{"female": "F", "male": "M", "other": "UN"}

func (w *writer) patient(p *record.Patient) *element {
	e := el("patient").add(names(p)...)
	switch code := genders[p.Gender]; {
	case code != "":
		e.add(fixed("administrativeGenderCode", code, "2.16.840.1.113883.5.1", ""))
	case p.Gender == "unknown":
		e.add(null("administrativeGenderCode", "UNK"))
	default:
		e.add(null("administrativeGenderCode", "NI"))
	}
	e.add(ts("birthTime", p.BirthDate.Day()))
	if !p.Deceased.Empty() {
		e.add(el("sdtc:deceasedInd", "value", "true"))
		if stamp(p.Deceased.Start) != "" {
			e.add(ts("sdtc:deceasedTime", p.Deceased.Start))
		}
	}
	e.add(concept("maritalStatusCode", p.MaritalStatus, nil), concept("religiousAffiliationCode", p.Religion, nil))
	races(e, "raceCode", p.Race)
	races(e, "ethnicGroupCode", p.Ethnicity)
	for _, l := range p.Language {
		for _, k := range l.Coding {
			if code := token(k.Code); code != "" {
				e.add(el("languageCommunication").add(el("languageCode", "code", code)))
				break
			}
		}
	}
	return e
}

// cdcRace is the code system of race and ethnicity (CDC).
const cdcRace = "urn:oid:2.16.840.1.113883.6.238"

// races puts the first concept under the name that CDA has, further ones under
// HL7's extension.
func races(e *element, name string, cs []record.Concept) {
	e.add(conceptOr(name, at(cs, 0), systems{cdcRace}))
	for i := 1; i < len(cs); i++ {
		e.add(concept("sdtc:"+name, cs[i], systems{cdcRace}))
	}
}

func at(cs []record.Concept, i int) record.Concept {
	if i < len(cs) {
		return cs[i]
	}
	return record.Concept{}
}

var nameUses = map[string]string{"official": "L", "usual": "ASGN", "nickname": "P"}

// names are the names as US Realm Patient Names: in parts. A name in words alone
// stands as the family name, for no part of it may be guessed. An old name is none
// of today; it stays in the narrative.
func names(p *record.Patient) []*element {
	var out []*element
	for _, n := range p.Name {
		if n.String() == "" || n.Use == "old" || n.Use == "maiden" && len(p.Name) > 1 {
			continue
		}
		out = append(out, name(n))
	}
	if len(out) == 0 {
		return []*element{null("name", "UNK")}
	}
	return out
}

func name(n record.HumanName) *element {
	e := el("name", "use", nameUses[n.Use])
	family, given := n.Family, n.Given
	if family == "" && len(given) == 0 {
		family = n.Text
	}
	for _, s := range n.Prefix {
		e.add(txt("prefix", s))
	}
	before := len(e.kids)
	for _, s := range given {
		e.add(txt("given", s))
	}
	if len(e.kids) == before {
		e.add(null("given", "UNK"))
	}
	if f := txt("family", family); f != nil {
		e.add(f)
	} else {
		e.add(null("family", "UNK"))
	}
	for _, s := range n.Suffix {
		e.add(txt("suffix", s))
	}
	return e
}

var telecomUses = map[string]string{"home": "HP", "work": "WP", "mobile": "MC", "temp": "TMP"}

// schemes give the URL scheme of a contact point (CDA R2 data types, TEL).
var schemes = map[string]string{"phone": "tel:", "email": "mailto:", "fax": "fax:", "url": ""}

func telecoms(list []record.ContactPoint) []*element {
	var out []*element
	for _, c := range list {
		value := strings.Join(strings.Fields(clean(c.Value)), " ")
		scheme, ok := schemes[c.System]
		if value == "" || !ok || c.System == "url" && !strings.Contains(value, ":") {
			continue
		}
		out = append(out, el("telecom", "use", telecomUses[c.Use], "value", scheme+strings.ReplaceAll(value, " ", "-")))
	}
	if len(out) == 0 {
		return []*element{null("telecom", "NI")}
	}
	return out
}

var addressUses = map[string]string{"home": "HP", "work": "WP", "temp": "TMP"}

func addresses(list []record.Address) []*element {
	var out []*element
	for _, a := range list {
		if a.Use != "old" && a.String() != "" {
			out = append(out, address(a))
		}
	}
	if len(out) == 0 {
		return []*element{null("addr", "NI")}
	}
	return out
}

// address is a US Realm Address: at most four lines, a city, and with them state
// and postal code, known or not.
func address(a record.Address) *element {
	const most = 4 // lines
	lines := a.Line
	if len(lines) > most {
		lines = append(append([]string(nil), lines[:most-1]...), strings.Join(lines[most-1:], ", "))
	}
	if len(lines) == 0 && a.City == "" {
		lines = []string{a.Text}
	}
	e := el("addr", "use", addressUses[a.Use])
	for _, l := range lines {
		e.add(txt("streetAddressLine", l))
	}
	if len(e.kids) == 0 {
		e.add(null("streetAddressLine", "UNK"))
	}
	for _, p := range []struct{ name, words string }{{"city", a.City}, {"state", a.State}, {"postalCode", a.PostalCode}} {
		if x := txt(p.name, p.words); x != nil {
			e.add(x)
		} else {
			e.add(null(p.name, "UNK"))
		}
	}
	return e.add(txt("country", a.Country))
}

// contacts are those to call for the patient (participant IND): in an emergency
// (ECON), or of a personal relationship (PRS).
func (w *writer) contacts() []*element {
	var out []*element
	for _, c := range slices.Concat(w.sel.Patient().Contact, w.sel.Emergency()) {
		n := txt("name", c.Name)
		if n == nil {
			continue
		}
		class := "PRS"
		if c.Relationship.Has(exchange.ContactRole, "C") {
			class = "ECON"
		}
		e := el("associatedEntity", "classCode", class).add(concept("code", c.Relationship, systems{oid.URI(roleCode)}))
		if c.Address.String() != "" {
			e.add(address(c.Address))
		}
		if t := telecoms(c.Telecom); !t[0].has("nullFlavor") {
			e.add(t...)
		}
		out = append(out, el("participant", "typeCode", "IND").add(e.add(el("associatedPerson").add(n))))
	}
	return out
}
