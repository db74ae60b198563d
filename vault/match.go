package vault

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// Match gives the records that carry any of the keys, each once.
func (v *Vault) Match(ctx context.Context, keys ...record.Key) ([]record.Record, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	m := matcher{v: v, r: r, keys: map[record.ID][]record.Key{}, taken: map[record.ID]bool{}}
	c := r.Cursor([]byte{classMatch})
	defer c.Close()
	for n, k := range keys {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		prefix := matchPrefix(fingerprintOf(k))
		at, err := c.Seek(prefix)
		for ; err == nil && bytes.HasPrefix(at, prefix); at, err = c.Next() {
			if err := m.look(record.ID(at[len(prefix):]), k); err != nil {
				return nil, err
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return m.found, r.Whole()
}

// matcher is one call of Match.
type matcher struct {
	v     *Vault
	r     *read
	keys  map[record.ID][]record.Key // of the records looked at
	taken map[record.ID]bool
	found []record.Record
}

// look takes the record that the index names for a key, once the record itself
// has shown that the key is its own: the index holds a part of each key, and is
// not sealed.
func (m *matcher) look(id record.ID, k record.Key) error {
	if m.taken[id] {
		return nil
	}
	if known, ok := m.keys[id]; ok && !slices.Contains(known, k) {
		return nil
	}
	rec, _, err := m.v.lookup(m.r, id)
	if errors.Is(err, store.ErrAbsent) {
		err = store.ErrBroken
	}
	if err != nil {
		return err
	}
	m.keys[id] = rec.Keys()
	if slices.Contains(m.keys[id], k) {
		m.taken[id] = true
		m.found = append(m.found, rec)
	}
	return nil
}
