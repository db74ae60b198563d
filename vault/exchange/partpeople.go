package exchange

import (
	"context"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// PlanPart says what parting other from person again would do: what was filed
// under other before the two were made one goes back. What a statement of each
// supports goes with each; what came since stays.
func PlanPart(ctx context.Context, store Store, person, other record.ID) (*Reunion, error) {
	people, err := store.People(ctx)
	if err != nil {
		return nil, err
	}
	if !isPerson(people, person) || isPerson(people, other) {
		return nil, ErrNotJoined
	}
	p := parting{other: other, fresh: map[record.ID]bool{}}
	for r, err := range store.Query(ctx, record.Filter{Person: person}) {
		if err != nil {
			return nil, err
		}
		p.part(r)
	}
	if len(p.back) == 0 {
		return nil, ErrNotJoined
	}
	p.found()
	return &Reunion{Records: len(p.back), Both: len(p.stay), store: store, change: record.Change{Put: append(p.back, p.stay...), Delete: p.gone}}, nil
}

// parting is one call of PlanPart.
type parting struct {
	other record.ID
	back  []record.Record // that go to the other person
	stay  []record.Record // what is left of records that both state
	gone  []record.ID     // the former ID of the record that became the person's own
	fresh map[record.ID]bool
}

// part looks at whose the statements of a record are.
func (p *parting) part(r record.Record) {
	theirs := func(n int) bool { return slices.Contains(r.Provenance[n].Filed, p.other) }
	all, none := true, true
	for n := range r.Provenance {
		all, none = all && theirs(n), none && !theirs(n)
	}
	_, study := r.Resource.(*record.ImagingStudy)
	switch {
	case none || study && !all: // the images of one study are one
		return
	case all:
		r.Provenance = slices.Clone(r.Provenance)
		p.back = append(p.back, p.returned(r))
		return
	}
	mine, others := r, r
	mine.Provenance, others.Provenance = nil, nil
	for n, t := range r.Testimonies() {
		to := &mine
		if theirs(n) {
			to = &others
		}
		add(to, t, r.Provenance[n])
	}
	of := &others
	if r.ID == p.other {
		of = &mine
	}
	of.ID = record.NewID()
	p.fresh[of.ID] = true
	if mine.Source().Original != "" {
		mine.Entered = nil
	}
	if others.Source().Original != "" {
		others.Entered = nil
	}
	p.stay = append(p.stay, mine)
	p.back = append(p.back, p.returned(others))
}

// add puts a statement into a record, whose words are those of its first one.
func add(r *record.Record, t record.Testimony, p record.Provenance) {
	p.Said = nil
	if len(r.Provenance) == 0 {
		r.Resource = t.Resource
	} else if !record.SameContent(record.Record{Resource: t.Resource}, *r) {
		p.Said = t.Resource
	}
	r.Provenance = append(r.Provenance, p)
}

// returned is a record under the person under whom it was filed.
func (p *parting) returned(r record.Record) record.Record {
	r.Person = p.other
	for n := range r.Provenance {
		filed := r.Provenance[n].Filed
		r.Provenance[n].Filed = slices.Clone(filed[:slices.Index(filed, p.other)])
	}
	return r
}

// found makes sure that the person has a record of their own: the best of the
// descriptions that go back, else one without a name.
func (p *parting) found() {
	best := -1
	for n, r := range p.back {
		switch {
		case r.ID == p.other:
			return
		case r.Resource.Kind() != record.KindPatient || r.Superseded != nil:
		case best < 0 || shownOf(r).before(shownOf(p.back[best])) < 0:
			best = n
		}
	}
	if best < 0 {
		p.back = append(p.back, record.Record{ID: p.other, Person: p.other, Resource: &record.Patient{}, Provenance: []record.Provenance{{Place: noFileSaysSo}}})
		return
	}
	if id := p.back[best].ID; !p.fresh[id] {
		p.gone = append(p.gone, id)
	}
	p.back[best].ID = p.other
}
