package vault

import (
	"bytes"
	"maps"
	"slices"
	"sort"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// merge walks one kind of several people as one list.
type merge struct{ heads []*mergeHead }

type mergeHead struct {
	c      *store.Cursor
	prefix int // length of what the keys of this person share
	key    []byte
}

func (v *Vault) merge(r *read, kind record.Kind, person record.ID) (*merge, error) {
	people := []record.ID{person}
	if person == "" {
		people = slices.Sorted(maps.Keys(r.state.Counts))
	}
	m := &merge{}
	for _, p := range people {
		prefix := kindPrefix(p, kind)
		h := &mergeHead{c: r.Cursor(prefix), prefix: len(prefix)}
		var err error
		h.key, err = h.c.Seek(prefix)
		if h.key == nil || err != nil {
			h.c.Close()
			if err != nil {
				return m, err
			}
			continue
		}
		m.heads = append(m.heads, h)
	}
	m.sort()
	return m, nil
}

func (m *merge) sort() {
	sort.SliceStable(m.heads, func(i, j int) bool {
		a, b := m.heads[i], m.heads[j]
		return bytes.Compare(a.key[a.prefix:], b.key[b.prefix:]) < 0
	})
}

func (m *merge) advance() error {
	h := m.heads[0]
	var err error
	if h.key, err = h.c.Next(); err != nil {
		return err
	}
	if h.key == nil {
		h.c.Close()
		m.heads = m.heads[1:]
	}
	if len(m.heads) > 1 {
		m.sort()
	}
	return nil
}

func (m *merge) close() {
	for _, h := range m.heads {
		h.c.Close()
	}
}
