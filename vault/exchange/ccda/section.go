package ccda

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// section is one section of the structured body.
type section struct {
	node     *node
	area     area
	security []record.Coding // its own, else that of what it stands in
	denials  int             // general statements of no allergy among its entries
	listed   []string        // substances that its entries do list
}

// section files one section with its narrative, its entries and the sections
// inside it. One of no known kind inside one of results, vital signs or family
// history is about the same: laboratory reports have a section for each test
// inside that of their specialty.
func (r *reader) section(n *node, depth int, around []record.Coding, outer area) {
	if r.err != nil || r.ctx.Err() != nil {
		return
	}
	s := &section{node: n, area: areaOf(n), security: labelled(n, around)}
	if s.area == otherArea {
		switch outer {
		case resultArea, vitalArea, familyArea:
			s.area = outer
		}
	}
	at := len(r.doc.Section)
	r.doc.Section = append(r.doc.Section, record.Section{
		Title: oneLine(content(child(n, "title"))), Code: r.concept(child(n, "code")), Depth: depth,
		EmptyReason: attr(n, "nullFlavor"), Place: n.Path(), Withheld: len(s.security) > 0,
	})
	if text := child(n, "text"); text != nil {
		r.doc.Section[at].Text = r.render(text)
	}
	r.doc.Section[at].Entries = r.entries(s)
	r.compareText(s, r.doc.Section[at].Text)
	for c := range children(n, "component") {
		if inner := child(c, "section"); inner != nil {
			r.section(inner, depth+1, s.security, s.area)
		}
	}
}

// labelled is the label in force for a section: its own, else that of what it
// stands in.
func labelled(n *node, around []record.Coding) []record.Coding {
	if attr(child(n, "confidentialityCode"), "code") != "" {
		return confidentiality(n)
	}
	return around
}

// entries reads the entries of a section and gives their number.
func (r *reader) entries(s *section) int {
	n := 0
	for e := range children(s.node, "entry") {
		if r.err != nil || r.ctx.Err() != nil {
			return n
		}
		n++
		found := false
		for st := range statementsIn(e) {
			found = true
			r.statement(place{section: s}, st)
		}
		if !found {
			r.outcome(exchange.Kept, record.Information, e, "entries", "an entry without a statement")
		}
	}
	return n
}
