package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// store is Badger as it was measured to behave (DESIGN §4), in managed mode:
// the version of every entry is the epoch of the transaction that wrote it, so
// a reader at one epoch never sees half of the next.
type store struct {
	db       *badger.DB
	keys     *keyring
	readOnly bool // db/ and its account stay as they are, byte for byte
}

func badgerOptions(dir string, key []byte) badger.Options {
	o := badger.DefaultOptions(dir).
		WithEncryptionKey(key).
		WithEncryptionKeyRotationDuration(10 * 365 * 24 * time.Hour). // 57 years or more would write plain text
		WithSyncWrites(false).                                        // the journal is what is durable
		WithValueThreshold(9 << 16).                                  // bytes, and more than chunkSize: the value log stays empty
		WithValueLogFileSize(1 << 20).
		WithMemTableSize(4 << 20).
		WithNumMemtables(2).
		WithNumCompactors(2).
		WithNumLevelZeroTables(4).
		WithNumLevelZeroTablesStall(10).
		WithBaseTableSize(15 << 18).
		WithBlockSize(16 << 10). // the index, which an open reads whole, is a third of that for 4 KiB
		WithBaseLevelSize(16 << 20).
		WithCompression(0). // values are packed before they are sealed
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(16 << 20).    // 0 with encryption panics
		WithChecksumVerificationMode(0). // our AEAD is stronger and does not panic
		WithNumVersionsToKeep(1).
		WithDetectConflicts(false). // one writer
		WithMetricsEnabled(false).
		WithBypassLockGuard(true). // the vault has its own lock
		WithLogger(nil)            // its words can quote keys and values
	o.TableSizeMultiplier = 1
	return o
}

// openStore opens Badger for writing. A panic of its own goroutines cannot be caught: that
// is why open compares db/ with what the last close saw before it comes here.
func openStore(dir string, keys *keyring) (*store, error) {
	return openBadger(dir, keys, false)
}

func openBadger(dir string, keys *keyring, readOnly bool) (s *store, err error) {
	defer func() {
		if recover() != nil {
			s, err = nil, errStore
		}
	}()
	path := filepath.Join(dir, storeDir)
	os.Remove(filepath.Join(path, discardName)) // nobody vouches for it
	db, err := badger.OpenManaged(badgerOptions(path, keys.badger).WithReadOnly(readOnly))
	if err != nil {
		return nil, errStore
	}
	return &store{db, keys, readOnly}, nil
}

// writable opens the store for writing before the first commit. Until then it
// was only read, so that looking at a vault changes nothing in it. Views that
// are open keep the old one, which shows the same.
func (v *Vault) writable() error {
	if !v.store.readOnly {
		return nil
	}
	if err := v.proof.finish(); err != nil {
		return err
	}
	// From here until the next clean close, db/ is not to be trusted by others.
	if err := os.Remove(filepath.Join(v.dir, storeDir, closedName)); err != nil {
		return writeProblem(v.dir, err)
	}
	s, err := openStore(v.dir, v.keys)
	if err != nil {
		return err
	}
	s.db.SetDiscardTs(v.now.Load().Root.Epoch)
	v.mu.Lock()
	v.retired, v.store = v.store, s
	v.mu.Unlock()
	return nil
}

// newStore makes an empty db/, in place of any that is there.
func newStore(dir string, keys *keyring) (*store, error) {
	path := filepath.Join(dir, storeDir)
	if err := os.RemoveAll(path); err != nil {
		return nil, fmt.Errorf("remove db/ to build it again: %w", plainCause(err))
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		return nil, writeProblem(dir, err)
	}
	return openStore(dir, keys)
}

func (s *store) close() error {
	if s.db.Close() != nil {
		return errStore
	}
	return nil
}

// errStore stands for every error of Badger: its own words are not passed on.
var errStore = &DamageError{File: storeDir, Text: "it cannot be read or written: close and open the vault, and it is built again from the journal"}

var errAbsent = errors.New("no such key")

// read is a view of the store at one epoch. It must be closed.
type read struct {
	txn   *badger.Txn
	keys  *keyring
	state *state // of the vault at that epoch; nil in a replay

	ctx   context.Context // of the one call that it serves, for whole
	proof *proof          // of db/; nil where there is nothing to prove
}

