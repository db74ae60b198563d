package ccd

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// ErrDiffers is returned when a document does not say what its selection says.
var ErrDiffers = errors.New("what is read from it is not what was written")

// declare notes what one entry says. A plan gives an entry for each activity; all
// of them are noted with the first.
func (w *writer) declare(unit []*statement, results bool) {
	first := unit[0]
	if first.declared {
		return
	}
	first.declared = true
	if d, ok := first.line.Resource.(*record.DiagnosticReport); ok && len(unit) == 1 {
		w.facts = append(w.facts, noteFact(d.Code, record.At(d.Issued)))
		return
	}
	for _, s := range unit {
		o, ok := s.line.Resource.(*record.Observation)
		if !ok {
			w.facts = append(w.facts, factsOf(s.line.Resource)...)
			continue
		}
		if results && len(unit) == 1 && len(o.Component) > 0 && !o.Code.Empty() { // its organizer reads as a report
			w.facts = append(w.facts, line("report", conceptWords(o.Code), resultStatus(o.Status)))
		}
		w.facts = append(w.facts, resultFacts(o, results)...)
	}
}

// Verifier reads a document with an importer and holds what it says against the
// selection that it was made of: facts in, facts out.
func Verifier(read func(context.Context, exchange.Source, exchange.Sink) error) func(context.Context, exchange.Source, exchange.Selection) error {
	return func(ctx context.Context, src exchange.Source, sel exchange.Selection) error {
		in, out, err := Differences(ctx, read, src, sel)
		if err != nil {
			return err
		}
		if len(in)+len(out) > 0 {
			return ErrDiffers
		}
		return nil
	}
}

// Differences gives the facts that only the selection has, and those that only the
// document has.
func Differences(ctx context.Context, read func(context.Context, exchange.Source, exchange.Sink) error, src exchange.Source, sel exchange.Selection) (lost, added []fact, err error) {
	w := newWriter(ctx, io.Discard, sel)
	w.gather = true
	for _, s := range w.sections() {
		w.section(s)
	}
	if w.err != nil {
		return nil, nil, w.err
	}
	w.facts = append(w.facts, personFact(sel.Patient()))
	found := &reading{}
	if err := read(ctx, src, found); err != nil {
		return nil, nil, err
	}
	if found.refused > 0 {
		return nil, nil, ErrDiffers
	}
	slices.Sort(w.facts)
	slices.Sort(found.facts)
	lost, added = difference(w.facts, found.facts), difference(found.facts, w.facts)
	return lost, added, nil
}

// difference gives what a has more often than b; both are sorted.
func difference(a, b []fact) []fact {
	var out []fact
	for len(a) > 0 {
		switch {
		case len(b) == 0 || a[0] < b[0]:
			out = append(out, a[0])
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// reading takes the facts of what is read.
type reading struct {
	facts   []fact
	refused int
}

var _ exchange.Sink = (*reading)(nil)

// Add implements [exchange.Sink]. The document's own record is none of its facts.
func (r *reading) Add(rec record.Record) {
	switch x := rec.Resource.(type) {
	case *record.Patient:
		r.facts = append(r.facts, personFact(x))
	case *record.DocumentReference:
		if !x.Type.Has(record.LOINC, "34133-9") || len(x.Section) < 2 {
			r.facts = append(r.facts, factsOf(x)...)
		}
	default:
		facts := factsOf(rec.Resource)
		if len(facts) == 0 {
			facts = []fact{fact(rec.Resource.Kind())}
		}
		r.facts = append(r.facts, facts...)
	}
}

// Attach implements [exchange.Sink]; the document carries no file.
func (r *reading) Attach(string, string, io.Reader) (record.Attachment, error) {
	r.refused++
	return record.Attachment{}, nil
}

// Report implements [exchange.Sink].
func (r *reading) Report(i exchange.Issue) {
	if i.Outcome != exchange.Remark {
		r.refused++
	}
}

// personFact is whom the document is about.
func personFact(p *record.Patient) fact {
	sex := p.Gender
	if genders[sex] == "" && sex != "unknown" {
		sex = ""
	}
	return line("person", stamp(p.BirthDate.Day()), sex)
}
