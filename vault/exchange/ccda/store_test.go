package ccda_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/record"
)

// memory is a store that keeps everything in memory.
type memory struct {
	records []record.Record
	hashes  map[record.Hash]bool
}

var _ exchange.Store = (*memory)(nil)

func (m *memory) Query(_ context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for _, r := range m.records {
			if f.Match(r) && !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) People(context.Context) ([]record.Record, error) {
	var people []record.Record
	for _, r := range m.records {
		if r.Resource.Kind() == record.KindPatient && r.ID == r.Person {
			people = append(people, r)
		}
	}
	return people, nil
}

func (m *memory) Match(_ context.Context, keys ...record.Key) ([]record.Record, error) {
	want := map[record.Key]bool{}
	for _, k := range keys {
		want[k] = true
	}
	var out []record.Record
	for _, r := range m.records {
		for _, k := range r.Keys() {
			if want[k] {
				out = append(out, r)
				break
			}
		}
	}
	return out, nil
}

func (m *memory) HasOriginal(_ context.Context, h record.Hash) (bool, error) {
	return m.hashes[h], nil
}

func (m *memory) Commit(_ context.Context, c record.Change) error {
	byID := map[record.ID]int{}
	for i, r := range m.records {
		byID[r.ID] = i
	}
	for _, r := range c.Put {
		if i, ok := byID[r.ID]; ok {
			m.records[i] = r
			continue
		}
		m.records = append(m.records, r)
	}
	for _, o := range c.Originals {
		m.hashes[o.Hash] = true
	}
	return nil
}

// imported is what one file gave.
type imported struct {
	records []record.Record
	report  record.SourceReport
	held    bool
}

// bring imports one file into an empty store. A file that is held is assigned
// to a new person, so that its records can be looked at.
func bring(t testing.TB, name string, content []byte) imported {
	t.Helper()
	return bringInto(t, &memory{hashes: map[record.Hash]bool{}}, name, content)
}

// bringTwice gives what the second import of the same bytes does.
func bringTwice(t testing.TB, content []byte) imported {
	t.Helper()
	store := &memory{hashes: map[record.Hash]bool{}}
	bringInto(t, store, "first.xml", content)
	return bringInto(t, store, "second.xml", content)
}

func bringInto(t testing.TB, store *memory, name string, content []byte) imported {
	t.Helper()
	ctx := t.Context()
	src := exchange.Source{Name: name, FS: fstest.MapFS{name: {Data: content}}, Path: name}
	batch, err := exchange.Import(ctx, store, []exchange.Format{ccda.Format}, []exchange.Source{src}, exchange.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := imported{held: batch.Held()}
	if out.held {
		if err := batch.Assign(ctx, exchange.NewPerson); err != nil && !errors.Is(err, exchange.ErrPerson) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	receipt, err := batch.Commit(ctx)
	if err != nil && !errors.Is(err, exchange.ErrPerson) {
		t.Fatalf("%s: %v", name, err)
	}
	out.records, out.report = store.records, receipt.Sources[0]
	if !out.report.Adds() {
		t.Errorf("%s: the receipt does not add up: %+v", name, out.report)
	}
	return out
}

// of gives the resources of one type.
func of[T record.Resource](i imported) []T {
	var out []T
	for _, r := range i.records {
		if x, ok := r.Resource.(T); ok {
			out = append(out, x)
		}
	}
	return out
}

// one gives the only resource of a type.
func one[T record.Resource](t testing.TB, i imported) T {
	t.Helper()
	all := of[T](i)
	if len(all) != 1 {
		t.Fatalf("got %d records of %T, want 1; issues %v", len(all), *new(T), i.report.Issues)
	}
	return all[0]
}

// shared finds the sample folder beside the repository.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			p := filepath.Join(dir, "..", "shared", filepath.FromSlash(name))
			if _, err := os.Stat(p); err == nil {
				return p
			}
			break
		}
	}
	t.Skipf("SKIPPED: the sample folder ../shared/%s is not on this computer", name)
	return ""
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
