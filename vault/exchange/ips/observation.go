package ips

import "github.com/carnet-phr/carnet/vault/record"

// resultWords are words of CDA ActStatus that mean the same as a FHIR code
// (C-CDA on FHIR, Results: https://build.fhir.org/ig/HL7/ccda-on-fhir).
var resultWords = map[string]string{"completed": "final", "aborted": "cancelled"}

// observation fills an Observation (https://hl7.org/fhir/R4/observation.html).
func (r *resource) observation(o *record.Observation) {
	r.status("status", o.Status, observationStatus, resultWords)
	r.list("category", concepts(o.Category)...)
	code := r.finding(o)
	r.put("code", code)
	r.subject("subject")
	r.list("focus", displays(o.Focus)...)
	r.put("encounter", r.w.reference(o.Encounter, "Encounter"))
	r.whenOr("effective", o.Effective, withPeriod)
	if o.Issued != "" {
		r.instant("issued", o.Issued)
	}
	r.list("performer", r.whos(o.Performer)...)
	members := r.w.references(r.w.withMembers(r.rec.ID, o.HasMember), "Observation")
	r.result(o, members)
	r.list("interpretation", concepts(o.Interpretation)...)
	r.put("bodySite", concept(o.BodySite))
	r.put("method", concept(o.Method))
	r.put("specimen", display(o.Specimen))
	r.put("device", display(o.Device))
	r.list("referenceRange", ranges(o.ReferenceRange)...)
	r.list("hasMember", members...)
	r.list("derivedFrom", r.w.references(o.DerivedFrom, "DocumentReference ImagingStudy Observation")...)
	r.note("Reported in", o.Panel.Display)
	r.noteAll("", o.Note)
}

// finding is the code. FHIR cannot negate a finding: one that was NOT observed
// keeps its words, with the negation, and no code that could be counted.
func (r *resource) finding(o *record.Observation) *element {
	if !o.Absent {
		return conceptOr(o.Code, "Result that the source does not name")
	}
	for _, k := range o.Code.Coding {
		r.note("Code in the source, negated there", record.SystemName(k.System)+" "+k.Code+" "+k.Display)
	}
	r.negated(negatedURL, o.Code.String())
	return words(o.Summary().Title)
}

// result puts the value, the components and the reason for having none.
func (r *resource) result(o *record.Observation, members []*element) {
	value := o.Value
	if o.Absent {
		r.note("Value in the source, negated there", value.String())
		value = record.Value{}
	}
	valued := r.value(value)
	var parts []*element
	for _, c := range o.Component {
		if o.Absent || valued && sharesCode(c.Code, o.Code) { // obs-7: a component repeats no code of a valued result
			r.note("Part: "+c.Code.String(), c.String())
			continue
		}
		parts = append(parts, component(c))
	}
	r.list("component", parts...)
	switch {
	case valued: // obs-6
		r.note("The source also gives a reason for having no value", o.DataAbsentReason.String())
	case !o.DataAbsentReason.Empty():
		r.put("dataAbsentReason", concept(o.DataAbsentReason))
	case len(parts) == 0 && len(members) == 0:
		r.put("dataAbsentReason", concept(record.Concept{Coding: []record.Coding{{System: dataAbsentReasonSystem, Code: "unknown", Display: "Unknown"}}}))
	}
}

// component is Observation.component.
func component(c record.Component) *element {
	e := new(element)
	e.put("code", conceptOr(c.Code, "Part not named by the source"))
	if !e.value(c.Value) {
		e.put("dataAbsentReason", concept(c.DataAbsentReason))
	}
	e.list("interpretation", concepts(c.Interpretation)...)
	e.list("referenceRange", ranges(c.ReferenceRange)...)
	return e
}

func sharesCode(a, b record.Concept) bool {
	for _, k := range a.Coding {
		if k.Code != "" && b.Has(k.System, k.Code) {
			return true
		}
	}
	return false
}
