package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// categoryNames are the FHIR observation categories that sections stand for.
var categoryNames = map[string]string{
	record.Laboratory: "Laboratory", record.VitalSigns: "Vital signs", record.SocialHistory: "Social history",
	"survey": "Survey", "exam": "Exam", "imaging": "Imaging",
}

func findingCategory(a area) string {
	switch a {
	case imagingArea:
		return "imaging"
	case socialArea:
		return record.SocialHistory
	}
	return "survey"
}

// observation reads a Result (2.16.840.1.113883.10.20.22.4.2), Vital Sign
// (22.4.27), Social History (22.4.38), status or other observation.
func (r *reader) observation(p place, st *node, category string) {
	o := r.observe(p, st, category)
	r.compareNumber(o, st)
	r.addNamed(p, st, o)
}

func (r *reader) observe(p place, st *node, category string) *record.Observation {
	o := &record.Observation{
		Status: statusCode(st, resultStatus), Code: r.observedCode(st), Effective: r.interval(child(st, "effectiveTime")),
		Panel: p.panel, Encounter: p.encounter, Absent: p.absent || negated(st), Performer: r.performers(st),
		Category: []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: category, Display: categoryNames[category]}}}},
	}
	if o.Code.Empty() {
		o.Code.Text = r.label(child(st, "text"))
	}
	var more []string
	o.Value, o.DataAbsentReason, more = r.observed(st)
	o.Note = append(o.Note, more...)
	o.Status = r.inProgress(o.Status, st)
	for n := range children(st, "interpretationCode") {
		if c := r.concept(n); !c.Empty() {
			o.Interpretation = append(o.Interpretation, c)
		}
	}
	o.ReferenceRange = r.ranges(st)
	for n := range children(st, "methodCode") {
		if c := r.concept(n); !c.Empty() {
			o.Method = c
		}
	}
	for n := range children(st, "targetSiteCode") {
		if c := r.concept(n); !c.Empty() {
			o.BodySite = c
		}
	}
	if o.Specimen = r.specimen(st); o.Specimen == "" {
		o.Specimen = p.specimen
	}
	if about := r.otherSubject(st); about != "" {
		o.Focus = []string{about}
	}
	r.members(o, st)
	if isFraction(o.Value.Quantity, child(st, "text")) {
		o.Note = append(o.Note, "the phone writes a fraction with the sign %: 1 stands for 100 %")
	}
	return o
}

// observedCode is the code of an observation. Older documents code a smoking
// status and the like as ASSERTION and leave the meaning to the template: then
// the code that the template stands for is added (C-CDA R2.1, 3.107 and 3.117;
// pregnancy observation).
func (r *reader) observedCode(st *node) record.Concept {
	c := r.concept(child(st, "code"))
	if c.Text != "" || !c.Has(v3ActCode, "ASSERTION") {
		return c
	}
	for _, x := range []struct{ template, code, display string }{
		{entryTemplateRoot + "78", "72166-2", "Tobacco smoking status"},
		{entryTemplateRoot + "85", "11367-0", "History of tobacco use"},
		{"2.16.840.1.113883.10.22.4.78", "72166-2", "Tobacco smoking status"},
		{"2.16.840.1.113883.10.20.15.3.8", "82810-3", "Pregnancy status"},
	} {
		if hasTemplate(st, x.template) {
			c.Coding = append([]record.Coding{{System: record.LOINC, Code: x.code, Display: x.display}}, c.Coding...)
			return c
		}
	}
	if c.Words() == "" {
		c.Text = "Finding" // "ASSERTION" says that the value is all there is to say
	}
	return c
}

// members reads what hangs on an observation: supporting observations with a
// code and a value of their own (Assessment Scale Supporting Observation 22.4.86)
// become components, the rest notes.
func (r *reader) members(o *record.Observation, st *node) {
	isMember := func(typ string, s *node) bool {
		return typ == "COMP" && s.Local == "observation" && child(s, "value") != nil && byTemplate(s) == noRole && !negated(s) && !r.concept(child(s, "code")).Empty()
	}
	for typ, s := range related(st) {
		if isMember(typ, s) {
			v, absent, more := r.observed(s)
			o.Component = append(o.Component, record.Component{Code: r.observedCode(s), Value: v, DataAbsentReason: absent, ReferenceRange: r.ranges(s)})
			o.Note = append(o.Note, more...)
		}
	}
	o.Note = append(o.Note, r.notes(st, isMember)...)
}

// ranges reads the reference ranges. Only interpretation N is the normal range
// (CLINICAL-SAFETY hazard 28); those ranges come first.
func (r *reader) ranges(st *node) []record.ReferenceRange {
	var normal, others []record.ReferenceRange
	for n := range children(st, "referenceRange") {
		rr, isNormal := r.rangeOf(child(n, "observationRange"))
		switch {
		case rr.String() == "":
		case isNormal:
			normal = append(normal, rr)
		default:
			others = append(others, rr)
		}
	}
	return append(normal, others...)
}

func (r *reader) rangeOf(n *node) (rr record.ReferenceRange, normal bool) {
	if n == nil {
		return rr, false
	}
	rr.Text = r.label(child(n, "text"))
	if v := child(n, "value"); v != nil {
		if low, high, words := r.limits(v); words != "" || low.Empty() && high.Empty() {
			if words == "" {
				words = r.any(v).String()
			}
			if rr.Text == "" {
				rr.Text = words
			}
		} else {
			rr.Low, rr.High = low, high
		}
	}
	interpretation := child(n, "interpretationCode")
	rr.Type = r.concept(interpretation)
	return rr, isCode(interpretation, "N")
}

// specimen names what was examined.
func (r *reader) specimen(st *node) string {
	var words string
	for s := range children(st, "specimen") {
		e := child(s, "specimenRole", "specimenPlayingEntity")
		name := r.concept(child(e, "code")).String()
		if name == "" {
			name = oneLine(content(child(e, "name")))
		}
		words = joinWords(", ", words, name)
	}
	return words
}

// otherSubject names whom an observation is about where that is not the patient:
// a fetus, a donor, a relative (CLINICAL-SAFETY hazard 30).
func (r *reader) otherSubject(st *node) string {
	rel := child(st, "subject", "relatedSubject")
	if rel == nil || attr(rel, "classCode") == "PAT" {
		return ""
	}
	if w := r.concept(child(rel, "code")).String(); w != "" {
		return w
	}
	if w := personName(child(rel, "subject")); w != "" {
		return w
	}
	return "someone else"
}
