package store

import (
	"errors"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// heir is the store that is open for writing beside one that is open for
// reading. It compacts, and cuts off the files that it needs no more: what of
// them is mapped by the older store faults from then on. So a [Read] that meets
// a fault goes over to the heir, which shows the same at the same epoch.
type heir struct {
	ready chan struct{} // closed when next is set
	next  *Store        // nil where it could not be opened
}

// Writable opens the store for writing, beside this one, which is open for
// reading alone: its views stay good, as long as their epoch is not forgotten.
// Both are to be closed, this one first.
func (s *Store) Writable(dir string) (*Store, error) {
	h := &heir{ready: make(chan struct{})}
	s.heir.Store(h) // before the first file can be cut off
	defer close(h.ready)
	next, err := Open(dir, s.keys, false)
	if err == nil {
		h.next = next
	}
	return next, err
}

// line is a view's way to the store, and to the heirs it went over to.
type line struct {
	mu    sync.Mutex
	store *Store
	epoch uint64
	txn   *badger.Txn
	old   []*badger.Txn
}

// now is the transaction to ask.
func (l *line) now() *badger.Txn {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.txn
}

// goOver says whether what failed with err in a transaction is to be asked again
// in the one of [line.now].
func (l *line) goOver(failed *badger.Txn, err error) bool {
	if !errors.Is(err, ErrBroken) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.txn != failed {
		return true // somebody has gone over meanwhile
	}
	h := l.store.heir.Load()
	if h == nil {
		return false
	}
	<-h.ready
	if h.next == nil {
		return false
	}
	l.old = append(l.old, l.txn)
	l.store, l.txn = h.next, h.next.db.NewTransactionAt(l.epoch, false)
	return true
}

func (l *line) close() {
	for _, t := range append(l.old, l.txn) {
		t.Discard()
	}
}
