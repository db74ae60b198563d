package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"

	"github.com/carnet-phr/carnet/vault/damage"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Dir is the store's folder, in the vault's.
const Dir = "db"

// Keys are what a store is sealed with.
type Keys struct {
	VaultID []byte
	Badger  []byte    // of Badger's own encryption, which hides its keys
	Value   *seal.Box // of the values
}

// place is the associated data of a value: it cannot be read back under another
// key, at another version or in another vault.
func (k *Keys) place(key []byte, version uint64) []byte {
	ad := make([]byte, 0, len(k.VaultID)+len(key)+8)
	ad = append(append(ad, k.VaultID...), key...)
	return binary.BigEndian.AppendUint64(ad, version)
}

// Store is Badger as it was measured to behave (DESIGN §4).
type Store struct {
	db       *badger.DB
	keys     *Keys
	readOnly bool
	heir     atomic.Pointer[heir] // of a store that was opened for writing since
}

func badgerOptions(dir string, key []byte) badger.Options {
	o := badger.DefaultOptions(dir).
		WithEncryptionKey(key).
		WithEncryptionKeyRotationDuration(10 * 365 * 24 * time.Hour). // 57 years or more would write plain text
		WithSyncWrites(false).                                        // the journal is what is durable
		WithValueThreshold(9 << 16).                                  // bytes, and more than a chunk of the vault: the value log stays empty
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

// Open opens the store of the vault in dir; the folder [Dir] must be there. With
// readOnly its files stay as they are, byte for byte, but for [DiscardName];
// Windows has no such thing, and gives [ErrBroken]. A panic of Badger's own
// goroutines cannot be caught: that is why the files are compared with what the
// last close saw before anybody comes here, see [Proof.Begin].
func Open(dir string, keys *Keys, readOnly bool) (s *Store, err error) {
	defer func() {
		if recover() != nil {
			s, err = nil, ErrBroken
		}
	}()
	path := filepath.Join(dir, Dir)
	os.Remove(filepath.Join(path, DiscardName)) // nobody vouches for it
	db, err := badger.OpenManaged(badgerOptions(path, keys.Badger).WithReadOnly(readOnly))
	if err != nil {
		return nil, ErrBroken
	}
	return &Store{db: db, keys: keys, readOnly: readOnly}, nil
}

// ReadOnly says that the store was opened so.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Forget lets go of what only readers at epochs before oldest could see.
func (s *Store) Forget(oldest uint64) { s.db.SetDiscardTs(oldest) }

// Close closes the store. No [Read] may be open.
func (s *Store) Close() error {
	if s.db.Close() != nil {
		return ErrBroken
	}
	return nil
}

// ErrBroken stands for every error of Badger: its own words are not passed on.
var ErrBroken error = &damage.Error{File: Dir, Text: "it cannot be read or written: close and open the vault, and it is built again from the journal"}
