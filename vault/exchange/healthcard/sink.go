package healthcard

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// cardSink takes what the Bundle inside a card holds, and says where it comes
// from. Nothing of a Bundle that cannot be read reaches the source's own sink.
type cardSink struct {
	exchange.Sink
	card    card
	patient record.ID // the place of the first patient
	records []record.Record
	issues  []exchange.Issue
}

// Add implements [exchange.Sink].
func (s *cardSink) Add(r record.Record) {
	p := &r.Provenance[0]
	place := p.Place
	p.Place = s.inside(place)
	p.Span = record.Span{} // of the bytes inside, which the original does not show
	if s.card.Issuer != "" {
		p.System = s.card.Issuer
	}
	if s.card.state != without {
		p.Asserter = record.ByOrganisation
	}
	if p.Version == "" {
		p.Version = string(dateOf(instant(s.card.NotBefore)))
	}
	s.apart(&r)
	_, isPatient := r.Resource.(*record.Patient)
	if isPatient && s.patient == "" {
		s.patient = record.ID(p.Place)
	}
	if s.card.name != "" && !isPatient {
		p.Identifiers = append(p.Identifiers, record.Identifier{System: cardSystem, Value: s.card.name + " " + place})
	}
	switch {
	case s.card.standing == revokedCard:
		withdraw(&r)
	case s.card.standing == listed && !isPatient:
		r.Held = append(r.Held, inDoubt)
	}
	s.records = append(s.records, r)
}

// apart keeps the references of one card from those of another.
func (s *cardSink) apart(r *record.Record) {
	p := &r.Provenance[0]
	for i := range p.Local {
		p.Local[i] = s.inside(p.Local[i])
	}
	if r.Person != "" {
		r.Person = record.ID(s.inside(string(r.Person)))
	}
	for _, ref := range record.References(r.Resource) {
		if ref.Local != "" {
			ref.Local = s.inside(ref.Local)
		}
	}
}

// inside keeps apart what two cards of one file call alike: each counts its
// entries from resource:0.
func (s *cardSink) inside(name string) string {
	return strings.TrimSpace(s.card.place + " " + name)
}

// Report implements [exchange.Sink].
func (s *cardSink) Report(i exchange.Issue) {
	i.Place = s.inside(i.Place)
	s.issues = append(s.issues, i)
}

// flush hands all on.
func (s *cardSink) flush() {
	for _, r := range s.records {
		s.Sink.Add(r)
	}
	for _, i := range s.issues {
		s.Sink.Report(i)
	}
}
