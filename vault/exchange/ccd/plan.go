package ccd

import "github.com/carnet-phr/carnet/vault/record"

// going are the states of a planned activity that the one status of C-CDA's plans,
// "active", does not make stronger.
var going = map[string]bool{
	"": true, "active": true, "planned": true, "accepted": true, "not-started": true, "scheduled": true, "proposed": true, "draft": true, "new": true, "on-hold": false, "in-progress": true,
}

// moods give the ActMood of an intent.
var moods = map[string]string{"order": "RQO", "proposal": "PRP", "option": "PRP"}

func mood(intent string) string { return nonEmpty(moods[intent], "INT") }

// plan is a Planned Act (22.4.39). A plan of several activities is one for each;
// what is not to be done, or is done with, is told in words alone.
func (s *statement) plan(c *record.CarePlan, a record.Activity) *element {
	code := a.Code
	if code.Empty() {
		code = record.Concept{Text: a.Description}
	}
	e := el("act", "classCode", "ACT", "moodCode", mood(c.Intent)).add(template("22.4.39|2014-06-09")...).add(s.ids()...).
		add(conceptOr("code", code, nil), s.text(), statusCode("active"), when("effectiveTime", either(a.When, c.Period)), s.author("", c.Author))
	if !a.Code.Empty() {
		e.add(s.comment("Description", a.Description, nil))
	}
	return e
}

func either(a, b record.When) record.When {
	if a.Empty() {
		return b
	}
	return a
}

// activities are the parts of a plan that C-CDA can hold; a plan without parts is
// one itself.
func activities(c *record.CarePlan) []record.Activity {
	if len(c.Activity) == 0 {
		return []record.Activity{{Code: record.Concept{Text: c.Summary().Title}}}
	}
	var out []record.Activity
	for _, a := range c.Activity {
		if going[a.Status] && !a.DoNotPerform && (!a.Code.Empty() || a.Description != "") {
			out = append(out, a)
		}
	}
	return out
}

// plans is the first entry of a care plan and, behind it, the others: an entry
// holds one act.
func (s *statement) plans() []*element {
	c := s.line.Resource.(*record.CarePlan)
	var out []*element
	for _, a := range activities(c) {
		e := s.plan(c, a)
		if len(out) == 0 {
			e.add(s.notes(c.Note)...)
		}
		out = append(out, e)
	}
	return out
}

// goal is a Goal Observation (22.4.121).
func (s *statement) goal() *element {
	g := s.line.Resource.(*record.Goal)
	e := el("observation", "classCode", "OBS", "moodCode", "GOL").add(el("templateId", "root", "2.16.840.1.113883.10.20.22.4.121")).add(s.ids()...).
		add(conceptOr("code", g.Description, nil), s.text(), statusCode("active"), when("effectiveTime", g.Start))
	for _, t := range g.Target {
		e.add(txt("value", t, "xsi:type", "ST"))
		break
	}
	e.add(s.author("", g.ExpressedBy))
	if len(g.Target) > 1 {
		for _, t := range g.Target[1:] {
			e.add(s.comment("Target", t, nil))
		}
	}
	return e.add(s.notes(g.Note)...)
}

// plannedVaccine is a Planned Immunization Activity (22.4.120).
func (s *statement) plannedVaccine() *element {
	i := s.line.Resource.(*record.Immunization)
	return el("substanceAdministration", "classCode", "SBADM", "moodCode", "INT").add(el("templateId", "root", "2.16.840.1.113883.10.20.22.4.120")).add(s.ids()...).
		add(s.text(), statusCode("active"), taken(i.Occurrence), el("consumable").add(vaccine(i))).
		add(performer(i.Performer)...).add(s.author(i.Recorded, "")).add(s.notes(i.Note)...)
}
