package store

import "github.com/dgraph-io/badger/v4"

// Batch collects what one transaction writes. It is used by one goroutine, but
// for Seal.
type Batch struct {
	wb    *badger.WriteBatch
	keys  *Keys
	epoch uint64
}

// Batch starts a transaction. It must be cancelled, also behind a Flush.
func (s *Store) Batch(epoch uint64) *Batch {
	wb := s.db.NewWriteBatchAt(epoch)
	wb.SetMaxPendingTxns(4)
	return &Batch{wb, s.keys, epoch}
}

// Seal gives the value to store under key; safe for concurrent use.
func (b *Batch) Seal(key, plain []byte) []byte {
	return b.keys.Value.Seal(nil, b.keys.place(key, b.epoch), plain)
}

// Set seals and stores a value.
func (b *Batch) Set(key, plain []byte) error { return b.SetSealed(key, b.Seal(key, plain)) }

// SetSealed stores what [Batch.Seal] gave for the key, or, where the key alone
// matters, nothing.
func (b *Batch) SetSealed(key, sealed []byte) error {
	if b.wb.Set(key, sealed) != nil {
		return ErrBroken
	}
	return nil
}

// Delete takes a key away, whether or not it is there.
func (b *Batch) Delete(key []byte) error {
	if b.wb.Delete(key) != nil {
		return ErrBroken
	}
	return nil
}

// Flush writes what is left to be written.
func (b *Batch) Flush() error {
	if b.wb.Flush() != nil {
		return ErrBroken
	}
	return nil
}

// Cancel lets go of the batch.
func (b *Batch) Cancel() { b.wb.Cancel() }
