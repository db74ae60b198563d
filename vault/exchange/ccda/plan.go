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
	code := r.named(child(st, "code"), st)
	if st.Local == "supply" {
		if product := r.product(st); !product.Empty() {
			code = product
		}
	}
	when := r.interval(child(st, "effectiveTime"))
	if code.Empty() {
		code, when = r.plannedInside(st, when)
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
	if text := r.label(child(st, "text")); text != code.String() {
		a.Description = joinWords(", ", a.Description, text)
	}
	c.Activity = []record.Activity{a}
	if c.Title == "" {
		c.Title = a.Description
	}
	if a.DoNotPerform {
		c.Title = "Do NOT: " + c.Title
		c.Status = "rejected"
	}
	c.Note = r.planNotes(st)
	r.add(p, st, c)
}

// plannedInside is what a plan without a name of its own is about: some senders
// only wrap the statement that names it.
func (r *reader) plannedInside(st *node, when record.When) (record.Concept, record.When) {
	for typ, s := range related(st) {
		if isReason(typ, s) || isDetail(s) || isComment(s) {
			continue
		}
		if code := r.named(child(s, "code"), s); !code.Empty() {
			if when.Empty() {
				when = r.interval(child(s, "effectiveTime"))
			}
			return code, when
		}
	}
	return record.Concept{}, when
}

// planNotes tells why, by whom and where, and what hangs on a plan.
func (r *reader) planNotes(st *node) []string {
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
	if names := r.performers(st); len(names) > 0 {
		out = append(out, "by: "+strings.Join(names, "; "))
	}
	if where := r.location(st); where != "" {
		out = append(out, "at: "+where)
	}
	out = append(out, r.notes(st, isReason)...)
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
