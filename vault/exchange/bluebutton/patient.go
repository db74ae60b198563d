package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var demographicKeys = layout{
	starts: []string{"va treating facility"},
	keys: []string{
		"first name", "middle initial", "middle name", "last name", "suffix", "alias", "relationship to va", "gender", "blood type", "organ donor", "date of birth", "marital status", "current occupation",
		"religion", "ethnicity", "place of birth", "age", "name", "email", "phone number", "relationship", "extension", "address line 1", "address line 2", "city", "state", "zip", "part a effective date", "part b effective date",
		"contact first name", "contact last name", "home phone number", "work phone number", "cell phone number", "email address", "street address", "street address 2", "zip code", "zip/post code", "country", "province", "county",
	},
}

var contactKeys = layout{
	starts: []string{"contact name", "contact first name"},
	keys:   []string{"address type", "address line 1", "address line 2", "city", "state", "zip", "relationship", "home phone", "work phone", "mobile phone", "email address", "contact last name", "extension", "home phone number", "work phone number", "cell phone number", "country", "province", "zip/post code"},
}

// personName is whom the report's head names: "LAST, FIRST MIDDLE" at the VA,
// the words as they are otherwise. VA.gov prints the name below its first
// sentence.
func (r *reader) personName(it *item, s *section) record.HumanName {
	text := it.get("name")
	if text == "" && r.grammar == vaGov {
		for i := s.first; i <= s.last; i++ {
			if strings.HasPrefix(r.lines[i].Text, "This report includes") {
				if n := nextWords(r.lines, i+1); n > 0 && n <= s.last && !strings.Contains(r.lines[n].Text, ":") {
					text = strings.TrimSpace(r.lines[n].Text)
				}
				break
			}
		}
	}
	name := record.HumanName{Text: text}
	if family, given, ok := strings.Cut(text, ","); ok && r.grammar != medicare {
		name.Family, name.Given = strings.TrimSpace(family), strings.Fields(given)
	}
	return name
}

// demographics files one description of the patient for each that the section
// has: what a person wrote and what each facility knows stay apart
// (CLINICAL-SAFETY hazard 49).
func (r *reader) demographics(s *section, k *kind) int {
	items, loose := k.parse(r.lines, s.first, s.last)
	if len(items) == 0 {
		items = []*item{{fields: loose, first: s.first, last: s.last}}
	}
	n := 0
	for _, it := range items {
		facility := it.get("va treating facility")
		p := r.person(it)
		if len(p.Name) == 0 {
			r.outcome(s, nil, "")
			continue
		}
		n++
		r.add(s, it.first, it.last, p, "", author(facility))
	}
	return n
}

// person reads one description. Parts such as the next of kin come after the
// person's own data, and are not taken for it.
func (r *reader) person(it *item) *record.Patient {
	groups := r.groups(it)
	own := own(groups)
	p := &record.Patient{}
	name := record.HumanName{Family: own.get("last name"), Given: fields(own.get("first name"), own.get("middle name", "middle initial")), Suffix: fields(own.get("suffix"))}
	if text := own.get("name"); text != "" {
		name.Text = text
	}
	if name.String() != "" {
		p.Name = append(p.Name, name)
	}
	if alias := own.get("alias"); alias != "" {
		p.Name = append(p.Name, record.HumanName{Text: alias, Use: "nickname"})
	}
	p.BirthDate, _ = dated(own.get("date of birth"))
	switch g := strings.ToLower(own.get("gender")); g {
	case "male", "female":
		p.Gender = g
	}
	p.MaritalStatus, p.Religion, p.Ethnicity = words(own.get("marital status")), words(own.get("religion")), several(own.get("ethnicity"))
	p.Telecom = telecom(own)
	if a := address(own, "mailing or destination "); a.String() != "" {
		p.Address = append(p.Address, a)
	} else if a := address(own, ""); a.String() != "" {
		p.Address = append(p.Address, a)
	}
	p.Contact = r.contacts(it, groups)
	return p
}

// group is a part of a description under a line in capitals.
type group struct {
	heading string
	item
}

