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
	if d.Specimen == "" {
		d.Specimen = p.specimen
	}
	inner.specimen = d.Specimen
	inner.panel = record.Reference{Local: r.local(st), Display: d.Code.String()}
	results, parts := r.results(d, st)
	if len(results) > 0 && d.Effective.Empty() {
		d.Effective = r.shared(results)
	}
	switch {
	case r.own && d.Code.Empty() && attr(child(st, "code"), "nullFlavor") == "NA": // no panel: the guide wants an organizer around every result
		inner.panel = p.panel
	case len(results) > 0 || parts == 0 || !d.Code.Empty(): // else it only holds other reports, those of one germ
		d.Status = r.inProgress(d.Status, results...)
		d.Note = append(d.Note, r.notes(st, nil)...)
		r.addNamed(p, st, d)
	default:
		inner.panel = p.panel
	}
	for c := range children(st, "component") {
		if s := statementIn(c); s != nil && (placeholder(s) || !isComment(s)) {
			r.reported(inner, s)
		}
	}
}

// results lists the observations of a report and takes its comments; parts are
// all its statements but those.
func (r *reader) results(d *record.DiagnosticReport, st *node) (results []*node, parts int) {
	for c := range children(st, "component") {
		s := statementIn(c)
		switch {
		case s == nil || placeholder(s):
			continue
		case isComment(s):
			d.Note = appendWords(d.Note, r.sentence(s, 0))
			continue
		}
		parts++
		if s.Local == "observation" && !isDetail(s) && attr(s, "moodCode") != "GOL" {
			results = append(results, s)
			d.Result = append(d.Result, record.Reference{Local: r.local(s), Display: r.observedCode(s).String()})
		}
	}
	return results, parts
}

// inProgress is the status of what is still active: without a value it is only
// registered, with one it is preliminary (CLINICAL-SAFETY hazard 24).
func (r *reader) inProgress(status string, results ...*node) string {
	if status != "registered" {
		return status
	}
	for _, st := range results {
		if v, _, _ := r.observed(st); !v.Empty() && isCode(child(st, "statusCode"), "active") {
			return "preliminary"
		}
	}
	return status
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
