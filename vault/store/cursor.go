package store

import (
	"bytes"

	"github.com/dgraph-io/badger/v4"
)

// Cursor walks the keys with a prefix in order. It must be closed before its
// [Read].
type Cursor struct {
	read   *Read
	prefix []byte
	txn    *badger.Txn // of it
	it     *badger.Iterator
	old    []*badger.Iterator // of stores that had an heir
	at     []byte             // the key it stands at; nil nowhere
}

// Cursor gives one that stands nowhere yet.
func (r *Read) Cursor(prefix []byte) *Cursor {
	c := &Cursor{read: r, prefix: prefix}
	c.begin()
	return c
}

// begin makes the iterator.
func (c *Cursor) begin() {
	opt := badger.DefaultIteratorOptions
	opt.PrefetchValues = false
	opt.Prefix = c.prefix
	c.txn = c.read.line.now()
	c.it = c.txn.NewIterator(opt)
}

// Close ends the walk.
func (c *Cursor) Close() {
	for _, it := range append(c.old, c.it) {
		it.Close()
	}
}

// Seek goes to the first key at or behind one; nil when there is none left.
// Whoever says so to others asks [Read.Whole] first.
func (c *Cursor) Seek(key []byte) (at []byte, err error) {
	return c.move(func() { c.it.Seek(key) }, func() { c.it.Seek(key) })
}

// Next goes one further; nil when there is none left.
func (c *Cursor) Next() (at []byte, err error) {
	return c.move(func() { c.it.Next() }, func() {
		c.it.Seek(c.at)
		if c.it.Valid() && bytes.Equal(c.it.Item().Key(), c.at) {
			c.it.Next()
		}
	})
}

// move moves the iterator; again does the same from nowhere, in the iterator of
// an heir.
func (c *Cursor) move(move, again func()) (at []byte, err error) {
	err = c.ask(func() error {
		move()
		at = c.here()
		return nil
	}, func() { move = again })
	if err == nil {
		c.at = at
	}
	return at, err
}

func (c *Cursor) here() []byte {
	if !c.it.Valid() {
		return nil
	}
	return c.it.Item().KeyCopy(nil)
}

// Value opens the value that the cursor stands at.
func (c *Cursor) Value() (plain []byte, err error) {
	look := func() error {
		plain, err = c.read.open(c.it.Item())
		return err
	}
	seek := func() {}
	err = c.ask(func() error {
		seek()
		return look()
	}, func() { seek = func() { c.it.Seek(c.at) } })
	return plain, err
}

// ask reads through the iterator, and where that fails and the store has an
// heir, through another one, after renew.
func (c *Cursor) ask(look func() error, renew func()) error {
	for {
		err := guard(look)
		if err == nil {
			return nil
		}
		if !c.read.line.goOver(c.txn, err) {
			c.read.proof.doubt()
			return err
		}
		c.old = append(c.old, c.it)
		c.begin()
		renew()
	}
}
