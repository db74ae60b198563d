package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func carePlan(it *item) record.Resource {
	v := it.res
	p := &record.CarePlan{
		Status: v.TextOf("status"), Intent: v.TextOf("intent"), Title: v.TextOf("title"), Category: conceptsOf(v.Get("category")),
		Description: v.TextOf("description"), Period: it.period(v.Get("period"), "period"), Text: narrativeOf(v.Get("text")), Note: it.notes(v.Get("note")),
	}
	it.name(&p.Author, v.Get("author"))
	it.by(v.Get("author"), v.Get("contributor"))
	for i, a := range v.Each("activity") {
		p.Activity = append(p.Activity, it.activity(a, "activity/"+itoa(i)))
		if ref := it.ref(a.Get("reference")); ref.display == "" {
			it.fill(ref, func(ix *index, t *target) { p.Activity[i].Description = joined(ix.title(t), p.Activity[i].Description) })
		}
	}
	return p
}

func (it *item) activity(a value, at string) record.Activity {
	d := a.Get("detail")
	out := record.Activity{
		Code: conceptOf(d.Get("code")), Kind: d.TextOf("kind"), Status: d.TextOf("status"), When: it.whenOf(d, "scheduled", at+"/detail/"),
		Description: d.TextOf("description"), DoNotPerform: d.Get("doNotPerform").Kind() == 't',
	}
	if shown := a.Path("reference", "display").Text(); shown != "" {
		out.Description = joined(shown, out.Description)
	}
	if done := conceptsOf(a.Get("outcomeCodeableConcept")); len(done) > 0 {
		out.Description = joined(out.Description, "outcome: "+done[0].String())
	}
	return out
}

func goal(it *item) record.Resource {
	v := it.res
	g := &record.Goal{
		LifecycleStatus: v.TextOf("lifecycleStatus"), Achievement: conceptOf(v.Get("achievementStatus")), Description: conceptOf(v.Get("description")),
		Start: it.when("start"), Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	if c := conceptOf(v.Get("startCodeableConcept")); !c.Empty() {
		g.Start = record.When{Text: c.String()}
	}
	for i, t := range v.Each("target") {
		if w := it.goalTarget(t, "target/"+itoa(i)); w != "" {
			g.Target = append(g.Target, w)
		}
	}
	it.name(&g.ExpressedBy, v.Get("expressedBy"))
	it.by(v.Get("expressedBy"))
	return g
}

// goalTarget is a target in one line: "Body weight: 160 to 180 lb, by 5 April 2020".
func (it *item) goalTarget(t value, at string) string {
	var parts []string
	for name, m := range t.Members() {
		if strings.HasPrefix(name, "detail") {
			if w := it.words(m, at+"/"+name); w != "" {
				parts = append(parts, w)
			}
		}
	}
	line := strings.Trim(conceptOf(t.Get("measure")).String()+": "+strings.Join(parts, ", "), ": ")
	due := it.at(t.Get("dueDate"), at+"/dueDate").Human()
	if due == "" {
		due = it.quantity(t.Get("dueDuration"), at+"/dueDuration").String()
	}
	if due != "" {
		line = strings.TrimPrefix(line+", by "+due, ", ")
	}
	return line
}
