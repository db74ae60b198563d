package fhir

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func observation(it *item) record.Resource {
	v := it.res
	o := &record.Observation{
		Status: v.TextOf("status"), Category: it.concepts(v.Get("category")), Code: it.concept(v.Get("code")), Effective: it.when("effective"),
		Issued: it.dated("issued"), Value: it.valueOf(v, ""), DataAbsentReason: conceptOf(v.Get("dataAbsentReason")),
		Interpretation: it.concepts(v.Get("interpretation")), ReferenceRange: it.rangesOf(v, ""), HasMember: it.links(v.Get("hasMember")),
		DerivedFrom: it.links(v.Get("derivedFrom")), BodySite: it.concept(v.Get("bodySite")), Method: it.concept(v.Get("method")),
		Encounter: it.link(v.Get("encounter")), Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	for i, c := range v.Each("component") {
		at := "component/" + itoa(i) + "/"
		o.Component = append(o.Component, record.Component{
			Code: it.concept(c.Get("code")), Value: it.valueOf(c, at), DataAbsentReason: conceptOf(c.Get("dataAbsentReason")),
			Interpretation: it.concepts(c.Get("interpretation")), ReferenceRange: it.rangesOf(c, at),
		})
	}
	if name := it.denied(ourNegatedURL); name != "" {
		o.Absent, o.Code = true, record.Concept{Text: name}
	}
	it.focus(o)
	it.name(&o.Specimen, v.Get("specimen"))
	it.use(v.Get("specimen"))
	it.name(&o.Device, v.Get("device"))
	it.names(&o.Performer, v.Get("performer"), "")
	it.by(v.Get("performer"))
	if !v.Get("performer").Exists() && v.Get("device").Exists() {
		it.by(v.Get("device"))
	}
	return o
}

// focus says whom else the observation is about. It must not pass for the
// patient's own even where the file does not name that other one (hazard 30).
func (it *item) focus(o *record.Observation) {
	for _, f := range it.res.Each("focus") {
		ref := it.ref(f)
		if ref.raw != "" && ref.raw == it.person.raw {
			continue
		}
		words := ref.display
		if words == "" {
			words = "someone or something else"
			n := len(o.Focus)
			it.fill(ref, func(ix *index, t *target) {
				if title := ix.title(t); title != "" {
					o.Focus[n] = title
				}
			})
		}
		o.Focus = append(o.Focus, words)
	}
}

// use notes that a resource which is part of others belongs to this one.
func (it *item) use(list value) {
	for _, v := range list.Items() {
		it.fill(it.ref(v), func(_ *index, t *target) { t.used = true })
	}
}

// valueOf reads value[x] (https://hl7.org/fhir/R4/observation-definitions.html#Observation.value_x_).
func (it *item) valueOf(v value, at string) record.Value {
	var out record.Value
	stated := 0
	for name, m := range v.Members() {
		if !strings.HasPrefix(name, "value") || !m.Exists() {
			continue
		}
		if stated++; stated > 1 {
			it.warn(at+name, "more than one value; the first is shown")
			break
		}
		if !it.oneValue(&out, name[len("value"):], m, at+name) {
			it.draft.tooNew = true
		}
	}
	return out
}

// oneValue reads a value of a type; false when R4 has no such type.
func (it *item) oneValue(out *record.Value, typ string, m value, at string) bool {
	switch typ {
	case "Quantity":
		out.Quantity = it.quantity(m, at)
	case "CodeableConcept":
		out.Concept = it.concept(m)
	case "String":
		out.Text = m.Text()
	case "Boolean":
		out.Boolean = truth(m)
	case "Integer":
		out.Integer = m.Text()
	case "Range":
		out.Range = it.rangeOf(m, at).Stated()
	case "Ratio":
		out.Ratio = it.ratio(m, at).Stated()
	case "SampledData":
		out.Sampled = it.sampled(m, at)
	case "Time":
		out.Time = record.When{Text: m.Text()}
	case "DateTime":
		out.Time = it.at(m, at)
	case "Period":
		out.Time = it.period(m, at)
	case "Attachment": // DSTU2 and STU3
		out.Text = joined(m.TextOf("title"), m.TextOf("contentType"), "a file; see the original")
	default:
		return false
	}
	return true
}

// sampled describes a waveform; its points stand in the original.
func (it *item) sampled(m value, at string) string {
	points := len(strings.Fields(m.TextOf("data")))
	s := fmt.Sprintf("a recording of %d points, one every %s ms", points, m.TextOf("period"))
	if d := m.TextOf("dimensions"); d != "" && d != "1" {
		s += ", in " + d + " dimensions"
	}
	if o := it.quantity(m.Get("origin"), at+"/origin").String(); o != "" {
		s += ", zero at " + o
	}
	return s
}

func (it *item) ranges(v value, at string) []record.ReferenceRange {
	var out []record.ReferenceRange
	for i, r := range v.Each("referenceRange") {
		here := at + "referenceRange/" + itoa(i)
		out = append(out, record.ReferenceRange{
			Range: it.rangeOf(r, here), Text: r.TextOf("text"), Type: conceptOf(r.Get("type")),
			AppliesTo: conceptsOf(r.Get("appliesTo")), Age: ageRange(it.rangeOf(r.Get("age"), here+"/age")),
		})
	}
	return out
}

func ageRange(r record.Range) string {
	if s := r.String(); s != "" {
		return "age " + s
	}
	return ""
}
