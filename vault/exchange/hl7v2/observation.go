package hl7v2

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// resultStatuses are the FHIR statuses for HL7 table 0085 (OBX-11). X, N and O
// have no value to report; D and W take a result back (CLINICAL-SAFETY hazards
// 23 to 26).
var resultStatuses = map[string]string{
	"F": "final", "U": "final", "V": "final", "P": "preliminary", "R": "preliminary", "S": "preliminary", "I": "registered",
	"C": "corrected", "A": "amended", "B": "amended", "D": "entered-in-error", "W": "entered-in-error", "X": "cancelled", "N": "cancelled", "O": "registered",
}

// noValue says why a status has no value.
var noValue = map[string]record.Concept{
	"X": {Text: "the laboratory could not obtain a result", Coding: []record.Coding{{System: v2Table("0085"), Code: "X", Display: "Results cannot be obtained for this observation"}}},
	"N": {Text: "not asked for", Coding: []record.Coding{{System: dataAbsent, Code: "not-asked"}}},
	"I": {Text: "the result is pending", Coding: []record.Coding{{System: dataAbsent, Code: "temp-unknown"}}},
	"O": {Text: "ordered; there is no result in this message", Coding: []record.Coding{{System: dataAbsent, Code: "temp-unknown"}}},
}

const dataAbsent = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

// observation reads OBX: a result of the open order, a part of the open document
// or vaccine, or a reading of its own.
func (b *builder) observation(s *segment) {
	switch {
	case b.dose != nil && b.dose.vaccine != nil:
		b.vaccineObservation(s)
	case b.document != nil && b.order == nil:
		b.document.results = append(b.document.results, &result{seg: s})
	case b.order != nil:
		b.order.take(s)
	default:
		b.flushDose()
		b.flushDocument()
		b.alone(s)
	}
}

// take adds an OBX to an order. The lines of one text, sent as an OBX each, are
// one result.
func (o *order) take(s *segment) {
	if n := len(o.results); n > 0 && !o.afterwards {
		last := o.results[n-1]
		if last.continues(s) {
			last.more = append(last.more, s)
			return
		}
	}
	o.afterwards = false
	o.results = append(o.results, &result{seg: s})
}

// continues says whether s is the next line of a text.
func (r *result) continues(s *segment) bool {
	if len(r.notes) > 0 || !r.seg.isText() || !s.isText() || r.seg.field(8).text != "" || s.field(8).text != "" {
		return false
	}
	for _, n := range []int{3, 4, 11, 14} {
		if r.seg.field(n).text != s.field(n).text {
			return false
		}
	}
	return true
}

func (s *segment) isText() bool {
	t := s.field(2).text
	return t == "TX" || t == "FT"
}

// alone reads an OBX that belongs to no order: in ADT, and about a specimen
// before its order.
func (b *builder) alone(s *segment) {
	c := &reportContext{order: &order{specimens: b.specimen, results: []*result{{seg: s}}}, report: &record.DiagnosticReport{}, provenance: b.provenance(s)}
	c.target = b.focus(c.order)
	if len(b.specimen) > 0 {
		c.category = record.Laboratory
	}
	c.names()
	b.observations(c)
	if len(c.made) == 1 {
		if o, ok := c.made[0].Resource.(*record.Observation); ok {
			b.held = &heldRecord{c.made[0], func(t string) { o.Note = append(o.Note, t) }, func(t string) { o.Performer = append(o.Performer, t) }}
			return
		}
	}
	for _, r := range c.made {
		b.sink.Add(r)
	}
}

