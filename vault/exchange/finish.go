package exchange

import (
	"context"
	"maps"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// finish resolves the references of what is new and gives all records to put.
func (rc *reconciler) finish(ctx context.Context, b *Batch) ([]record.Record, error) {
	rc.resolve(b.items)
	puts := make([]record.Record, 0, len(rc.clusters)+len(rc.order)+len(rc.stored)+1)
	for _, c := range rc.inReadingOrder(b.items) {
		if r := c.record(rc.kept); c.changed(r) {
			rc.tell(c)
			puts = append(puts, r)
		}
	}
	for _, s := range rc.studies {
		if !s.held.stored || s.held.changed {
			s.finish()
		}
	}
	for _, h := range rc.order {
		puts = append(puts, h.Record)
	}
	for _, h := range rc.stored {
		if h.changed {
			puts = append(puts, h.Record)
		}
	}
	puts = append(puts, b.unwrittenRoots(puts)...)
	puts, err := rc.redirect(ctx, puts)
	if err != nil {
		return nil, err
	}
	return rc.presentPeople(ctx, puts)
}

// inReadingOrder are the clusters, those of the batch first and in the order of
// its items.
func (rc *reconciler) inReadingOrder(items []*item) []*cluster {
	list := make([]*cluster, 0, len(rc.clusters))
	for _, it := range items {
		if it.statement != nil && it.statement.item == it && !it.statement.cluster.listed {
			it.statement.cluster.listed = true
			list = append(list, it.statement.cluster)
		}
	}
	for _, c := range rc.clusters {
		if !c.listed {
			list = append(list, c)
		}
	}
	return list
}

// resolve gives the references of new statements the IDs of the records that
// they name in their own file.
func (rc *reconciler) resolve(items []*item) {
	type open struct {
		*record.Reference
		source int
	}
	var refs []open
	named := map[local]record.ID{} // of the names that a reference uses
	refer := func(r record.Resource, source int) {
		for _, ref := range record.References(r) {
			if ref.Local != "" {
				refs = append(refs, open{ref, source})
				named[local{source, ref.Local}] = ""
			}
		}
	}
	for _, it := range items {
		if it.statement != nil && it.statement.item == it {
			refer(it.record.Resource, it.source)
		}
	}
	for _, h := range rc.order {
		refer(h.Resource, h.source)
	}
	for _, it := range items {
		id := it.id()
		if id == "" {
			continue
		}
		for _, name := range it.record.Provenance[0].Local {
			if _, used := named[local{it.source, name}]; used {
				named[local{it.source, name}] = id
			}
		}
	}
	for _, ref := range refs {
		ref.ID = named[local{ref.source, ref.Local}]
	}
}

// id is the record that an item became or states again.
func (it *item) id() record.ID {
	switch s := it.statement; {
	case it.study != nil:
		return it.study.ID
	case s == nil:
		return ""
	case s.cluster != nil:
		return s.cluster.id
	case s.origin != nil:
		return s.origin.ID
	}
	return ""
}

// unwrittenRoots are the new persons whom no record of the batch describes.
func (b *Batch) unwrittenRoots(puts []record.Record) []record.Record {
	var roots []record.Record
	for _, s := range b.Subjects {
		if s.root == nil || slices.ContainsFunc(puts, func(r record.Record) bool { return r.ID == s.root.ID }) {
			continue
		}
		root := *s.root
		root.Provenance = []record.Provenance{{Place: noFileSaysSo}}
		roots = append(roots, root)
	}
	return roots
}

// noFileSaysSo is the place of a person whom an import made for files that
// describe nobody.
const noFileSaysSo = "made for files that name nobody"

// redirect makes references to records that were joined with others name those.
func (rc *reconciler) redirect(ctx context.Context, puts []record.Record) ([]record.Record, error) {
	people := map[record.ID]bool{}
	for id, to := range rc.gone {
		if o := rc.known[id]; o != nil && to != "" {
			people[o.Person] = true
		}
	}
	if len(people) == 0 {
		return puts, nil
	}
	at := map[record.ID]bool{}
	for n := range puts {
		at[puts[n].ID] = true
		rc.pointElsewhere(&puts[n])
	}
	for _, person := range slices.Sorted(maps.Keys(people)) {
		for r, err := range rc.store.Query(ctx, record.Filter{Person: person}) {
			if err != nil {
				return nil, err
			}
			if _, gone := rc.gone[r.ID]; !gone && !at[r.ID] && rc.pointElsewhere(&r) {
				puts = append(puts, r)
			}
		}
	}
	return puts, nil
}

// pointElsewhere changes what points at a record that is gone.
func (rc *reconciler) pointElsewhere(r *record.Record) (changed bool) {
	to := func(id *record.ID) {
		if other := rc.gone[*id]; other != "" {
			*id, changed = other, true
		}
	}
	refs := record.References(r.Resource)
	for _, p := range r.Provenance {
		if p.Said != nil {
			refs = append(refs, record.References(p.Said)...)
		}
	}
	for _, ref := range refs {
		to(&ref.ID)
	}
	if r.Superseded != nil {
		s := *r.Superseded
		to(&s.By)
		r.Superseded = &s
	}
	return changed
}
