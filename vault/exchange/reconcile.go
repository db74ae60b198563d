package exchange

import (
	"context"
	"hash/maphash"
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
	Gathered                    // part of an imaging study whose other files brought its record
)

// reconciler joins the items of one batch with the vault.
type reconciler struct {
	seed   maphash.Seed
	known  map[record.Key]*shelf // by every key
	places map[placeKey][]*held
	stored []*held // records of the vault, in the order it gave them
	order  []*held // new records, in reading order

	studies map[string]*study    // by person and StudyInstanceUID
	kept    map[record.Hash]bool // the files of the batch that the vault has already
}

// placeKey is where a file states a record.
type placeKey struct {
	person   record.ID
	kind     record.Kind
	original record.Hash
	place    string
}

func placeOf(r record.Record, p record.Provenance) placeKey {
	return placeKey{r.Person, r.Resource.Kind(), p.Original, p.Place}
}

// held is a record of the vault, or of the batch.
type held struct {
	record.Record
	stored  bool
	source  int // the batch's source that brought it; -1 when stored
	changed bool
	gist    gist
}

// reconcile compares every item with the vault and with the items before it,
// and prepares the change.
func (b *Batch) reconcile(ctx context.Context) error {
	rc := &reconciler{seed: maphash.MakeSeed(), known: map[record.Key]*shelf{}, places: map[placeKey][]*held{}, studies: map[string]*study{}, kept: map[record.Hash]bool{}}
	for _, c := range b.sources {
		have, err := b.store.HasOriginal(ctx, c.original.Hash)
		if err != nil {
			return err
		}
		rc.kept[c.original.Hash] = have
	}
	itemKeys, err := b.lookUp(ctx, rc)
	if err != nil {
		return err
	}
	locals := map[string]record.ID{}
	for n, it := range b.items {
		if it.subject.SetAside {
			it.result = SetAside
			continue
		}
		h := rc.place(it, itemKeys[n])
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
	return b.prepare(ctx, puts)
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
		h := &held{Record: r, stored: true, source: -1, gist: rc.gist(r)}
		rc.stored = append(rc.stored, h)
		rc.remember(h, r.Keys())
		for _, p := range r.Provenance {
			rc.stand(h, p)
		}
		rc.found(h)
	}
	return keys, nil
}

func (rc *reconciler) remember(h *held, keys []record.Key) {
	for _, k := range keys {
		if rc.known[k] == nil {
			rc.known[k] = &shelf{}
		}
		rc.known[k].add(h)
	}
}

// stand notes that a file states h.
func (rc *reconciler) stand(h *held, p record.Provenance) {
	at := placeOf(h.Record, p)
	rc.places[at] = append(rc.places[at], h)
}

// place finds the record that an item states again, or files it as new.
func (rc *reconciler) place(it *item, keys []record.Key) *held {
	it.result = New
	if h, known := rc.gather(it); known {
		return h
	}
	g := rc.gist(it.record)
	if h := rc.samePlace(it, g); h != nil {
		it.result = Duplicate
		return h
	}
	if h := rc.agreeing(it, g, keys); h != nil {
		it.result = Duplicate
		rc.link(h, it.record.Source())
		rc.remember(h, keys)
		rc.stand(h, it.record.Source())
		return h
	}
	for _, k := range keys {
		if s := rc.known[k]; s != nil && s.others(it.source) && it.record.Resource.Kind() != record.KindPatient {
			it.result = Conflict
		}
	}
	h := &held{Record: it.record, source: it.source, gist: g}
	h.ID = record.NewID()
	if root := it.subject.root; root != nil && it.record.Resource == root.Resource {
		h.ID = root.ID // the patient entry that founds the new person
	}
	rc.found(h)
	rc.order = append(rc.order, h)
	rc.remember(h, keys)
	rc.stand(h, h.Source())
	return h
}

// samePlace finds the record that the same place of the same file stated
// before. Two entries that one reading of a file puts at one place are one only
// when they say the same.
func (rc *reconciler) samePlace(it *item, g gist) *held {
	all := rc.places[placeOf(it.record, it.record.Source())]
	for _, h := range all {
		if h.gist == g && (h.source != it.source || record.SameContent(h.Record, it.record)) {
			return h
		}
	}
	for _, h := range all {
		if h.source != it.source {
			return h
		}
	}
	return nil
}

// agreeing finds a record that states the same fact as an item, at best one that
// the item's file has not stated yet: a file that lists two equal readings means
// two, and so does the next file that lists both.
func (rc *reconciler) agreeing(it *item, g gist, keys []record.Key) *held {
	var again *held
	for _, k := range keys {
		s := rc.known[k]
		if s == nil {
			continue
		}
		for _, h := range s.alike(g) {
			if !agree(h, it) {
				continue
			}
			if !statedBy(h.Record, it.record.Source().Original) {
				return h
			}
			if again == nil {
				again = h
			}
		}
	}
	return again
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

func statedBy(r record.Record, h record.Hash) bool {
	return slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return p.Original == h })
}

// found notes a study, so that its other files join it.
func (rc *reconciler) found(h *held) {
	if key := studyKey(h.Record); key != "" && rc.studies[key] == nil {
		rc.studies[key] = newStudy(h)
	}
}

// linksLimit is how many sources of one format one import links to one record:
// each of the thousand files of an imaging study names its patient.
const linksLimit = 50

// link adds a further source to a record.
func (rc *reconciler) link(h *held, p record.Provenance) {
	links := 0
	for _, other := range h.Provenance {
		if other.Format == p.Format && (other.Import == "" || rc.kept[p.Original]) {
			links++
		}
	}
	if links >= linksLimit {
		return
	}
	h.Provenance = append(h.Provenance[:len(h.Provenance):len(h.Provenance)], p)
	h.changed = true
}

// finish resolves the references of new records and gives all records to put.
func (rc *reconciler) finish(locals map[string]record.ID) []record.Record {
	for _, s := range rc.studies {
		if !s.held.stored || s.held.changed {
			s.finish()
		}
	}
	var puts []record.Record
	for _, h := range rc.order {
		for _, ref := range record.References(h.Resource) {
			if ref.Local != "" {
				ref.ID = locals[localKey(h.source, ref.Local)]
			}
		}
		puts = append(puts, h.Record)
	}
	for _, h := range rc.stored {
		if h.changed {
			puts = append(puts, h.Record)
		}
	}
	return puts
}
