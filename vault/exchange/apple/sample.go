package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// sample is what most elements have in common (HKSample): when, and where from.
type sample struct {
	typ, unit, value, source, device, start, end string

	standing
	at     record.Span
	self   bool     // typed in by a person
	unsure bool     // a detail could not be read, which may have said so
	notes  []string // what the details say
	site   string   // where on the body it was measured
	flavor string   // a detail that keeps readings apart: a basal dose is no bolus
}

// sampleOf reads what an element has in common with others.
func (r *reader) sampleOf(e *element) sample {
	s := sample{standing: e.standing, unsure: e.bad > 0 || e.more > 0}
	for i := range e.Attr {
		a := &e.Attr[i]
		switch a.Local {
		case "type":
			s.typ = a.Value
		case "unit":
			s.unit = a.Value
		case "value":
			s.value = a.Value
		case "sourceName":
			s.source = a.Value
		case "device":
			s.device = hardware(a.Value)
		case "startDate":
			s.start = a.Value
		case "endDate":
			s.end = a.Value
		}
	}
	if !r.dec.Transcoded() {
		s.at = record.Span{Offset: e.Offset, Length: e.end - e.Offset}
	}
	for i := range e.inner {
		if e.inner[i].Name.Local == "MetadataEntry" {
			s.detail(e.inner[i].get("key"), e.inner[i].get("value"))
		}
	}
	return s
}

// kept makes s independent of the text it was read from.
func (s sample) kept() sample {
	s.typ, s.unit, s.value, s.source = strings.Clone(s.typ), strings.Clone(s.unit), strings.Clone(s.value), strings.Clone(s.source)
	s.device, s.start, s.end, s.site, s.flavor = strings.Clone(s.device), strings.Clone(s.start), strings.Clone(s.end), strings.Clone(s.site), strings.Clone(s.flavor)
	for n := range s.notes {
		s.notes[n] = strings.Clone(s.notes[n])
	}
	return s
}

// asserter says who stands behind it: the person who typed it in, else the
// device that is named.
func (s sample) asserter() record.Asserter {
	switch {
	case s.self:
		return record.ByPatient
	case s.device != "" && !s.unsure:
		return record.ByDevice
	}
	return ""
}

// provenance is where a sample stands and who says it.
func (s sample) provenance() record.Provenance {
	return record.Provenance{Place: s.place(), Span: s.at, System: s.source, Asserter: s.asserter()}
}
