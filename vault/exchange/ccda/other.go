package ccda

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on what is told of an entry that has no kind of its own.
const (
	rowsLimit = 200 // rows of one entry; the original has the rest
	rowDepth  = 6   // nested statements
)

// other files a statement of no kind of its own with what could be read of it,
// row by row.
func (r *reader) other(p place, st *node) {
	o := &record.Other{
		ResourceType: "CDA " + st.Local, Code: r.named(child(st, "code"), st), Status: attr(child(st, "statusCode"), "code"),
		Intent: intents[attr(st, "moodCode")], Absent: p.absent || negated(st), When: r.interval(child(st, "effectiveTime")),
	}
	if o.Code.Has(v3ActCode, "ASSERTION") || o.Code.Has("http://terminology.hl7.org/CodeSystem/v3-ActClass", "CONC") {
		if v := r.concept(child(st, "value")); !v.Empty() {
			o.Title = v.String()
		} else if text := r.label(child(st, "text")); text != "" {
			o.Title = text
		}
	}
	if isComment(st) {
		o.Title = r.label(child(st, "text"))
	}
	if o.Title == "" && o.Code.Empty() {
		o.Title = r.product(st).String()
	}
	if v, _, _ := r.observed(st); o.Title == "" && v.String() != "" {
		o.Title = joinWords(": ", o.Code.Words(), v.String()) // "Resuscitation status" alone would not say which
	}
	r.rows(o, st, "", 0)
	r.add(p, st, o)
}

// rows tells a statement in label and value, and those inside it.
func (r *reader) rows(o *record.Other, st *node, prefix string, depth int) {
	r.ownRows(o, st, prefix, depth)
	if depth >= rowDepth {
		return
	}
	for c := st.First; c != nil; c = c.Next {
		if c.Local != "entryRelationship" && c.Local != "component" {
			continue
		}
		s := statementIn(c)
		if s == nil || placeholder(s) || len(o.Row) >= rowsLimit {
			continue
		}
		what := r.title(s)
		if what == "" {
			what = "Part"
		}
		if negated(s) {
			what = "NOT: " + what
		}
		at := len(o.Row)
		r.rows(o, s, fmt.Sprintf("%s%s: ", prefix, what), depth+1)
		if len(o.Row) == at {
			addRow(o, prefix+"Part", what)
		}
	}
}

func addRow(o *record.Other, label, value string) {
	if value != "" && len(o.Row) < rowsLimit {
		o.Row = append(o.Row, record.Row{Label: label, Value: value})
	}
}

// ownRows tells what the statement itself says.
func (r *reader) ownRows(o *record.Other, st *node, prefix string, depth int) {
	v, absent, more := r.observed(st)
	addRow(o, prefix+"Value", v.String())
	addRow(o, prefix+"No value because", absent.String())
	for _, m := range more {
		addRow(o, prefix+"Value", m)
	}
	addRow(o, prefix+"Text", r.label(child(st, "text")))
	if depth > 0 {
		addRow(o, prefix+"Date", r.interval(child(st, "effectiveTime")).Human())
	}
	addRow(o, prefix+"Product", r.product(st).String())
	for part := range children(st, "participant") {
		role := child(part, "participantRole")
		entity := child(role, "playingEntity")
		addRow(o, prefix+"Taking part", joinWords(", ", personName(entity), r.concept(child(entity, "code")).String(),
			r.concept(child(role, "code")).String(), r.concept(child(role, "playingDevice", "code")).String()))
	}
	for _, name := range r.performers(st) {
		addRow(o, prefix+"Performed by", name)
	}
	for n := range children(st, "interpretationCode") {
		addRow(o, prefix+"Interpretation", r.concept(n).String())
	}
	for _, rr := range r.ranges(st) {
		addRow(o, prefix+"Range", rr.String())
	}
}
