package ips

import "github.com/carnet-phr/carnet/vault/record"

// goalWords are words for a goal that nobody has taken up yet.
var goalWords = map[string]string{"draft": "proposed", "new": "proposed", "intended": "planned", "aborted": "cancelled", "revoked": "cancelled"}

// goal fills a Goal (https://hl7.org/fhir/R4/goal.html).
func (r *resource) goal(g *record.Goal) {
	r.status("lifecycleStatus", g.LifecycleStatus, goalStatus, goalWords)
	r.put("achievementStatus", concept(g.Achievement))
	r.put("description", conceptOr(g.Description, "Goal without a description"))
	r.subject("subject")
	switch {
	case g.Start.Empty():
	case g.Start.Start.Precision() != record.NoDate && g.Start.End == "" && g.Start.Text == "":
		r.day("startDate", g.Start.Start)
	default:
		r.put("startCodeableConcept", words(g.Start.Human()))
	}
	var targets []*element
	for _, t := range g.Target {
		e := new(element)
		e.put("measure", words(t))
		targets = append(targets, e)
	}
	r.list("target", targets...)
	r.put("expressedBy", r.who(g.ExpressedBy))
	r.noteAll("", g.Note)
}
