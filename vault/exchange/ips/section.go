package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// heading is what a section is called.
type heading struct {
	code    string // LOINC
	display string // LOINC's own name
	title   string
}

// part is one list of a section. Its records are entries of the section unless
// it is told only in words.
type part struct {
	title string
	lines []clinic.Line
	told  bool // in the narrative only
}

// section is one section of the summary while it is put together.
type section struct {
	heading
	columns  columns
	parts    []part
	first    []string // paragraphs above the tables
	last     []string // paragraphs below them: what is not here
	required bool
	empty    emptiness
}

// emptiness says why a required section has no entries.
type emptiness struct{ code, words string }

// records are the entries of the section.
func (s *section) records() []record.Record {
	var out []record.Record
	for _, p := range s.parts {
		if p.told {
			continue
		}
		for _, l := range p.lines {
			out = append(out, l.Record)
			out = append(out, l.Same...)
		}
	}
	return out
}

// blank says that there is nothing to tell.
func (s *section) blank() bool {
	n := len(s.first) + len(s.last)
	for _, p := range s.parts {
		n += len(p.lines)
	}
	return n == 0 && !s.required
}

// element is the section of the Composition.
func (s *section) element(w *writer) *element {
	e := obj("title", s.title)
	code := new(element)
	code.list("coding", coding(record.Coding{System: record.LOINC, Code: s.code, Display: s.display}))
	e.put("code", code)
	text, fits := s.narrative()
	w.overlong = w.overlong || !fits
	e.put("text", text)
	var entries []*element
	for _, r := range s.records() {
		entries = append(entries, w.to(w.targets[r.ID]))
	}
	e.list("entry", entries...)
	if len(entries) == 0 && s.required {
		reason := oneOf(emptyReasonSystem, s.empty.code)
		reason.text("text", s.empty.words)
		e.put("emptyReason", reason)
	}
	return e
}
