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
	Conflict                    // of a fact that is there, but says something else: filed beside it
	SetAside                    // about a patient whom the user did not choose
	Gathered                    // part of an imaging study whose other files brought its record
)

// reconciler finds out which statements are of one fact, and which fact took the
// place of another.
//
// What it makes of a set of statements does not depend on the order in which
// they came, nor on how many imports brought them: whatever shares a key with
// something new is put together anew from what each source says. So a record is
// a set of statements; the one that is shown is the first by a total order
// ([statement.before]), and taking statements away again leaves what the others
// alone would have given.
type reconciler struct {
	store   Store
	known   map[record.ID]*origin         // records of the vault that were looked at
	index   map[record.Link][]*statement  // their statements, by link
	asked   map[record.Link]bool          // keys that the vault was asked for
	places  map[record.Link]*statement    // of the vault and of the batch, the first of each place
	links   []record.Link                 // room for those of statements to come
	shared  map[uint64]bool               // gists of the links that more than one active statement has
	active  []*statement                  // to be put together anew
	removed func(record.Record, int) bool // by an undo: a record's n-th provenance; nil for none

	clusters []*cluster
	gone     map[record.ID]record.ID // records that go, with the one that takes their place
	lifted   map[record.ID]bool      // records that an undo takes away: what they superseded stands again
	remarks  []remark

	supersedes map[record.ID]bool     // by which something was superseded; made when asked for
	byID       map[record.ID]*cluster // the same

	studies map[string]*study    // by person and StudyInstanceUID
	order   []*held              // new studies, in reading order
	stored  []*held              // studies of the vault
	kept    map[record.Hash]bool // the files of the batch that the vault has already
}

func newReconciler(store Store) *reconciler {
	return &reconciler{
		store: store, known: map[record.ID]*origin{}, index: map[record.Link][]*statement{}, asked: map[record.Link]bool{},
		places: map[record.Link]*statement{}, gone: map[record.ID]record.ID{}, lifted: map[record.ID]bool{},
		studies: map[string]*study{}, kept: map[record.Hash]bool{},
	}
}

// reconcile compares every item with the vault and with the items before it,
// and prepares the change.
func (b *Batch) reconcile(ctx context.Context) error {
	rc := newReconciler(b.store)
	for _, c := range b.sources {
		have, err := b.store.HasOriginal(ctx, c.original.Hash)
		if err != nil {
			return err
		}
		rc.kept[c.original.Hash] = have
	}
	if err := rc.read(ctx, b.items); err != nil {
		return err
	}
	if err := rc.settle(ctx); err != nil {
		return err
	}
	rc.judge(b.items)
	puts, err := rc.finish(ctx, b)
	if err != nil {
		return err
	}
	b.told = rc.remarks
	for _, it := range b.items {
		it.statement = nil // the next assignment makes them anew; sealing needs the memory
	}
	return b.prepare(ctx, puts, rc.deletions())
}

// read makes statements of the items and fetches what the vault has of them.
// An item at a place of a file that was read before is no new statement.
func (rc *reconciler) read(ctx context.Context, items []*item) error {
	statements := make([]statement, len(items))
	all := make([]record.Link, 0, askedAtOnce+64)
	for n, it := range items {
		it.statement, it.record.Person = nil, it.subject.Person
		if it.subject.SetAside {
			it.result = SetAside
			continue
		}
		s := &statements[n]
		rc.newItem(it, s)
		if all = append(append(all, s.links...), s.place); len(all) < askedAtOnce {
			continue
		}
		if err := rc.fetch(ctx, all); err != nil {
			return err
		}
		all = all[:0]
	}
	if err := rc.fetch(ctx, all); err != nil {
		return err
	}
	for _, it := range items {
		if it.statement != nil {
			rc.take(it)
		}
	}
	return nil
}

// take sorts an item: part of a study, read before, or to be put together with
// others.
func (rc *reconciler) take(it *item) {
	if rc.gather(it) {
		return
	}
	s := it.statement
	if same := rc.samePlace(s); same != nil {
		it.result, it.statement = Duplicate, same
		return
	}
	rc.put(s)
	rc.active = append(rc.active, s)
}

// put notes a statement at its place, behind those that are there.
func (rc *reconciler) put(s *statement) {
	t := rc.places[s.place]
	if t == nil {
		rc.places[s.place] = s
		return
	}
	for t.beside != nil {
		t = t.beside
	}
	t.beside = s
}

// samePlace finds the statement that the same place of the same file made
// before. Two entries that one reading of a file puts at one place are one only
// when they say the same.
func (rc *reconciler) samePlace(s *statement) *statement {
	first := rc.places[s.place]
	for t := first; t != nil; t = t.beside {
		if t.Content() == s.Content() && !t.again(s) {
			return t
		}
	}
	for t := first; t != nil; t = t.beside {
		if t.source != s.source && !t.again(s) {
			return t
		}
	}
	for t := first; t != nil; t = t.beside { // an older reading of the file saw fewer entries there
		if t.source != s.source {
			return t
		}
	}
	return nil
}

// again notes that a reading of the file met the statement, and says whether the
// same reading had met it before.
func (s *statement) again(by *statement) bool {
	if s.met[by.source] && s.source != by.source {
		return true
	}
	if s.met == nil {
		s.met = map[int]bool{}
	}
	s.met[by.source] = true
	return false
}

// judge says what became of each item: the first that states a new fact brings
// it, all others state it again.
func (rc *reconciler) judge(items []*item) {
	for _, it := range items {
		if it.statement == nil || it.statement.item != it {
			continue // a study's, set aside, or read before
		}
		c := it.statement.cluster
		switch {
		case len(c.origins) > 0 || c.brought:
			it.result = Duplicate
		case c.conflict && c.superseded == nil && it.record.Resource.Kind() != record.KindPatient:
			it.result = Conflict
		default:
			it.result = New
		}
		c.brought = true
	}
}

// deletions are the records that were joined with others.
func (rc *reconciler) deletions() []record.ID {
	var ids []record.ID
	for id := range rc.gone {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
