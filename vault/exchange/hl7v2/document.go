package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// documentGroup is TXA with its OBX.
type documentGroup struct {
	txa     *segment
	results []*result
	notes   []string
	people  []string
	about   []*order // the orders that the document answers
}

// documentTypes are HL7 table 0270 for people.
var documentTypes = map[string]string{
	"AR": "Autopsy report", "CD": "Cardiodiagnostics", "CN": "Consultation", "DI": "Diagnostic imaging", "DS": "Discharge summary", "ED": "Emergency department report", "HP": "History and physical examination", "OP": "Operative report",
	"PC": "Psychiatric consultation", "PH": "Psychiatric history and physical examination", "PN": "Procedure note", "PR": "Progress note", "SP": "Surgical pathology", "TS": "Transfer summary",
}

// completion are the FHIR docStatus for HL7 table 0271 (TXA-17).
var completion = map[string]string{"AU": "final", "LA": "final", "PA": "preliminary", "DI": "preliminary", "DO": "preliminary", "IN": "preliminary", "IP": "preliminary"}

// documentHeader reads TXA.
func (b *builder) documentHeader(s *segment) {
	b.flushDose()
	if b.document != nil && b.document.txa != nil {
		b.flushDocument()
	}
	b.flushOrder()
	if b.document == nil {
		b.document = &documentGroup{}
	}
	b.document.txa = s
}

// documentOrder keeps an order of an MDM message for the document that answers
// it.
func (b *builder) documentOrder(o *order) {
	if b.document == nil {
		b.document = &documentGroup{}
	}
	d := b.document
	d.about = append(d.about, o)
	d.notes = append(d.notes, o.notes...)
	d.results = append(d.results, o.results...)
}

// withoutDocument files the orders of an MDM message that no document answers.
func (b *builder) withoutDocument() {
	if b.document == nil {
		return
	}
	about := b.document.about
	b.document = nil
	for _, o := range about {
		b.report(o)
	}
}

// note puts a note to the last result, else to the document.
func (d *documentGroup) note(text string) {
	if n := len(d.results); n > 0 {
		d.results[n-1].notes = append(d.results[n-1].notes, text)
		return
	}
	d.notes = append(d.notes, text)
}

// flushDocument files the document.
func (b *builder) flushDocument() {
	g := b.document
	if g == nil {
		return
	}
	if g.txa == nil && len(g.results) == 0 {
		return // an order that waits for its TXA
	}
	b.document = nil
	s := g.txa
	if s == nil {
		s = g.about[0].obr
	}
	for range g.about {
		b.absorb()
	}
	d := b.documentOf(g)
	p := b.provenance(s)
	if g.txa != nil {
		if id, ok := s.field(12).entityIdentifier(); ok {
			p.Identifiers = []record.Identifier{id}
		}
		p.Security = label(s.field(18), "0272")
	}
	if len(d.Author) > 0 {
		p.Author = d.Author[0]
	}
	c := &reportContext{order: &order{results: g.results}, report: &record.DiagnosticReport{Code: d.Type, Effective: record.At(d.Date)}, provenance: p}
	b.contents(d, c)
	for _, n := range g.notes {
		d.Section = append(d.Section, section("Note", n, s.place()))
	}
	if len(d.Section) == 0 && len(d.Content) == 0 && len(c.made) == 0 {
		d.Content = []record.Attachment{{Missing: nothing}}
	}
	b.add(d, p)
	for _, r := range c.made {
		b.sink.Add(r)
	}
}

// documentOf reads what TXA says of the document.
func (b *builder) documentOf(g *documentGroup) *record.DocumentReference {
	d := &record.DocumentReference{Status: "current", Encounter: b.encounter}
	for n, o := range g.about {
		d.Description = joined("; ", d.Description, o.obr.field(4).concept().String())
		if n == 0 {
			d.Date = b.reportTime(o).Start
		}
	}
	s := g.txa
	if s == nil {
		d.Title = d.Description
		return d
	}
	d.Type = s.field(2).tabled("0270", documentTypes)
	if d.Title = s.field(25).String(); d.Title == "" {
		d.Title = joined(": ", d.Type.Words(), d.Description)
	}
	if strings.Contains(d.Title, d.Description) {
		d.Description = ""
	}
	d.DocStatus = status(s.field(17), completion)
	for _, n := range []int{4, 6, 7} {
		if m := s.moment(n); m != "" {
			d.Date = m
			break
		}
	}
	d.Author = append(s.allPeople(9, 5, 10, 22), g.people...)
	b.documentEvent(s, d)
	d.Description = joined("; ", d.Description, s.field(21).words())
	return d
}

// documentEvent reads what became of the document: TXA-19 (HL7 table 0273) and
// the trigger event of the message.
func (b *builder) documentEvent(s *segment, d *record.DocumentReference) {
	switch availability := s.field(19).String(); {
	case b.event == "T11" || availability == "CA":
		d.Status = "entered-in-error"
	case availability == "OB":
		d.Status = "superseded"
	}
	if b.event == "T09" || b.event == "T10" {
		if id, ok := s.field(13).entityIdentifier(); ok {
			d.Replaces = []string{id.Value}
		}
	}
	if b.event == "T08" || b.event == "T07" {
		d.Description = joined("; ", d.Description, "edited by its author")
	}
}

// contents puts the OBX of a document in: text into sections, files beside them,
// and measured values into records of their own.
func (b *builder) contents(d *record.DocumentReference, c *reportContext) {
	var measured []*result
	for i := 0; i < len(c.order.results); i++ {
		r := c.order.results[i]
		switch kind := r.seg.field(2).String(); {
		case kind == "ED" || kind == "RP":
			if a, ok := b.attachment(r.seg); ok {
				d.Content = append(d.Content, a)
				b.absorb()
			}
			for _, n := range r.notes {
				d.Section = append(d.Section, section("Note", n, r.seg.place()))
			}
		case textual(kind):
			if n := len(d.Section); n > 0 && i > 0 && b.sameText(c.order.results[i-1], r) {
				d.Section[n-1].Text += textOf(r)
			} else {
				x := section(b.observed(r.seg.field(3)).String(), "", r.seg.place())
				x.Code, x.Text = b.observed(r.seg.field(3)), textOf(r)
				d.Section = append(d.Section, x)
			}
			b.absorb()
		default:
			measured = append(measured, r)
		}
	}
	c.order.results = measured
	c.names()
	b.observations(c)
}

// sameText says whether two results are parts of one text.
func (b *builder) sameText(a, r *result) bool {
	return a.seg.field(3).text == r.seg.field(3).text && textual(a.seg.field(2).String()) && len(a.notes) == 0
}

// textOf is a result's text with the notes behind it.
func textOf(r *result) record.Narrative {
	var w record.NarrativeWriter
	paragraph(&w, r.text())
	for _, n := range r.notes {
		paragraph(&w, n)
	}
	return w.Narrative()
}

func section(title, text, place string) record.Section {
	var w record.NarrativeWriter
	paragraph(&w, text)
	return record.Section{Title: strings.TrimSpace(title), Text: w.Narrative(), Place: place}
}
