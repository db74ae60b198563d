package vault

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sort"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// each calls f for every key with a prefix and its opened value.
func (v *Vault) each(r *read, prefix []byte, f func(key, plain []byte) error) error {
	c := r.Cursor(prefix)
	defer c.Close()
	key, err := c.Seek(prefix)
	for ; key != nil && err == nil; key, err = c.Next() {
		plain, err := c.Value()
		if err != nil {
			return err
		}
		if err := f(key, plain); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	return r.Whole()
}

// eachRecord calls f for every record, still packed.
func (v *Vault) eachRecord(r *read, f func(p place, id record.ID, plain []byte) error) error {
	return v.each(r, []byte{classTimeline}, func(key, plain []byte) error {
		p, id, ok := parseTimelineKey(key)
		if !ok {
			return store.ErrBroken
		}
		return f(p, id, plain)
	})
}

// Get gives the record with that ID, or [ErrNotFound].
func (v *Vault) Get(ctx context.Context, id record.ID) (record.Record, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return record.Record{}, err
	}
	defer done()
	rec, _, err := v.lookup(r, id)
	return rec, absent(err, "record", string(id))
}

// Query gives the records that pass f: kind by kind in the order of
// record.Kinds, newest first within a kind, those without a date last. Person
// and Kind are looked up, the rest is filtered; what stands in record.Ledger comes
// only where its Kind is asked for. The loop sees the vault as it
// was when it began, whatever is committed meanwhile; an error ends it. In the
// first second after Open the end of the loop may take that long: see store.Proof.
func (v *Vault) Query(ctx context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		r, done, err := v.view(ctx)
		if err != nil {
			yield(record.Record{}, err)
			return
		}
		defer done()
		for _, kind := range r.state.kinds(f) {
			if !v.queryKind(ctx, r, kind, f, yield) {
				return
			}
		}
		if err := r.Whole(); err != nil {
			yield(record.Record{}, err)
		}
	}
}

// kinds lists the kinds that f asks for and the vault has. Those of record.Ledger
// must be asked for.
func (s *state) kinds(f record.Filter) []record.Kind {
	if f.Kind != "" {
		return []record.Kind{f.Kind}
	}
	counts := s.tallies(f.Person)
	var kinds []record.Kind
	for _, k := range record.Kinds {
		if counts[k.Kind] > 0 {
			kinds = append(kinds, k.Kind)
			delete(counts, k.Kind)
		}
	}
	for _, k := range record.Ledger {
		delete(counts, k.Kind)
	}
	return append(kinds, slices.Sorted(maps.Keys(counts))...) // kinds of a later version: reading them says so
}

// queryKind yields the records of one kind; false ends the query.
func (v *Vault) queryKind(ctx context.Context, r *read, kind record.Kind, f record.Filter, yield func(record.Record, error) bool) bool {
	m, err := v.merge(r, kind, f.Person)
	defer m.close()
	for err == nil && len(m.heads) > 0 {
		if err = ctx.Err(); err != nil {
			break
		}
		var rec record.Record
		if rec, err = v.take(r, m); err != nil {
			break
		}
		if f.Match(rec) && !yield(rec, nil) {
			return false
		}
		err = m.advance()
	}
	if err != nil {
		yield(record.Record{}, err)
		return false
	}
	return true
}

// take reads the record that comes next.
func (v *Vault) take(r *read, m *merge) (record.Record, error) {
	if err := r.Changed(); err != nil {
		return record.Record{}, err
	}
	h := m.heads[0]
	plain, err := h.c.Value()
	if err != nil {
		return record.Record{}, err
	}
	_, id, ok := parseTimelineKey(h.key)
	if !ok {
		return record.Record{}, store.ErrBroken
	}
	rec, _, err := v.unpackRecord(r, id, plain)
	return rec, err
}

// Counts gives the number of records of each kind of record.Kinds, of one person
// or, for "", of all. It reads nothing from the disk.
func (v *Vault) Counts(ctx context.Context, person record.ID) (map[record.Kind]int, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	counts := r.state.tallies(person)
	for _, k := range record.Ledger {
		delete(counts, k.Kind)
	}
	return counts, nil
}

// People gives the person roots, the Patient records whose Person is their own
// ID, in the order in which they were filed.
func (v *Vault) People(ctx context.Context) ([]record.Record, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var people []record.Record
	n := 0
	v.queryKind(ctx, r, record.KindPatient, record.Filter{}, func(p record.Record, e error) bool {
		if err = e; err == nil && p.Person == p.ID {
			people = append(people, p)
		}
		n++
		return err == nil
	})
	if err == nil && n != r.state.tallies("")[record.KindPatient] { // else nobody is missing, whatever is left to compare
		err = r.Whole()
	}
	if err != nil {
		return nil, err
	}
	sort.SliceStable(people, func(i, j int) bool {
		if !people[i].Recorded.Equal(people[j].Recorded) {
			return people[i].Recorded.Before(people[j].Recorded)
		}
		return people[i].ID < people[j].ID
	})
	return people, nil
}
