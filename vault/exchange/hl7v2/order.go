package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// order is an OBR with what belongs to it: its results, notes and specimens.
type order struct {
	orc, obr   *segment
	notes      []string
	people     []string
	results    []*result
	specimens  []*segment
	security   []record.Coding
	inherited  int // specimens that stood before OBR
	afterwards bool
}

// result is an OBX, or several that carry the lines of one text.
type result struct {
	seg    *segment
	more   []*segment
	notes  []string
	people []string
	key    string // the issuer's name for it within the order, "" where it is not unique
}

// confidentiality are the codes of HL7 tables 0177 and 0272 that have one in
// v3-Confidentiality.
var confidentiality = map[string]string{"V": "V", "R": "R", "U": "N"}

const v3Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

// label is a confidentiality code, nothing for the usual one.
func label(f field, table string) []record.Coding {
	code := f.comp(1).String()
	switch v3 := confidentiality[code]; {
	case code == "" || v3 == "N":
		return nil
	case v3 != "":
		return []record.Coding{{System: v3Confidentiality, Code: v3}}
	}
	return []record.Coding{{System: v2Table(table), Code: code, Display: f.comp(2).String()}}
}

// commonOrder reads ORC: what follows belongs to this order.
func (b *builder) commonOrder(s *segment) {
	b.flushOrder()
	b.flushDose()
	b.flushDocument()
	b.orc, b.timing, b.stray = s, nil, nil
}

// observationRequest reads OBR.
func (b *builder) observationRequest(s *segment) {
	b.flushOrder()
	b.flushDose()
	b.flushDocument()
	b.order = &order{orc: b.orc, obr: s, specimens: b.specimen, inherited: len(b.specimen), notes: b.stray}
	b.order.security = label(b.orc.field(28), "0177")
	b.stray = nil
	b.orc = nil
}

// number is an order's number at the placer (2) or filler (3): in OBR, else ORC.
func (o *order) number(n int) (record.Identifier, bool) {
	if id, ok := o.obr.field(n).first().entityIdentifier(); ok {
		return id, true
	}
	return o.orc.entityNumber(n)
}

func (s *segment) entityNumber(n int) (record.Identifier, bool) {
	if s == nil {
		return record.Identifier{}, false
	}
	return s.field(n).first().entityIdentifier()
}

// flushOrder files an order with its results.
func (b *builder) flushOrder() {
	o := b.order
	if o == nil {
		return
	}
	b.order = nil
	switch {
	case b.kind == "MDM":
		b.documentOrder(o)
	case len(o.results) == 0 && b.requests():
		b.request(o)
	default:
		b.report(o)
	}
}

// requests says whether the message asks for tests rather than reporting them.
func (b *builder) requests() bool {
	switch b.kind {
	case "ORM", "OML", "OMG", "OMI", "OMN", "OMS", "OMD", "OMB", "ORR", "ORL", "ORG", "OSR", "OPL":
		return true
	}
	return false
}

// request files what was ordered and has no result yet.
func (b *builder) request(o *order) {
	s := o.obr
	r := &record.Other{ResourceType: "ServiceRequest", Code: s.field(4).concept(), Intent: "order", Status: orderStatus(o.orc)}
	r.Title = r.Code.String()
	if r.Title == "" {
		r.Title = "Order that the source does not name"
	}
	if r.When = s.when(6); r.When.Empty() && o.orc != nil {
		r.When = o.orc.when(9)
	}
	r.When = firstWhen(r.When, s.when(7))
	r.Row = rows(
		"Ordered by", strings.Join(s.field(16).people(), ", "),
		"Reason", conceptWords(s.field(31).concepts()),
		"Clinical information", s.field(13).words(),
		"Wanted at", s.field(36).words(),
		"Specimen", s.field(15).words(),
	)
	for _, n := range o.notes {
		r.Row = append(r.Row, record.Row{Label: "Note", Value: n})
	}
	p := b.provenance(s)
	p.Security = o.security
	for _, n := range []int{2, 3} {
		if id, ok := o.number(n); ok {
			p.Identifiers = append(p.Identifiers, about(id, s.field(4).comp(1).String()))
		}
	}
	b.add(r, p)
	b.specimens(o)
}

// specimens counts the specimens that became words of a report.
func (b *builder) specimens(o *order) {
	for range o.specimens[min(o.inherited, len(o.specimens)):] {
		b.absorb()
	}
}

func firstWhen(list ...record.When) record.When {
	for _, w := range list {
		if !w.Empty() {
			return w
		}
	}
	return record.When{}
}

func conceptWords(list []record.Concept) string {
	out := ""
	for _, c := range list {
		out = joined(", ", out, c.String())
	}
	return out
}

// rows makes rows of labels and values, without the empty ones.
func rows(pairs ...string) []record.Row {
	var out []record.Row
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, record.Row{Label: pairs[i], Value: pairs[i+1]})
		}
	}
	return out
}

// orderStatuses are the FHIR request statuses for HL7 table 0038.
var orderStatuses = map[string]string{
	"CA": "cancelled", "CM": "completed", "DC": "stopped", "HD": "on-hold", "IP": "active", "SC": "active", "A": "active", "ER": "unknown", "RP": "stopped",
}

// orderControls are those for HL7 table 0119, where ORC-5 says nothing. A
// request to cancel counts as cancelled: what is asked for is not wanted.
var orderControls = map[string]string{
	"NW": "active", "OK": "active", "XO": "active", "XX": "active", "RO": "active", "RL": "active", "RU": "active", "RF": "active", "AF": "active", "PA": "active",
	"CA": "cancelled", "CR": "cancelled", "OC": "cancelled", "UA": "cancelled", "DF": "cancelled",
	"DC": "stopped", "DR": "stopped", "OD": "stopped", "RP": "stopped", "RQ": "stopped", "HD": "on-hold", "HR": "on-hold", "OH": "on-hold",
}

// orderStatus is ORC-5, else what ORC-1 implies.
func orderStatus(orc *segment) string {
	if orc == nil {
		return ""
	}
	if code := orc.field(5).comp(1).String(); code != "" {
		if s := orderStatuses[code]; s != "" {
			return s
		}
		return "unknown"
	}
	return orderControls[orc.field(1).comp(1).String()]
}
