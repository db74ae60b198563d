package ips

import "github.com/carnet-phr/carnet/vault/record"

var planWords = map[string]string{"cancelled": "revoked", "rejected": "revoked", "aborted": "revoked", "proposed": "draft", "planned": "draft", "new": "draft", "accepted": "active"}

// activityWords: what is accepted or proposed has not been started.
var activityWords = map[string]string{"active": "in-progress", "intended": "not-started", "new": "not-started", "aborted": "stopped"}

// carePlan fills a CarePlan (https://hl7.org/fhir/R4/careplan.html).
func (r *resource) carePlan(c *record.CarePlan) {
	r.status("status", c.Status, planStatus, planWords)
	r.status("intent", c.Intent, planIntent, nil)
	r.list("category", concepts(c.Category)...)
	r.text("title", c.Title)
	r.text("description", c.Description)
	r.subject("subject")
	if p := span(c.Period); p != nil {
		r.put("period", p)
	} else {
		r.note("Period", c.Period.Human())
	}
	r.put("author", r.who(nonEmpty(c.Author, r.author())))
	var activities []*element
	for _, a := range c.Activity {
		e := new(element)
		e.put("detail", r.activity(a))
		activities = append(activities, e)
	}
	r.list("activity", activities...)
	r.noteAll("", c.Note)
}

func (r *resource) activity(a record.Activity) *element {
	e := new(element)
	if activityKind.has(a.Kind) {
		e.token("kind", a.Kind)
	} else {
		r.note("Kind of an activity in the source", a.Kind)
	}
	e.put("code", concept(a.Code))
	status := a.Status
	if !activityStatus.has(status) {
		r.note("Status of an activity in the source", status)
		status = nonEmpty(activityWords[status], "unknown")
	}
	e.token("status", status)
	if a.DoNotPerform {
		e.flag("doNotPerform", true)
	}
	w := a.When
	switch p := period(w); {
	case w.Empty():
	case w.Start.Precision() != record.NoDate && w.End == "" && !w.Period && !w.Ended && w.Text == "":
		timing := new(element)
		if s, whole := dateTime(w.Start); whole {
			timing.texts("event", []string{s})
			e.put("scheduledTiming", timing)
		} else {
			e.text("scheduledString", w.Human())
		}
	case p != nil && w.Start != "" && w.Text == "":
		e.put("scheduledPeriod", p)
	default:
		e.text("scheduledString", w.Human())
	}
	e.text("description", a.Description)
	return e
}
