package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// intents give FHIR's request intent of a mood (HL7 v3 ActMood).
var intents = map[string]string{"INT": "plan", "RQO": "order", "PRP": "proposal", "PRMS": "plan", "ARQ": "proposal", "APT": "plan", "GOL": "plan"}

// planned reads what is planned, ordered or proposed: Planned Act, Encounter,
// Procedure, Observation, Supply (2.16.840.1.113883.10.20.22.4.39 to .44),
// Instruction (.20) and anything else in a plan section.
func (r *reader) planned(p place, st *node) {
	mood := attr(st, "moodCode")
	code, about := r.plannedWhat(st)
	when := r.interval(child(st, "effectiveTime"))
	if when.Empty() {
		when = r.interval(child(about, "effectiveTime"))
	}
	c := &record.CarePlan{
		Intent: intents[mood], Status: attr(child(st, "statusCode"), "code"), Title: code.String(), Period: when,
		Author: r.recorder(p, st),
	}
	if mood == "EVN" || mood == "" {
		c.Intent = ""
	} else if c.Status == "active" {
		c.Status = "planned" // an act in a mood of intent is active as a plan, not as something going on
	}
	a := record.Activity{Code: code, Kind: st.Local, When: c.Period, DoNotPerform: p.absent || negated(st)}
	v, _, more := r.observed(st)
	a.Description = joinWords(", ", v.String(), strings.Join(more, ", "))
	text := r.label(child(st, "text"))
	if text != code.String() {
		a.Description = joinWords(", ", a.Description, text)
	}
	c.Activity = []record.Activity{a}
	r.plannedTitle(c, a, st, text)
	c.Note = r.planNotes(st, about)
	r.add(p, st, c)
}

// plannedWhat is what a plan is about, and the statement that says so.
func (r *reader) plannedWhat(st *node) (record.Concept, *node) {
	if st.Local == "supply" {
		if product := r.product(st); !product.Empty() {
			return product, st
		}
	}
	if code := r.named(child(st, "code"), st); !code.Empty() {
		return code, st
	}
	about := wrappedIn(st)
	return r.named(child(about, "code"), about), about
}

// plannedTitle completes the title. The code of an instruction only says of what
// sort it is, its text is the instruction; and "no instructions" forbids nothing.
func (r *reader) plannedTitle(c *record.CarePlan, a record.Activity, st *node, text string) {
	instruction := hasTemplate(st, entryTemplateRoot+"20") && text != ""
	switch {
	case instruction:
		c.Title = text
	case c.Title == "" && a.Description != "":
		c.Title = a.Description
	case c.Title == "":
		c.Title = plannedWords[st.Local]
	}
	if !a.DoNotPerform {
		return
	}
	c.Status = "rejected"
	if !instruction {
		c.Title = "Do NOT: " + c.Title
	}
}

// plannedWords call a plan that has no name by what its element is.
var plannedWords = map[string]string{
	"encounter": "Visit", "procedure": "Procedure", "observation": "Test or observation", "act": "Act of care", "supply": "Supply", "substanceAdministration": "Medicine",
}

// wrappedIn is the statement that a plan without a name of its own only wraps,
// as some senders write it; else the plan itself.
func wrappedIn(st *node) *node {
	for typ, s := range related(st) {
		if s.Local == st.Local && !isReason(typ, s) && !isDetail(s) {
			return s
		}
	}
	return st
}

// planNotes tells why, by whom and where, and what hangs on a plan.
func (r *reader) planNotes(st, about *node) []string {
	var out []string
	for typ, s := range related(st) {
		if !isReason(typ, s) {
			continue
		}
		why, text := r.indication(s).String(), r.label(child(s, "text"))
		if why != "" {
			out = append(out, "because of: "+why)
		}
		if text != "" && !alike(text, why) {
			out = append(out, text)
		}
	}
	names, where := r.performers(st), r.location(st)
	if about != st {
		names, where = append(names, r.performers(about)...), joinWords("; ", where, r.location(about))
	}
	if len(names) > 0 {
		out = append(out, "by: "+strings.Join(names, "; "))
	}
	if where != "" {
		out = append(out, "at: "+where)
	}
	out = append(out, r.notes(st, func(typ string, s *node) bool { return isReason(typ, s) || s == about })...)
	if about != st {
		out = append(out, r.notes(about, nil)...)
	}
	for comp := range children(st, "component") {
		out = appendWords(out, r.sentence(statementIn(comp), 0))
	}
	return out
}

// goal reads a Goal Observation (22.4.121) or any observation in the mood GOL.
func (r *reader) goal(p place, st *node) {
	g := &record.Goal{LifecycleStatus: attr(child(st, "statusCode"), "code"), Description: r.named(child(st, "code"), st), Start: r.interval(child(st, "effectiveTime"))}
	if v, _, more := r.observed(st); v.String() != "" {
		g.Target = append([]string{v.String()}, more...)
	}
	if text := r.label(child(st, "text")); text != "" && text != g.Description.String() {
		g.Note = append(g.Note, text)
	}
	g.ExpressedBy, _ = r.author(st)
	if child(st, "author") == nil {
		g.ExpressedBy = ""
	}
	if p.absent || negated(st) {
		g.LifecycleStatus = "rejected"
		g.Note = append(g.Note, "the source says that this is NOT a goal")
	}
	g.Note = append(g.Note, r.notes(st, nil)...)
	r.add(p, st, g)
}
