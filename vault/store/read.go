package store

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// ErrAbsent says that there is no such key.
var ErrAbsent = errors.New("no such key")

// Read is a view of the store at one epoch. It must be closed.
type Read struct {
	line line
	keys *Keys

	ctx   context.Context // of the one call that it serves, for Whole
	proof *Proof          // of the files; nil where there is nothing to prove
}

// At gives a view of what was written up to an epoch.
func (s *Store) At(epoch uint64) *Read {
	return &Read{line: line{store: s, epoch: epoch, txn: s.db.NewTransactionAt(epoch, false)}, keys: s.keys}
}

// Prove has the view wait for a proof, until ctx ends, before it says that there
// is no more, or none; and tell it when something does not read as it should.
// It is called at the beginning.
func (r *Read) Prove(ctx context.Context, p *Proof) { r.ctx, r.proof = ctx, p }

// Whole waits until it is shown that nothing of the store is missing, as it must
// be before anybody is told that there is no more, or none.
func (r *Read) Whole() error {
	if r.proof == nil {
		return nil
	}
	return r.proof.Wait(r.ctx)
}

// Changed gives the damage of the files that has been found so far; else nil. It
// does not wait.
func (r *Read) Changed() error { return r.proof.Changed() }

// Close ends the view.
func (r *Read) Close() { r.line.close() }

// Get opens the value of a key; [ErrAbsent] when there is none.
func (r *Read) Get(key []byte) (plain []byte, err error) {
	err = r.ask(func(txn *badger.Txn) error {
		item, err := txn.Get(key)
		if err == nil {
			plain, err = r.open(item)
		}
		return err
	})
	return plain, err
}

// Has gives nil for a key that is there, whatever its value; else [ErrAbsent].
func (r *Read) Has(key []byte) (err error) {
	return r.ask(func(txn *badger.Txn) error {
		_, err := txn.Get(key)
		return err
	})
}

// ask looks something up, in the store or its heir.
func (r *Read) ask(look func(*badger.Txn) error) error {
	for {
		txn := r.line.now()
		err := guard(func() error { return look(txn) })
		switch {
		case err == nil:
			return nil
		case errors.Is(err, badger.ErrKeyNotFound):
			return r.absent()
		case !errors.Is(err, ErrBroken):
			err = ErrBroken
		}
		if !r.line.goOver(txn, err) {
			r.proof.doubt()
			return err
		}
	}
}

func (r *Read) absent() error {
	if err := r.Whole(); err != nil {
		return err
	}
	return ErrAbsent
}

func (r *Read) open(item *badger.Item) (plain []byte, err error) {
	err = item.Value(func(sealed []byte) error {
		plain, err = r.keys.Value.Open(nil, r.keys.place(item.Key(), item.Version()), sealed)
		return err
	})
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// guard stands around every read of Badger: a changed block, or a file that was
// cut off while it is mapped, is an error.
func guard(look func() error) (err error) {
	before := debug.SetPanicOnFault(true)
	defer func() {
		debug.SetPanicOnFault(before)
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return look()
}

// panicked is what a panic of Badger over a changed block means. Ours go on.
func panicked(p any) error {
	if s, ours := p.(string); ours && strings.HasPrefix(s, "vault: internal error") {
		panic(p)
	}
	return ErrBroken
}

// rescue turns a panic of Badger into an error.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = panicked(p)
	}
}
