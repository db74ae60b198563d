package exchange

import (
	"context"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// The person's own record, the one whose ID is the person's, shows who the person
// is. What the patient entered stays there. Of what files say, the description
// shownOf is the first by the order of [statement.before] among those that are
// surely of the person ([Same]): it does not depend on which file came first,
// and a file that was brought in under this person by mistake never renames the
// person.

// presentPeople puts the right description at the head of each person whose
// descriptions change.
func (rc *reconciler) presentPeople(ctx context.Context, puts []record.Record) ([]record.Record, error) {
	var people []record.ID
	for _, r := range puts {
		if r.Resource.Kind() == record.KindPatient && !slices.Contains(people, r.Person) {
			people = append(people, r.Person)
		}
	}
	for _, person := range people {
		var err error
		if puts, err = rc.present(ctx, person, puts); err != nil {
			return nil, err
		}
	}
	return puts, nil
}

func (rc *reconciler) present(ctx context.Context, person record.ID, puts []record.Record) ([]record.Record, error) {
	list, err := rc.descriptions(ctx, person, puts)
	if err != nil {
		return nil, err
	}
	root := slices.IndexFunc(list, func(r record.Record) bool { return r.ID == person })
	switch {
	case root < 0:
		return puts, nil
	case list[root].Source().Place == noFileSaysSo:
		return rc.nameNobody(person, list, puts), nil
	case list[root].Source().Original == "":
		return puts, nil
	}
	best := root
	for n := range list {
		if list[n].Superseded == nil && samePerson(list[root], list[n]) && shownOf(list[n]).before(shownOf(list[best])) < 0 {
			best = n
		}
	}
	if best == root {
		return puts, nil
	}
	list[best].ID, list[root].ID = list[root].ID, list[best].ID
	list[best].Overlay, list[root].Overlay = list[root].Overlay, list[best].Overlay
	list[best].Recorded, list[root].Recorded = list[root].Recorded, list[best].Recorded
	for _, r := range []record.Record{list[root], list[best]} {
		puts = slices.DeleteFunc(puts, func(p record.Record) bool { return p.ID == r.ID })
		puts = append(puts, r)
	}
	return puts, nil
}

// nameNobody gives a person whom no file described the first description that the
// user filed under them.
func (rc *reconciler) nameNobody(person record.ID, list, puts []record.Record) []record.Record {
	var best *record.Record
	for n := range list {
		if r := &list[n]; r.ID != person && r.Superseded == nil && (best == nil || shownOf(*r).before(shownOf(*best)) < 0) {
			best = r
		}
	}
	if best == nil {
		return puts
	}
	if rc.known[best.ID] != nil || !slices.ContainsFunc(puts, func(r record.Record) bool { return r.ID == best.ID }) {
		rc.gone[best.ID] = person // of the vault
	}
	puts = slices.DeleteFunc(puts, func(r record.Record) bool { return r.ID == best.ID || r.ID == person })
	best.ID = person
	return append(puts, *best)
}

// descriptions are the Patient records that a person will have.
func (rc *reconciler) descriptions(ctx context.Context, person record.ID, puts []record.Record) ([]record.Record, error) {
	var list []record.Record
	for _, r := range puts {
		if r.Person == person && r.Resource.Kind() == record.KindPatient {
			list = append(list, r)
		}
	}
	for r, err := range rc.store.Query(ctx, record.Filter{Person: person, Kind: record.KindPatient}) {
		if err != nil {
			return nil, err
		}
		_, gone := rc.gone[r.ID]
		if !gone && !slices.ContainsFunc(list, func(x record.Record) bool { return x.ID == r.ID }) {
			list = append(list, r)
		}
	}
	return list, nil
}

// shownOf is the statement whose words a record shows.
func shownOf(r record.Record) *statement {
	t := record.Testimony{Person: r.Person, Resource: r.Resource, Provenance: &record.Provenance{}}
	if all := r.Testimonies(); len(all) > 0 {
		t = all[0]
	}
	return &statement{Testimony: t, source: -1}
}

func samePerson(a, b record.Record) bool {
	x, okA := a.Resource.(*record.Patient)
	y, okB := b.Resource.(*record.Patient)
	if !okA || !okB {
		return false
	}
	l, _ := Compare(x, y, identifiersOf(a), identifiersOf(b))
	return l == Same
}

func identifiersOf(r record.Record) []record.Identifier {
	var ids []record.Identifier
	for _, p := range r.Provenance {
		ids = append(ids, p.Identifiers...)
	}
	return ids
}
