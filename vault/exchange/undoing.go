package exchange

import (
	"context"
	"maps"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// withdrawal works out what is left without one import.
type withdrawal struct {
	*reconciler
	id      record.ID
	brought map[record.Hash]bool // files that its receipt names
	others  []record.Receipt

	affected []record.Record
	studies  []record.Record // every imaging study: its images may be of the import's files
	marked   []record.Record // every record that something superseded
	overlaid []record.Record
	counts   map[record.ID]int // records of each person
	blank    []record.ID       // people whom no file describes

	goneFiles map[record.Hash]bool
	vanished  []record.ID
	stay      int
	restored  int
	nameless  []record.ID
}

// removed says whether a provenance goes: the import brought it, and no other
// import brought the same file for the same person.
func (w *withdrawal) removed(r record.Record, n int) bool {
	p := r.Provenance[n]
	return p.Import == w.id && w.heir(p.Original, append(p.Filed[:len(p.Filed):len(p.Filed)], r.Person)...) == nil
}

// heir is another import that brought a file too, for any of the people; without
// any for whomever.
func (w *withdrawal) heir(h record.Hash, people ...record.ID) *record.Receipt {
	if h == "" {
		return nil
	}
	for n := range w.others {
		for _, s := range w.others[n].Sources {
			of := s.People
			if of == nil {
				of = []record.ID{w.others[n].Person.ID}
			}
			if s.SHA256 == h && (len(people) == 0 || slices.ContainsFunc(people, func(id record.ID) bool { return slices.Contains(of, id) })) {
				return &w.others[n]
			}
		}
	}
	return nil
}

// survey looks through the vault once.
func (w *withdrawal) survey(ctx context.Context) error {
	for r, err := range w.store.Query(ctx, record.Filter{}) {
		if err != nil {
			return err
		}
		w.counts[r.Person]++
		switch {
		case studyKey(r) != "":
			w.studies = append(w.studies, r)
		case slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return p.Import == w.id }):
			w.affected = append(w.affected, r)
		case r.Superseded != nil:
			w.marked = append(w.marked, r)
		}
		if r.ID == r.Person && r.Source().Place == noFileSaysSo {
			w.blank = append(w.blank, r.ID)
		}
		if r.Overlay != nil {
			w.overlaid = append(w.overlaid, r)
		}
	}
	return nil
}

// files finds the originals that go.
func (w *withdrawal) files(ctx context.Context, store Ledger) error {
	originals, err := store.Originals(ctx)
	if err != nil {
		return err
	}
	w.goneFiles = map[record.Hash]bool{}
	for _, o := range originals {
		if (o.Import == w.id || w.brought[o.Hash]) && w.heir(o.Hash) == nil {
			w.goneFiles[o.Hash] = true
		}
	}
	for h := range w.brought { // images that were kept as references have no original
		if w.heir(h) == nil {
			w.goneFiles[h] = true
		}
	}
	return nil
}

// settle puts together anew what the import had a part in, and gives the records
// to put. What goes stands in gone.
func (w *withdrawal) settle(ctx context.Context) ([]record.Record, error) {
	for _, r := range w.affected {
		o := w.meet(r)
		w.activate(o)
		if w.removedWhole(r) {
			w.lifted[r.ID] = true
		}
	}
	for _, r := range w.marked {
		if w.lifted[r.Superseded.By] {
			w.activate(w.meet(r))
		}
	}
	if err := w.reachAll(ctx); err != nil {
		return nil, err
	}
	if err := w.reconciler.settle(ctx); err != nil {
		return nil, err
	}
	puts := w.rebuilt()
	puts = append(puts, w.withoutImages()...)
	puts, err := w.redirect(ctx, puts)
	if err != nil {
		return nil, err
	}
	if puts, err = w.people(ctx, puts); err != nil {
		return nil, err
	}
	return w.presentPeople(ctx, puts)
}

// removedWhole says that nothing states the record any more.
func (w *withdrawal) removedWhole(r record.Record) bool {
	for n := range r.Provenance {
		if !w.removed(r, n) {
			return false
		}
	}
	return true
}

// reachAll activates what shares a key with anything that the import stated,
// the statements that go included.
func (w *withdrawal) reachAll(ctx context.Context) error {
	var all []*statement
	for _, id := range slices.Sorted(maps.Keys(w.known)) {
		all = append(all, w.known[id].statements...)
	}
	return w.reach(ctx, all)
}

// rebuilt are the records that something still states, changed.
func (w *withdrawal) rebuilt() []record.Record {
	var puts []record.Record
	named := map[record.ID]bool{}
	for _, c := range w.clusters {
		named[c.id] = true
		r := c.record(nil)
		w.inherit(&r)
		if len(c.origins) == 0 || c.changed(r) || w.inherits(c) {
			puts = append(puts, r)
		}
		if len(c.origins) > 0 && c.origins[0].Superseded != nil && c.superseded == nil {
			w.restored++
		}
	}
	for _, r := range w.affected {
		switch {
		case named[r.ID], w.gone[r.ID] != "":
			w.stay++
		default:
			w.vanished = append(w.vanished, r.ID)
			w.gone[r.ID] = ""
			w.counts[r.Person]--
		}
	}
	return puts
}

func (w *withdrawal) inherits(c *cluster) bool {
	return slices.ContainsFunc(c.sources, func(s *statement) bool { return s.Provenance.Import == w.id })
}

// inherit gives what the import stated first to the import that brought the same
// file again.
func (w *withdrawal) inherit(r *record.Record) {
	for n := range r.Provenance {
		if p := &r.Provenance[n]; p.Import == w.id {
			if heir := w.heir(p.Original, append(p.Filed[:len(p.Filed):len(p.Filed)], r.Person)...); heir != nil {
				p.Import, p.Received = heir.Import, heir.At
			}
		}
	}
}

// people keeps a person as long as anything of theirs stays: described by the
// next best file, or, where none describes them, nameless.
func (w *withdrawal) people(ctx context.Context, puts []record.Record) ([]record.Record, error) {
	for _, r := range w.affected {
		if r.ID != r.Person || !slices.Contains(w.vanished, r.ID) || w.counts[r.Person] == 0 {
			continue
		}
		left, err := w.descriptions(ctx, r.Person, puts)
		if err != nil {
			return nil, err
		}
		delete(w.gone, r.ID)
		w.vanished = slices.DeleteFunc(w.vanished, func(id record.ID) bool { return id == r.ID })
		root := record.Record{Person: r.ID, Resource: &record.Patient{}, Recorded: r.Recorded, Overlay: r.Overlay, Provenance: []record.Provenance{{Place: noFileSaysSo}}}
		for n, p := range left {
			if n == 0 || shownOf(p).before(shownOf(root)) < 0 {
				root = p
			}
		}
		if len(left) == 0 {
			w.nameless = append(w.nameless, r.Person)
		} else {
			w.gone[root.ID] = r.ID
			puts = slices.DeleteFunc(puts, func(p record.Record) bool { return p.ID == root.ID })
		}
		root.ID = r.ID
		puts = append(puts, root)
	}
	for _, id := range w.blank { // of whom nothing is left but that they were
		if w.counts[id] == 1 && !slices.Contains(w.vanished, id) {
			w.vanished = append(w.vanished, id)
			w.gone[id] = ""
		}
	}
	return puts, nil
}