// whole waits until it is shown that nothing of db/ is missing, as it must be
// before anybody is told that there is no more, or none.
func (r *read) whole() error {
	if r.proof == nil {
		return nil
	}
	return r.proof.wait(r.ctx)
}

func (s *store) at(epoch uint64) *read {
	return &read{txn: s.db.NewTransactionAt(epoch, false), keys: s.keys}
}

func (r *read) close() { r.txn.Discard() }

// get opens the value of a key; errAbsent when there is none.
func (r *read) get(key []byte) (plain []byte, err error) {
	defer r.guard(&err)()
	item, err := r.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, r.absent()
	}
	if err != nil {
		return nil, errStore
	}
	return r.open(item)
}

// has gives nil for a key that is there, whatever its value; else errAbsent.
func (r *read) has(key []byte) (err error) {
	defer r.guard(&err)()
	_, err = r.txn.Get(key)
	switch {
	case errors.Is(err, badger.ErrKeyNotFound):
		return r.absent()
	case err != nil:
		return errStore
	}
	return nil
}

func (r *read) absent() error {
	if err := r.whole(); err != nil {
		return err
	}
	return errAbsent
}

func (r *read) open(item *badger.Item) (plain []byte, err error) {
	err = item.Value(func(sealed []byte) error {
		plain, err = r.keys.value.Open(nil, r.keys.place(item.Key(), item.Version()), sealed)
		return err
	})
	if err != nil {
		return nil, errStore
	}
	return plain, nil
}

// guard stands around every read of Badger: a changed block, or a file that was
// cut off while it is mapped, is an error, and the next Open is told to look.
//
//	defer r.guard(&err)()
func (r *read) guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if p := recover(); p != nil {
			*err = panicked(p)
		}
		if errors.Is(*err, errStore) {
			r.proof.doubt()
		}
	}
}

// panicked is what a panic of Badger over a changed block means. Ours go on.
func panicked(p any) error {
	if s, ours := p.(string); ours && strings.HasPrefix(s, "vault: internal error") {
		panic(p)
	}
	return errStore
}

// rescue turns a panic of Badger into an error.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = panicked(p)
	}
}

// cursor walks the keys with a prefix in order.
type cursor struct {
	read *read
	it   *badger.Iterator
}

func (r *read) cursor(prefix []byte) *cursor {
	opt := badger.DefaultIteratorOptions
	opt.PrefetchValues = false
	opt.Prefix = prefix
	c := &cursor{r, r.txn.NewIterator(opt)}
	return c
}

func (c *cursor) close() { c.it.Close() }

// seek goes to the first key at or behind one; nil when there is none left.
func (c *cursor) seek(key []byte) (at []byte, err error) {
	defer c.read.guard(&err)()
	c.it.Seek(key)
	return c.here(), nil
}

// next goes one further.
func (c *cursor) next() (at []byte, err error) {
	defer c.read.guard(&err)()
	c.it.Next()
	return c.here(), nil
}

func (c *cursor) here() []byte {
	if !c.it.Valid() {
		return nil
	}
	return c.it.Item().KeyCopy(nil)
}

// value opens the value that the cursor stands at.
func (c *cursor) value() (plain []byte, err error) {
	defer c.read.guard(&err)()
	return c.read.open(c.it.Item())
}

// batch collects what one transaction writes. It is used by one goroutine.
type batch struct {
	wb    *badger.WriteBatch
	keys  *keyring
	epoch uint64
}

func (s *store) batch(epoch uint64) *batch {
	wb := s.db.NewWriteBatchAt(epoch)
	wb.SetMaxPendingTxns(4)
	return &batch{wb, s.keys, epoch}
}

// seal gives the value to store under key; safe for concurrent use.
func (b *batch) seal(key, plain []byte) []byte {
	return b.keys.value.Seal(nil, b.keys.place(key, b.epoch), plain)
}

func (b *batch) set(key, plain []byte) error { return b.setSealed(key, b.seal(key, plain)) }

func (b *batch) setSealed(key, sealed []byte) error {
	if b.wb.Set(key, sealed) != nil {
		return errStore
	}
	return nil
}

func (b *batch) delete(key []byte) error {
	if b.wb.Delete(key) != nil {
		return errStore
	}
	return nil
}

func (b *batch) flush() error {
	if b.wb.Flush() != nil {
		return errStore
	}
	return nil
}

func (b *batch) cancel() { b.wb.Cancel() }
