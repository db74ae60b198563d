package exchange

import (
	"context"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Reconciled is what a record read is to what the vault holds.
type Reconciled int

// The results.
const (
	New       Reconciled = iota // not there yet
	Duplicate                   // states the same as a record there: linked as a further source
	Conflict                    // has a record's identifier but says something else: filed beside it
	SetAside                    // about a patient whom the user did not choose
)

// reconciler joins the items of one batch with the vault.
type reconciler struct {
	known map[record.Key][]*held // by every key
	order []*held                // new records, in reading order
}

// held is a record of the vault, or of the batch.
type held struct {
	record.Record
	stored  bool
	source  int // the batch's source that brought it; -1 when stored
	changed bool
}

// reconcile compares every item with the vault and with the items before it,
// and prepares the change.
func (b *Batch) reconcile(ctx context.Context) error {
	rc := &reconciler{known: map[record.Key][]*held{}}
	itemKeys, err := b.lookUp(ctx, rc)
	if err != nil {
		return err
	}
	used := make([]bool, len(b.sources))
	locals := map[string]record.ID{}
	for n, it := range b.items {
		if it.subject.SetAside {
			it.result = SetAside
			used[it.source] = true
			continue
		}
		h := rc.place(it, itemKeys[n])
		if it.result != Duplicate || h.changed || !h.stored && h.source != it.source {
			used[it.source] = true
		}
		for _, name := range it.record.Source().Local {
			locals[localKey(it.source, name)] = h.ID
		}
	}
	puts := rc.finish(locals)
	for _, s := range b.Subjects {
		if s.root != nil && s.Patient == nil { // a new person whom no file describes
			puts = append(puts, *s.root)
		}
	}
	return b.prepare(ctx, puts, used)
}

// lookUp names each item's person, draws its keys and fetches the records of
// the vault that share one.
func (b *Batch) lookUp(ctx context.Context, rc *reconciler) ([][]record.Key, error) {
	keys := make([][]record.Key, len(b.items))
	var all []record.Key
	for n, it := range b.items {
		it.record.Person = it.subject.Person
		if it.subject.SetAside {
			continue
		}
		keys[n] = it.record.Keys()
		all = append(all, keys[n]...)
	}
	stored, err := b.store.Match(ctx, all...)
	if err != nil {
		return nil, err
	}
	for _, r := range stored {
		rc.remember(&held{Record: r, stored: true, source: -1}, r.Keys())
	}
	return keys, nil
}

func (rc *reconciler) remember(h *held, keys []record.Key) {
	for _, k := range keys {
		rc.known[k] = append(rc.known[k], h)
	}
}

// place finds the record that an item states again, or files it as new.
func (rc *reconciler) place(it *item, keys []record.Key) *held {
	it.result = New
	for _, k := range keys {
		for _, h := range rc.known[k] {
			switch {
			case samePlace(h.Record, it.record.Source()):
				it.result = Duplicate
				return h
			case agree(h, it):
				it.result = Duplicate
				h.link(it.record.Source())
				rc.remember(h, keys)
				return h
			}
			if h.source != it.source && h.Resource.Kind() != record.KindPatient {
				it.result = Conflict
			}
		}
	}
	h := &held{Record: it.record, source: it.source}
	h.ID = record.NewID()
	if root := it.subject.root; root != nil && it.record.Resource == root.Resource {
		h.ID = root.ID // the patient entry that founds the new person
	}
	rc.order = append(rc.order, h)
	rc.remember(h, keys)
	return h
}

// agree says whether an item states the same fact as a record with which it
// shares a key. Within one file only an entry counts that is repeated word for
// word under the same identifier: a file that lists two equal readings means
// two, and files are met that give all their entries one identifier.
func agree(h *held, it *item) bool {
	if h.source == it.source {
		return sameIdentity(h.Record.Source(), it.record.Source()) && record.SameContent(h.Record, it.record)
	}
	if record.SameContent(h.Record, it.record) {
		return true
	}
	a, b := h.Summary(), it.record.Summary()
	return h.Resource.Kind() == it.record.Resource.Kind() && h.Resource.Kind() != record.KindDocumentReference &&
		a.Title == b.Title && a.When == b.When && a.Status == b.Status && a.Value == b.Value && a.Unit == b.Unit && a.Standing == b.Standing
}

func sameIdentity(a, b record.Provenance) bool {
	for _, x := range a.Local {
		if slices.Contains(b.Local, x) {
			return true
		}
	}
	for _, x := range a.Identifiers {
		if slices.Contains(b.Identifiers, x) {
			return true
		}
	}
	return false
}

func samePlace(r record.Record, p record.Provenance) bool {
	for _, q := range r.Provenance {
		if q.Original == p.Original && q.Place == p.Place {
			return true
		}
	}
	return false
}

// link adds a further source to a record.
func (h *held) link(p record.Provenance) {
	h.Provenance = append(h.Provenance[:len(h.Provenance):len(h.Provenance)], p)
	h.changed = true
}

// finish resolves the references of new records and gives all records to put.
func (rc *reconciler) finish(locals map[string]record.ID) []record.Record {
	var puts []record.Record
	for _, h := range rc.order {
		for _, ref := range record.References(h.Resource) {
			if ref.Local != "" {
				ref.ID = locals[localKey(h.source, ref.Local)]
			}
		}
		puts = append(puts, h.Record)
	}
	seen := map[record.ID]bool{}
	for _, hs := range rc.known {
		for _, h := range hs {
			if h.stored && h.changed && !seen[h.ID] {
				seen[h.ID] = true
				puts = append(puts, h.Record)
			}
		}
	}
	return puts
}
