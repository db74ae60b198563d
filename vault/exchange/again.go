package exchange

import (
	"context"

	"github.com/carnet-phr/carnet/vault/record"
)

// recognise finds the subjects whom these very files gave to a person before:
// the same bytes at the same place are about the same person, whatever they say
// of who that is. So bringing the same file in again changes nothing, also where
// it names nobody.
func (b *Batch) recognise(ctx context.Context, people []record.Record) error {
	if len(people) == 0 {
		return nil
	}
	first := map[*Subject]*item{}
	kept := map[int]bool{}
	for n, c := range b.sources {
		have, err := b.store.HasOriginal(ctx, c.original.Hash)
		if err != nil {
			return err
		}
		kept[n] = have
	}
	for _, it := range b.items {
		if kept[it.source] && first[it.subject] == nil {
			first[it.subject] = it
		}
	}
	for s, it := range first {
		if s.Likeness == Same {
			continue
		}
		owner, err := b.owner(ctx, *it.record, people)
		if err != nil {
			return err
		}
		if owner != "" {
			s.Person, s.Likeness, s.Reasons = owner, Same, []string{"this file was brought in for this person before"}
		}
	}
	return nil
}

// owner is the one person for whom the vault holds what r's place states; "" for
// none or several.
func (b *Batch) owner(ctx context.Context, r record.Record, people []record.Record) (owner record.ID, err error) {
	at := r.Source()
	for _, p := range people {
		r.Person = p.ID
		found, err := b.store.Match(ctx, r.Keys()...)
		if err != nil {
			return "", err
		}
		for _, f := range found {
			if f.Person != p.ID || !states(f, at) {
				continue
			}
			if owner != "" && owner != p.ID {
				return "", nil
			}
			owner = p.ID
		}
	}
	return owner, nil
}

// states says whether a record was read at that place.
func states(r record.Record, at record.Provenance) bool {
	for _, p := range r.Provenance {
		if p.Original == at.Original && p.Place == at.Place {
			return true
		}
	}
	return false
}
