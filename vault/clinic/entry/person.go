package entry

import (
	"maps"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// PersonForm is the form of who a person is. It is none of [Kinds]: it describes
// a person, it adds no entry.
const PersonForm = "person"

// Person gives the form of who a person is.
func Person() Kind { return person }

var sexes = Field{Name: "sex", Label: "Sex", Type: Pick, Choices: []Choice{
	{"female", "female", "female"}, {"male", "male", "male"}, {"other", "other", "other"}, {"unknown", "unknown", "unknown"},
}}

var person = Kind{
	Name: PersonForm, Title: "Person", Record: record.KindPatient,
	Fields: []Field{
		{Name: "given", Label: "Given names", Type: Text},
		{Name: "family", Label: "Family name", Type: Text},
		{Name: "born", Label: "Born on", Type: Date, Past: true, Hint: "1958-03-14"},
		sexes,
		{Name: "phone", Label: "Telephone", Type: Text},
		{Name: "email", Label: "E-mail", Type: Text},
		{Name: "address", Label: "Address", Type: LongText},
		{Name: "identifiers", Label: "Numbers", Type: LongText, Hint: "one a line: the number, then who gave it, as in: 123456 My Health Insurance"},
	},
	make: func(v values) record.Resource {
		name := record.HumanName{Family: v.text["family"], Use: "official"}
		if g := v.text["given"]; g != "" {
			name.Given = strings.Fields(g)
		}
		p := &record.Patient{Name: []record.HumanName{name}, BirthDate: v.date("born"), Gender: v.chosen("sex")}
		for _, c := range [][2]string{{"phone", "phone"}, {"email", "email"}} {
			if s := v.text[c[0]]; s != "" {
				p.Telecom = append(p.Telecom, record.ContactPoint{System: c[1], Value: s})
			}
		}
		if s := v.text["address"]; s != "" {
			p.Address = []record.Address{{Line: strings.Split(s, "\n")}}
		}
		return p
	},
	read: func(r record.Resource) map[string]string {
		p := r.(*record.Patient)
		n := first(p.Name)
		fields := map[string]string{
			"given": strings.Join(n.Given, " "), "family": n.Family, "born": string(p.BirthDate), "sex": sexes.chosen(p.Gender), "address": strings.Join(first(p.Address).Line, "\n"),
		}
		for _, c := range p.Telecom {
			fields[c.System] = c.Value
		}
		return fields
	},
	ids: func(v values) []record.Identifier {
		var ids []record.Identifier
		for l := range strings.SplitSeq(v.text["identifiers"], "\n") {
			if number, issuer, _ := strings.Cut(l, " "); number != "" {
				ids = append(ids, record.Identifier{System: issuer, Value: number})
			}
		}
		return ids
	},
}

// Found makes a new person.
func Found(fields map[string]string, by By) (record.Record, []Problem) {
	r, problems := Make(person, "", fields, by)
	r.Person = r.ID
	return r, problems
}

// Describe changes what the vault says of who a person is. root is the person's
// own record. Where a file gave it, the patient's description takes its place, and
// the file's goes on as a further one.
func Describe(root record.Record, fields map[string]string, by By) (change record.Change, changed []string, problems []Problem, err error) {
	p, ok := root.Resource.(*record.Patient)
	switch {
	case root.OwnEntry():
		return Amend(root, fields, by)
	case !ok || root.ID != root.Person:
		return record.Change{}, nil, nil, ErrNotOwn
	}
	before := described(p)
	merged := maps.Clone(before)
	maps.Copy(merged, fields)
	v, problems := check(person, merged, by.Now)
	if len(problems) > 0 {
		return record.Change{}, nil, problems, nil
	}
	if changed = differing(person, before, v.text); len(changed) == 0 {
		return record.Change{}, nil, nil, ErrUnchanged
	}
	next := record.Record{ID: root.ID, Person: root.ID, Resource: person.make(v)}
	by.enter(&next, PersonForm, record.Add, "")
	next.Provenance = []record.Provenance{by.provenance(append([]record.Identifier{newIdentifier()}, person.ids(v)...))}
	former := root
	former.ID = record.NewID()
	if root.Source().Original == "" { // the patient's own words of before
		former.Superseded = &record.Superseded{By: root.ID, Why: record.Amended}
	}
	return record.Change{Put: []record.Record{next, former}}, changed, nil, nil
}

// Described gives who a person is as the fields of the form.
func Described(root record.Record) map[string]string {
	if _, fields, ok := Fields(root); ok {
		return fields
	}
	p, ok := root.Resource.(*record.Patient)
	if !ok {
		return nil
	}
	return described(p)
}

// described are the fields of a description that no form made. Of a name that is
// not taken apart, the last word is the family name.
func described(p *record.Patient) map[string]string {
	one := *p
	one.BirthDate = p.BirthDate.Day()
	for _, n := range p.Name {
		if n.String() == p.DisplayName() {
			one.Name = []record.HumanName{n}
			break
		}
	}
	fields := person.read(&one)
	if words := strings.Fields(p.DisplayName()); fields["family"] == "" && fields["given"] == "" && len(words) > 0 {
		fields["given"], fields["family"] = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	}
	if a := first(p.Address); fields["address"] == "" {
		fields["address"] = a.String()
	}
	maps.DeleteFunc(fields, func(name, text string) bool {
		_, known := person.Field(name)
		return text == "" || !known
	})
	return fields
}

// personIDs gives the numbers of a person as the field of the form.
func personIDs(k Kind, r record.Record) map[string]string {
	if k.ids == nil {
		return nil
	}
	var lines []string
	for _, id := range r.Source().Identifiers {
		if id.System != uriSystem {
			lines = append(lines, strings.TrimSpace(id.Value+" "+id.System))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return map[string]string{"identifiers": strings.Join(lines, "\n")}
}
