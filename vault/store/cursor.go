package store

import "github.com/dgraph-io/badger/v4"

// Cursor walks the keys with a prefix in order. It must be closed before its
// [Read].
type Cursor struct {
	read *Read
	it   *badger.Iterator
}

// Cursor gives one that stands nowhere yet.
func (r *Read) Cursor(prefix []byte) *Cursor {
	opt := badger.DefaultIteratorOptions
	opt.PrefetchValues = false
	opt.Prefix = prefix
	return &Cursor{r, r.txn.NewIterator(opt)}
}

// Close ends the walk.
func (c *Cursor) Close() { c.it.Close() }

// Seek goes to the first key at or behind one; nil when there is none left.
// Whoever says so to others asks [Read.Whole] first.
func (c *Cursor) Seek(key []byte) (at []byte, err error) {
	defer c.read.guard(&err)()
	c.it.Seek(key)
	return c.here(), nil
}

// Next goes one further; nil when there is none left.
func (c *Cursor) Next() (at []byte, err error) {
	defer c.read.guard(&err)()
	c.it.Next()
	return c.here(), nil
}

func (c *Cursor) here() []byte {
	if !c.it.Valid() {
		return nil
	}
	return c.it.Item().KeyCopy(nil)
}

// Value opens the value that the cursor stands at.
func (c *Cursor) Value() (plain []byte, err error) {
	defer c.read.guard(&err)()
	return c.read.open(c.it.Item())
}