// groups are the parts of a description; the first has no heading.
func (r *reader) groups(it *item) []*group {
	cur := &group{}
	out := []*group{cur}
	at := 0
	for i := it.first; i <= it.last; i++ {
		line := strings.TrimSpace(r.lines[i].Text)
		if line != "" && line == strings.ToUpper(line) && !strings.Contains(line, ":") && !isRule(line) {
			cur = &group{heading: line}
			out = append(out, cur)
		}
		for ; at < len(it.fields) && strings.Contains(line, it.fields[at].key+":"); at++ {
			cur.fields = append(cur.fields, it.fields[at])
		}
	}
	return out
}

// own is what a description says of the patient, not of the next of kin or an
// insurer.
func own(groups []*group) *item {
	out := &item{}
	for _, g := range groups {
		if g.heading == "" || strings.HasPrefix(g.heading, "PERMANENT ADDRESS") {
			out.fields = append(out.fields, g.fields...)
		}
	}
	return out
}

// contacts are the people to call inside a description.
func (r *reader) contacts(it *item, groups []*group) []record.Contact {
	items, _ := contactKeys.parse(r.lines, it.first, it.last)
	var out []record.Contact
	for _, c := range items {
		out = append(out, contact(c))
	}
	for _, g := range groups {
		switch g.heading {
		case "PRIMARY NEXT OF KIN", "SECONDARY NEXT OF KIN", "EMERGENCY CONTACT", "VA GUARDIAN", "CIVIL GUARDIAN":
			if name := g.get("name"); name != "" {
				out = append(out, record.Contact{Name: name, Relationship: words(title(g.heading)), Telecom: telecom(&g.item), Address: address(&g.item, "")})
			}
		}
	}
	return out
}

// emergency files the emergency contacts of MyMedicare.gov as what the patient
// says of themselves.
func (r *reader) emergency(s *section, k *kind) int {
	items, _ := k.parse(r.lines, s.first, s.last)
	if len(items) == 0 || r.name.String() == "" {
		r.outcome(s, nil, "")
		return 0
	}
	p := &record.Patient{Name: []record.HumanName{r.name}, BirthDate: r.born}
	for _, c := range items {
		p.Contact = append(p.Contact, contact(c))
	}
	r.add(s, s.head, s.last, p, "")
	return 1
}

func contact(it *item) record.Contact {
	c := record.Contact{Name: it.get("contact name"), Relationship: words(it.get("relationship")), Telecom: telecom(it)}
	if c.Name == "" {
		c.Name = strings.Join(fields(it.get("contact first name"), it.get("contact last name")), " ")
	}
	c.Address = address(it, "")
	return c
}

func telecom(it *item) []record.ContactPoint {
	var out []record.ContactPoint
	for _, t := range []struct{ key, system, use string }{
		{"home phone number", "phone", "home"},
		{"home phone", "phone", "home"},
		{"work phone number", "phone", "work"},
		{"work phone", "phone", "work"},
		{"cell phone number", "phone", "mobile"},
		{"mobile phone", "phone", "mobile"},
		{"phone number", "phone", ""},
		{"pager number", "pager", ""},
		{"fax number", "fax", ""},
		{"email address", "email", ""},
		{"email", "email", ""},
	} {
		if v := it.get(t.key); v != "" {
			out = append(out, record.ContactPoint{System: t.system, Value: v, Use: t.use})
		}
	}
	return out
}

func address(it *item, prefix string) record.Address {
	get := func(names ...string) string {
		for _, n := range names {
			if v := it.get(prefix + n); v != "" {
				return v
			}
		}
		return ""
	}
	a := record.Address{City: get("city"), State: get("state", "province"), PostalCode: get("zip/postal code", "zip code", "zip/post code", "zip"), Country: get("country")}
	for _, line := range []string{get("address line 1", "street address", "address"), get("address line 2", "street address 2", "address2")} {
		if line != "" {
			a.Line = append(a.Line, line)
		}
	}
	return a
}

// fields are the words of some values.
func fields(values ...string) []string { return strings.Fields(strings.Join(values, " ")) }
