package fhir

import "github.com/carnet-phr/carnet/vault/record"

func familyMemberHistory(it *item) record.Resource {
	v := it.res
	f := &record.FamilyMemberHistory{
		Status: v.TextOf("status"), Relationship: conceptOf(v.Get("relationship")), Name: v.TextOf("name"), Sex: conceptOf(v.Get("sex")).String(),
		Date: it.dated("date"), Born: it.when("born"), Age: it.ageWords(v, "age"), Deceased: it.relativeDeceased(),
		Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	for i, c := range v.Each("condition") {
		f.Condition = append(f.Condition, record.FamilyCondition{
			Code: conceptOf(c.Get("code")), Outcome: conceptOf(c.Get("outcome")), ContributedToDeath: c.Get("contributedToDeath").Kind() == 't',
			Onset: it.whenOf(c, "onset", "condition/"+itoa(i)+"/"), Note: it.notes(c.Get("note")),
		})
	}
	return f
}

// whenOf is whenIn for a part of the resource.
func (it *item) whenOf(parent value, base, at string) record.When {
	n := len(it.issues)
	w := it.whenIn(parent, base)
	for i := n; i < len(it.issues); i++ {
		it.issues[i].Place = it.pointer + "/" + at + it.issues[i].Place[len(it.pointer)+1:]
	}
	return w
}

func (it *item) relativeDeceased() string {
	v := it.res
	switch v.Get("deceasedBoolean").Kind() {
	case 't':
		return "yes"
	case 'f':
		return "no"
	}
	if d := it.at(v.Get("deceasedDate"), "deceasedDate"); !d.Empty() {
		return d.Human()
	}
	return it.ageWords(v, "deceased")
}
