package store

import (
	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"
)

// Load writes what one large transaction puts, in the order of the keys, straight
// into tables: without Badger's log and its tables in memory, which cost as much
// as all the rest of a commit. It is used by one goroutine, but for Seal; nothing
// else may be written meanwhile, but everything read.
type Load struct {
	sw    *badger.StreamWriter
	buf   *z.Buffer
	keys  *Keys
	epoch uint64
	kv    pb.KV
	n     int // entries in buf
}

const (
	loadAtOnce = 512     // entries handed over together
	loadBuffer = 1 << 20 // bytes; it grows where that is too little
)

// Load starts a transaction that puts, and deletes nothing, in a store that holds
// nothing yet; else it gives nil, and a [Batch] serves. It must be cancelled, also
// behind a Flush. Where it fails, the store is not to be used any more.
//
// The tables are put on the lowest level, which nothing that is written later
// goes past. Beside others they would have to lie higher, and Badger might then
// take a deletion below them, and forget it there.
func (s *Store) Load(epoch uint64) *Load {
	for _, level := range s.db.Levels() {
		if level.NumTables > 0 {
			return nil
		}
	}
	sw := s.db.NewStreamWriter()
	if sw.PrepareIncremental() != nil { // something is in memory
		sw.Cancel()
		return nil
	}
	return &Load{sw: sw, buf: z.NewBuffer(loadBuffer, "load"), keys: s.keys, epoch: epoch}
}

// Seal is [Batch.Seal].
func (l *Load) Seal(key, plain []byte) []byte {
	return l.keys.Value.Seal(nil, l.keys.place(key, l.epoch), plain)
}

// SetSealed is [Batch.SetSealed]. Each key comes behind the one before, or behind
// a Restart.
func (l *Load) SetSealed(key, sealed []byte) error {
	l.kv.Key, l.kv.Value, l.kv.Version = key, sealed, l.epoch
	badger.KVToBuffer(&l.kv, l.buf)
	if l.n++; l.n < loadAtOnce {
		return nil
	}
	return l.hand()
}

// Restart begins another run of keys in order, none of them between those of a
// run before.
func (l *Load) Restart() error {
	badger.KVToBuffer(&pb.KV{StreamId: l.kv.StreamId, StreamDone: true}, l.buf)
	l.kv.StreamId++
	return l.hand()
}

// hand hands over what was collected.
func (l *Load) hand() error {
	err := l.sw.Write(l.buf)
	l.buf.Reset()
	l.n = 0
	if err != nil {
		return ErrBroken
	}
	return nil
}

// Flush writes what is left to be written.
func (l *Load) Flush() error {
	if l.hand() != nil || l.sw.Flush() != nil {
		return ErrBroken
	}
	return nil
}

// Cancel lets go of the load.
func (l *Load) Cancel() {
	l.sw.Cancel()
	_ = l.buf.Release()
}
