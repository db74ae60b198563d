// Package exchangetest holds what every format must pass, and a store in memory
// to pass it with.
package exchangetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Memory is a store in memory. It keeps the promises of exchange.Store and
// exchange.Library, but for durability. It is not safe for concurrent use.
type Memory struct {
	records   map[record.ID]record.Record
	order     []record.ID
	originals map[record.Hash]record.Original
	bytes     map[record.Hash][]byte
	Receipts  []record.Receipt
	Commits   int
}

var (
	_ exchange.Store   = (*Memory)(nil)
	_ exchange.Library = (*Memory)(nil)
	_ exchange.Ledger  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{records: map[record.ID]record.Record{}, originals: map[record.Hash]record.Original{}, bytes: map[record.Hash][]byte{}}
}

// People implements exchange.Store.
func (m *Memory) People(context.Context) ([]record.Record, error) {
	var people []record.Record
	for _, r := range m.All() {
		if r.ID == r.Person {
			people = append(people, r)
		}
	}
	return people, nil
}

// All gives every record in the order it came.
func (m *Memory) All() []record.Record {
	var all []record.Record
	for _, id := range m.order {
		if r, ok := m.records[id]; ok {
			all = append(all, r)
		}
	}
	return all
}

// Match implements exchange.Store.
func (m *Memory) Match(_ context.Context, keys ...record.Key) ([]record.Record, error) {
	wanted := map[record.Key]bool{}
	for _, k := range keys {
		wanted[k] = true
	}
	var found []record.Record
	for _, r := range m.All() {
		for _, k := range r.Keys() {
			if wanted[k] {
				found = append(found, r)
				break
			}
		}
	}
	return found, nil
}

// HasOriginal implements exchange.Store.
func (m *Memory) HasOriginal(_ context.Context, h record.Hash) (bool, error) {
	_, ok := m.originals[h]
	return ok, nil
}

// Commit implements exchange.Store.
func (m *Memory) Commit(ctx context.Context, c record.Change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	contents := map[record.Hash][]byte{}
	for _, o := range c.Originals {
		b, err := readAll(o)
		if err != nil {
			return err
		}
		contents[o.Hash] = b
	}
	m.Commits++
	for _, o := range c.Originals {
		m.originals[o.Hash], m.bytes[o.Hash] = o.Original, contents[o.Hash]
	}
	for _, r := range c.Put {
		if !r.ID.Valid() {
			return fmt.Errorf("a record has the ID %q", r.ID)
		}
		if _, ok := m.records[r.ID]; !ok {
			m.order = append(m.order, r.ID)
		}
		m.records[r.ID] = r
	}
	for _, id := range c.Delete {
		if !slices.ContainsFunc(c.Put, func(r record.Record) bool { return r.ID == id }) {
			delete(m.records, id)
		}
	}
	if c.Receipt != nil {
		m.Receipts = append(m.Receipts, *c.Receipt)
	}
	if c.Undone != "" {
		m.takeBack(c.Undone)
	}
	return nil
}

// Imports implements exchange.Ledger.
func (m *Memory) Imports(context.Context) ([]record.Receipt, error) { return m.Receipts, nil }

// takeBack removes a receipt, and the originals of imports without one that
// nothing names.
func (m *Memory) takeBack(id record.ID) {
	m.Receipts = slices.DeleteFunc(m.Receipts, func(r record.Receipt) bool { return r.Import == id })
	imports, named := map[record.ID]bool{"": true}, map[record.Hash]bool{}
	name := func(h record.Hash) {
		for ; h != "" && !named[h]; h = m.originals[h].Within {
			named[h] = true
			if m.originals[h].Path == "" {
				return
			}
		}
	}
	for _, r := range m.Receipts {
		imports[r.Import] = true
		for _, s := range r.Sources {
			name(s.SHA256)
		}
	}
	for _, r := range m.records {
		for _, p := range r.Provenance {
			name(p.Original)
			carried(p.Said, name)
		}
		carried(r.Resource, name)
	}
	for h, o := range m.originals {
		if !imports[o.Import] && !named[h] {
			delete(m.originals, h)
			delete(m.bytes, h)
		}
	}
}

func carried(r record.Resource, name func(record.Hash)) {
	for _, a := range exchange.Attachments(r) {
		name(a.Hash)
	}
	if study, ok := r.(*record.ImagingStudy); ok {
		for _, s := range study.Series {
			for _, i := range s.Instance {
				for _, h := range i.Files() {
					name(h)
				}
			}
		}
	}
}

func readAll(o record.Incoming) ([]byte, error) {
	rc, err := o.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	b, err := io.ReadAll(rc)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	if record.Hash(hex.EncodeToString(sum[:])) != o.Hash || int64(len(b)) != o.Size {
		return nil, errors.New("the file changed while it was brought in")
	}
	return b, nil
}

// Get implements exchange.Library.
func (m *Memory) Get(_ context.Context, id record.ID) (record.Record, error) {
	r, ok := m.records[id]
	if !ok {
		return record.Record{}, errors.New("no such record")
	}
	return r, nil
}

// Query implements exchange.Library.
func (m *Memory) Query(_ context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	var found []record.Record
	for _, r := range m.All() {
		if f.Match(r) {
			found = append(found, r)
		}
	}
	record.ByTime(found)
	return func(yield func(record.Record, error) bool) {
		for _, r := range found {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Originals implements exchange.Library.
func (m *Memory) Originals(context.Context) ([]record.Original, error) {
	var all []record.Original
	for _, o := range m.originals {
		all = append(all, o)
	}
	return all, nil
}

// OpenOriginal implements exchange.Library.
func (m *Memory) OpenOriginal(_ context.Context, h record.Hash) (io.ReadCloser, record.Original, error) {
	b, ok := m.bytes[h]
	if !ok {
		return nil, record.Original{}, errors.New("no such original")
	}
	return io.NopCloser(bytes.NewReader(b)), m.originals[h], nil
}

// Source makes a source of bytes.
func Source(name string, content []byte) exchange.Source {
	return exchange.Source{Name: name, Path: "file", FS: fstest.MapFS{"file": {Data: content}}}
}
