package ccd

import (
	"regexp"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

var age = regexp.MustCompile(`^age ([0-9]{1,3}) years?$`)

// relative is a Family History Organizer (22.4.45): never the patient's own
// problem (CLINICAL-SAFETY hazard 31). One without a problem is told in words.
func (s *statement) relative() *element {
	f := s.line.Resource.(*record.FamilyMemberHistory)
	if len(f.Condition) == 0 {
		return nil
	}
	who := el("subject").add(txt("name", f.Name))
	if code := genders[f.Sex]; code != "" {
		who.add(fixed("administrativeGenderCode", code, "2.16.840.1.113883.5.1", ""))
	} else {
		who.add(null("administrativeGenderCode", "UNK"))
	}
	if stamp(f.Born.Start) != "" {
		who.add(ts("birthTime", f.Born.Start))
	}
	if f.Deceased != "" && f.Deceased != "no" && f.Deceased != "false" {
		who.add(el("sdtc:deceasedInd", "value", "true"))
		if d, err := record.ParseDate(f.Deceased); err == nil {
			who.add(ts("sdtc:deceasedTime", d))
		}
	}
	subject := el("relatedSubject", "classCode", "PRS").add(conceptOr("code", f.Relationship, systems{oid.URI(roleCode), record.SNOMED}), who)
	e := el("organizer", "classCode", "CLUSTER", "moodCode", "EVN").add(template("22.4.45|2015-08-01")...).add(s.ids()...).
		add(statusCode("completed"), el("subject").add(subject), s.author(f.Date, ""))
	for i, c := range f.Condition {
		o := s.relativeProblem(c)
		if i == 0 {
			o.add(s.notes(f.Note)...)
		}
		e.add(el("component").add(o))
	}
	return e
}

// relativeProblem is a Family History Observation (22.4.46).
func (s *statement) relativeProblem(c record.FamilyCondition) *element {
	o := el("observation", "classCode", "OBS", "moodCode", "EVN")
	if c.Absent {
		o.set("negationInd", "true")
	}
	o.add(template("22.4.46|2015-08-01")...).add(s.ids()...).add(problemType(), s.text(), statusCode("completed"))
	if stamp(c.Onset.Start) != "" || stamp(c.Onset.End) != "" {
		o.add(when("effectiveTime", c.Onset))
	}
	o.add(value(c.Code, nil))
	if m := age.FindStringSubmatch(c.Onset.Text); m != nil {
		o.add(relate("SUBJ", el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.31")...).
			add(fixed("code", "445518008", snomedOID, "Age at onset"), statusCode("completed"), el("value", "xsi:type", "PQ", "value", m[1], "unit", "a")), "inversionInd", "true"))
	}
	if c.ContributedToDeath {
		o.add(relate("CAUS", el("observation", "classCode", "OBS", "moodCode", "EVN").add(template("22.4.47")...).add(s.ids()...).
			add(assertion(), statusCode("completed"), fixed("value", "419099009", snomedOID, "Dead").set("xsi:type", "CD"))))
	}
	for _, n := range c.Note {
		o.add(s.comment("Note", n, nil))
	}
	return o
}
