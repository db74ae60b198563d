package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// categorySystem is the code system of FHIR Condition.category.
const categorySystem = "http://terminology.hl7.org/CodeSystem/condition-category"

// problem reads a Problem Observation (2.16.840.1.113883.10.20.22.4.4).
// negationInd says that the patient does not have it (CLINICAL-SAFETY hazard 7).
func (r *reader) problem(p place, st *node) {
	c := &record.Condition{
		Absent:       p.absent || negated(st),
		Code:         r.named(child(st, "value"), st),
		RecordedDate: r.recorded(p, st), Recorder: r.recorder(p, st),
		Encounter: p.encounter,
	}
	if child(st, "value") == nil && c.Code.Empty() {
		c.Code = r.concept(child(st, "code"))
	}
	c.Category = r.problemCategory(p, st)
	for s := range children(st, "targetSiteCode") {
		if site := r.concept(s); !site.Empty() {
			c.BodySite = append(c.BodySite, site)
		}
	}
	c.Onset, c.Abatement = r.course(child(st, "effectiveTime"))
	certainty(c, child(st, "value"))
	verification(c, child(st, "value"))
	r.problemStatus(c, p, st)
	if w := r.severity(st); w != "" {
		c.Severity = record.Concept{Text: w}
	}
	c.Note = append(c.Note, r.notes(st, func(_ string, s *node) bool { return isDetail(s) })...)
	c.Note = append(c.Note, p.concern.remarks()...)
	p.section.tally(c)
	r.add(p, st, c)
}

// problemCategory is the section's sense of the problem, and the type that the
// observation's code states (diagnosis, symptom, …).
func (r *reader) problemCategory(p place, st *node) []record.Concept {
	var out []record.Concept
	switch p.category {
	case "problem-list-item", "encounter-diagnosis":
		out = append(out, record.Concept{Coding: []record.Coding{{System: categorySystem, Code: p.category, Display: strings.ReplaceAll(p.category, "-", " ")}}})
	case "health-concern":
		out = append(out, record.Concept{Coding: []record.Coding{{System: "http://hl7.org/fhir/us/core/CodeSystem/condition-category", Code: p.category, Display: "health concern"}}})
	}
	if c := r.concept(child(st, "code")); !c.Empty() && !c.Has(v3ActCode, "ASSERTION") && child(st, "value") != nil {
		out = append(out, c)
	}
	return out
}

// problemStatus sets the clinical status. A dated end that has passed overrules
// "active" even of a status observation; the observation's word is kept as a
// note. An end without a date beside an explicit "active" is a contradiction of
// the source, which is shown and not decided.
func (r *reader) problemStatus(c *record.Condition, p place, st *node) {
	if p.nullified(st) {
		c.VerificationStatus = "entered-in-error"
		return
	}
	c.ClinicalStatus = r.clinical(p, st)
	if c.Abatement.Empty() {
		return
	}
	c.ClinicalStatus = r.afterEnd(p, st, c.ClinicalStatus, c.Abatement)
	end := day(c.Abatement)
	switch c.ClinicalStatus {
	case "active", "recurrence", "relapse":
		if end != "" && !after(end, r.made) {
			c.Note = append(c.Note, "status in the source: "+c.ClinicalStatus+", although it also gives an end")
			c.ClinicalStatus = ""
			r.remark(record.Warning, st, "has an end, yet its status is active; the end counts")
		}
	}
}

// after says whether day a is later than day b on the digits that both wrote; a
// document without a date cannot tell.
func after(a, b record.Date) bool {
	n := min(len(a), len(b))
	return n > 0 && a[:n] > b[:n]
}
