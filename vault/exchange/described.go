package exchange

import (
	"context"

	"github.com/carnet-phr/carnet/vault/record"
)

// person is somebody of the vault with all that files surely say of them: former
// names, the numbers that several hospitals gave.
type person struct {
	record.Record
	descriptions []record.Record
}

// describedPeople gathers what the vault knows of its people. A description that
// was filed under somebody by the user's word alone is no ground for filing the
// next file there.
func describedPeople(ctx context.Context, store Store, people []record.Record) ([]person, error) {
	out := make([]person, len(people))
	for n, root := range people {
		out[n].Record = root
		if _, ok := root.Resource.(*record.Patient); ok {
			out[n].descriptions = []record.Record{root}
		}
		for r, err := range store.Query(ctx, record.Filter{Person: root.ID, Kind: record.KindPatient}) {
			if err != nil {
				return nil, err
			}
			if r.ID != root.ID && r.Summary().Standing != record.InError && (samePerson(root, r) || wasPerson(r)) {
				out[n].descriptions = append(out[n].descriptions, r)
			}
		}
	}
	return out, nil
}

// compare holds a patient of the files against the person.
func (p person) compare(s *Subject) (Likeness, []string) {
	return likest(len(p.descriptions), func(n int) comparison {
		d := p.descriptions[n]
		return compare(s.Patient, d.Resource.(*record.Patient), s.identifiers, identifiersOf(d))
	})
}
