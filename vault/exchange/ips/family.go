package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var familyWords = map[string]string{"active": "partial"}

// family fills a FamilyMemberHistory
// (https://hl7.org/fhir/R4/familymemberhistory.html).
func (r *resource) family(f *record.FamilyMemberHistory) {
	r.status("status", f.Status, familyStatus, familyWords)
	r.subject("patient")
	r.date("date", f.Date)
	r.text("name", f.Name)
	r.put("relationship", conceptOr(f.Relationship, "Relative that the source does not name"))
	if gender.has(f.Sex) {
		r.put("sex", oneOf("http://hl7.org/fhir/administrative-gender", f.Sex))
	} else {
		r.put("sex", words(f.Sex))
	}
	r.born(f.Born)
	if f.Born.Empty() {
		r.text("ageString", f.Age)
	} else {
		r.note("Age", f.Age) // fhs-1: age or born, not both
	}
	r.relativeDied(f.Deceased)
	var conditions []*element
	for _, c := range f.Condition {
		conditions = append(conditions, r.familyCondition(c))
	}
	r.list("condition", conditions...)
	r.noteAll("", f.Note)
}

func (r *resource) born(w record.When) {
	switch p := period(w); {
	case w.Empty():
	case w.Text == "" && w.End == "" && !w.Period && w.Start.Precision() != record.NoDate:
		r.day("bornDate", w.Start)
	case p != nil && w.Start != "":
		r.put("bornPeriod", p)
	default:
		r.text("bornString", w.Human())
	}
}

func (r *resource) relativeDied(s string) {
	switch d, err := record.ParseDate(s); {
	case s == "":
	case s == "yes" || s == "true":
		r.flag("deceasedBoolean", true)
	case s == "no" || s == "false":
		r.flag("deceasedBoolean", false)
	case err == nil:
		r.day("deceasedDate", d)
	default:
		r.text("deceasedString", s)
	}
}

// familyCondition is one problem of the relative. FHIR cannot say that a
// relative does not have one: then the words say it and the codes go to notes.
func (r *resource) familyCondition(c record.FamilyCondition) *element {
	e := new(element)
	var notes []*element
	if c.Absent {
		e.put("code", words("does not have: "+nonEmpty(c.Code.String(), "a problem that the source does not name")))
		for _, k := range c.Code.Coding {
			notes = append(notes, obj("text", "Code in the source, negated there: "+strings.TrimSpace(record.SystemName(k.System)+" "+k.Code+" "+k.Display)))
		}
	} else {
		e.put("code", conceptOr(c.Code, "Problem that the source does not name"))
	}
	e.put("outcome", concept(c.Outcome))
	if c.ContributedToDeath {
		e.flag("contributedToDeath", true)
	}
	if p := period(c.Onset); p != nil && c.Onset.Period && c.Onset.Text == "" {
		e.put("onsetPeriod", p)
	} else {
		e.text("onsetString", c.Onset.Human())
	}
	for _, n := range c.Note {
		notes = append(notes, obj("text", n))
	}
	e.list("note", notes...)
	return e
}
