package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// report reads a Result Organizer (2.16.840.1.113883.10.20.22.4.1): a
// DiagnosticReport of its own, and each of its observations a result that names
// it as its panel.
func (r *reader) report(p place, st *node) {
	d := &record.DiagnosticReport{
		Status: statusCode(st, resultStatus), Code: r.named(child(st, "code"), st), Effective: r.interval(child(st, "effectiveTime")),
		Performer: r.performers(st), Specimen: r.specimen(st), Encounter: p.encounter,
		Category: []record.Concept{{Coding: []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/v2-0074", Code: "LAB", Display: "Laboratory"}}}},
	}
	inner := p
	inner.absent = p.absent || negated(st)
	inner.panel = record.Reference{Local: r.local(st), Display: d.Code.String()}
	var results []*node
	for c := range children(st, "component") {
		s := statementIn(c)
		if s == nil || placeholder(s) {
			continue
		}
		if s.Local == "observation" && !isDetail(s) && attr(s, "moodCode") != "GOL" {
			results = append(results, s)
			d.Result = append(d.Result, record.Reference{Local: r.local(s), Display: r.observedCode(s).String()})
		}
	}
	if len(results) > 0 && d.Effective.Empty() {
		d.Effective = r.shared(results)
	}
	d.Note = r.notes(st, nil)
	r.addNamed(p, st, d)
	for c := range children(st, "component") {
		if s := statementIn(c); s != nil {
			r.reported(inner, s)
		}
	}
}

// reported files one component of a report: an observation is a result whatever
// its template, a specimen collection is a procedure, comments are details.
func (r *reader) reported(p place, s *node) {
	switch {
	case s.Local == "observation" && !isDetail(s) && !placeholder(s) && attr(s, "moodCode") != "GOL":
		r.observation(p, s, record.Laboratory)
	default:
		r.statement(p, s)
	}
}

// shared is the time that all results have in common; empty where they differ,
// since a report's time is not made of parts.
func (r *reader) shared(results []*node) record.When {
	first := r.interval(child(results[0], "effectiveTime"))
	for _, s := range results[1:] {
		if r.interval(child(s, "effectiveTime")) != first {
			return record.When{}
		}
	}
	return first
}