// observations makes records of the results of an order.
func (b *builder) observations(c *reportContext) {
	c.made = make([]record.Record, 0, len(c.order.results))
	c.report.Result = make([]record.Reference, 0, len(c.order.results))
	for _, r := range c.order.results {
		switch r.seg.field(2).comp(1).String() {
		case "ED", "RP":
			b.enclosed(c, r)
			continue
		}
		values, absent := b.values(r)
		for n, v := range values {
			o := b.observe(c, r, v, absent)
			p := b.resultProvenance(c, r, o)
			if len(values) > 1 {
				p.Place = valuePlace(r.seg.field(5), n+1)
				b.oneOfSeveral(&p, n+1)
			}
			if n == 0 && b.families {
				b.results[parentKey(r.seg.field(3).comp(1).sub(1).String(), r.seg.field(4).String())] = reported{p.Local[0], o.Value.String()}
			}
			c.report.Result = append(c.report.Result, record.Reference{Local: p.Local[0], Display: o.Code.String()})
			c.made = append(c.made, b.record(o, p))
		}
	}
}

// oneOfSeveral tells a value of a repeated OBX-5 from the others.
func (b *builder) oneOfSeveral(p *record.Provenance, n int) {
	p.Local = []string{b.local(p.Place)}
	if len(p.Identifiers) > 0 && n > 1 {
		p.Identifiers = []record.Identifier{{System: p.Identifiers[0].System, Value: p.Identifiers[0].Value + "|" + itoa(n)}}
	}
	named(p, "result")
}

// observe makes an Observation of one value of a result.
func (b *builder) observe(c *reportContext, r *result, v record.Value, absent record.Concept) *record.Observation {
	s := r.seg
	o := &record.Observation{
		Status: status(s.field(11), resultStatuses), Code: b.observed(s.field(3)), Effective: firstWhen(s.when(14), c.report.Effective), Issued: c.report.Issued,
		Value: v, DataAbsentReason: absent, Interpretation: s.interpretations(), ReferenceRange: s.ranges(v.Quantity.Unit), BodySite: s.field(20).first().concept(),
		Method: s.field(17).first().concept(), Specimen: c.report.Specimen, Encounter: b.encounter, Focus: c.target, Note: r.notes, Performer: s.producers(),
	}
	o.Performer = append(o.Performer, r.people...)
	if c.local != "" {
		o.Panel = record.Reference{Local: c.local, Display: joined(": ", c.report.Code.String(), c.parent)}
	}
	if code := b.category(c, o); code != "" {
		o.Category = []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: code}}}}
	}
	if o.Specimen == "" && c.order.obr == nil && len(c.order.specimens) > 0 {
		o.Specimen = c.order.specimens[0].field(4).tabled("0487", specimenTypes).String()
	}
	if w := s.field(18).first(); !w.empty() {
		o.Device = w.comp(1).String()
	}
	if c.parent != "" {
		f := c.order.obr.field(26)
		o.DerivedFrom = []record.Reference{{Local: b.results[parentKey(f.comp(1).sub(1).String(), f.comp(2).String())].local, Display: c.parent}}
		o.Code.Text = joined(" ", o.Code.Words(), "("+c.parent+")") // the same drug may be tested on several organisms
	}
	if sub := s.field(4).String(); c.parts && sub != "" {
		o.Note = append(o.Note, "Part "+sub+" of the report")
	}
	if s.field(11).comp(1).String() == "W" {
		o.Note = append(o.Note, "The sender took this result back as wrong: it may be another patient's.")
		b.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: s.place() + "-11", Text: "the sender took a result back as wrong, perhaps because it is another patient's; ask your doctor if it was told to you before"}})
	}
	return o
}

// category is that of the order; the vital signs of FHIR are vital signs
// wherever they stand.
func (b *builder) category(c *reportContext, o *record.Observation) string {
	if code := o.Code.Code(record.LOINC); vitalSigns[code] {
		return record.VitalSigns
	}
	return c.category
}

// vitalSigns are the LOINC codes of the FHIR R4 vital signs profiles
// (https://hl7.org/fhir/R4/observation-vitalsigns.html).
var vitalSigns = map[string]bool{
	"85353-1": true, "9279-1": true, "8867-4": true, "2708-6": true, "59408-5": true, "8310-5": true, "8302-2": true, "9843-4": true, "29463-7": true, "39156-5": true, "85354-9": true, "8480-6": true, "8462-4": true, "8478-0": true, "8287-5": true,
}

// producers are who made a result: the responsible observer (OBX-16, OBX-25) and
// the organisation (OBX-15, OBX-23).
func (s *segment) producers() []string {
	list := s.field(16).people()
	add := func(name string) {
		if name != "" && !contains(list, name) {
			list = append(list, name)
		}
	}
	add(s.field(25).first().personName())
	if f := s.field(23).first(); !f.empty() {
		add(f.organisation())
	}
	if f := s.field(15).first(); !f.empty() {
		add(f.concept().String())
	}
	return list
}

// findings are the suffixes of observation identifiers of radiology and
// pathology (HL7 v2.8, chapter 7.2.2).
var findings = map[string]string{
	"ADT": "addendum", "IMP": "impression", "GDT": "general description", "REC": "recommendation", "CNP": "confirming procedures", "PRC": "procedure", "DEV": "device", "SER": "series", "TEC": "technician's comment", "ANT": "anatomy", "CMT": "comment", "DIS": "discussion",
}

// observed is OBX-3, with its suffix in words.
func (b *builder) observed(f field) record.Concept {
	c := f.concept()
	suffix := f.comp(1).sub(2).String()
	if suffix == "" || len(c.Coding) == 0 {
		return c
	}
	c.Coding[0].Code = f.comp(1).sub(1).String()
	words := findings[suffix]
	if words == "" {
		words = suffix
	}
	c.Text = joined(" ", c.Words(), "("+words+")")
	if c.Coding[0].Code == "" {
		c.Coding = c.Coding[1:]
	}
	return c
}

// resultProvenance says where a result stands, and its name at the issuer: the
// order's name with OBX-3 and OBX-4. A correction finds the earlier
// result by it (CLINICAL-SAFETY hazard 25).
func (b *builder) resultProvenance(c *reportContext, r *result, o *record.Observation) record.Provenance {
	p := b.provenance(r.seg)
	if n := len(r.more); n > 0 {
		p.Span = b.span(r.seg, r.more[n-1])
	}
	p.Security, p.Version = c.order.security, c.provenance.Version
	if len(o.Performer) > 0 {
		p.Author = o.Performer[0]
	}
	if c.number.System != "" && r.key != "" {
		p.Identifiers = []record.Identifier{{System: c.number.System, Value: c.number.Value + "|" + r.key}}
		named(&p, "result")
	}
	return p
}

// names finds out how each result of an order is told from the others: by OBX-3
// and OBX-4, else with its time too; a result that is not alone under either has
// no name, since a correction might reach the wrong one.
func (c *reportContext) names() {
	list := c.order.results
	short := make(map[string]int, len(list))
	for _, r := range list {
		f, part := r.seg.field(3), r.seg.field(4).String()
		name := f.comp(1).String()
		if name == "" {
			name = f.comp(2).String()
		}
		if name != "" {
			r.key = name + "|" + part
		}
		short[r.key]++
		c.parts = c.parts || part != list[0].seg.field(4).String()
	}
	if len(short) == len(list) {
		return
	}
	long := map[string]int{}
	for _, r := range list {
		long[r.key+"|"+r.seg.field(14).String()]++
	}
	for _, r := range list {
		if short[r.key] == 1 || r.key == "" {
			continue
		}
		timed := r.key + "|" + r.seg.field(14).String()
		if r.key = ""; long[timed] == 1 {
			r.key = timed
		}
	}
}

// name is the issuer's name of an order: its number at the filler, else at the
// placer, with the day on which the specimen was taken (OBR-7) and what was
// ordered (OBR-4). By the standard the number alone is unique for ever. Numbers
// are met that begin anew each day, and that all orders on one specimen share:
// another result must not pass for an earlier state of this one.
func (o *order) name() record.Identifier {
	if o.obr == nil {
		return record.Identifier{}
	}
	id, ok := o.number(3)
	if !ok {
		id, ok = o.number(2)
	}
	if !ok {
		return record.Identifier{}
	}
	what := o.obr.field(4).comp(1).String()
	if what == "" {
		what = o.obr.field(4).comp(2).String()
	}
	return about(id, string(o.obr.moment(7).Day()), what)
}
