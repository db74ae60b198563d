package fhir_test

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// store is a vault in memory, enough for [exchange.Import].
type store struct {
	records []record.Record
	hashes  map[record.Hash]bool
}

func (s *store) People(context.Context) ([]record.Record, error) {
	var people []record.Record
	for _, r := range s.records {
		if r.Resource.Kind() == record.KindPatient && r.ID == r.Person {
			people = append(people, r)
		}
	}
	return people, nil
}

func (s *store) Match(_ context.Context, keys ...record.Key) ([]record.Record, error) {
	wanted := map[record.Key]bool{}
	for _, k := range keys {
		wanted[k] = true
	}
	var found []record.Record
	for _, r := range s.records {
		for _, k := range r.Keys() {
			if wanted[k] {
				found = append(found, r)
				break
			}
		}
	}
	return found, nil
}

func (s *store) HasOriginal(_ context.Context, h record.Hash) (bool, error) { return s.hashes[h], nil }

func (s *store) Commit(_ context.Context, c record.Change) error {
	if s.hashes == nil {
		s.hashes = map[record.Hash]bool{}
	}
	for _, o := range c.Originals {
		s.hashes[o.Hash] = true
	}
	for _, p := range c.Put {
		replaced := false
		for i := range s.records {
			if s.records[i].ID == p.ID {
				s.records[i], replaced = p, true
			}
		}
		if !replaced {
			s.records = append(s.records, p)
		}
	}
	return nil
}

var _ exchange.Store = (*store)(nil)

func (s *store) Query(_ context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for _, r := range s.records {
			if f.Match(r) && !yield(r, nil) {
				return
			}
		}
	}
}

// sink is an [exchange.Sink] that keeps what it is given.
type sink struct {
	records []record.Record
	issues  []exchange.Issue
	files   []string
}

func (s *sink) Add(r record.Record)     { s.records = append(s.records, r) }
func (s *sink) Report(i exchange.Issue) { s.issues = append(s.issues, i) }

func (s *sink) text() string {
	var b strings.Builder
	for _, i := range s.issues {
		b.WriteString(i.Place + ": " + i.Text + "\n")
	}
	return b.String()
}

func (s *sink) count(o exchange.Outcome) int {
	n := 0
	for _, i := range s.issues {
		if i.Outcome == o {
			n++
		}
	}
	return n
}

func source(name, text string) exchange.Source {
	return exchange.Source{Name: name, FS: fstest.MapFS{name: {Data: []byte(text)}}, Path: name}
}

// read runs the format alone.
func read(t testing.TB, text string) (*sink, error) {
	t.Helper()
	s := &sink{}
	err := fhir.Format().Import(context.Background(), source("a.json", text), s)
	return s, err
}

// one reads a single resource.
func one[T record.Resource](t *testing.T, text string) (T, record.Record, *sink) {
	t.Helper()
	s, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.records) != 1 {
		t.Fatalf("got %d records, want 1; issues:\n%s", len(s.records), s.text())
	}
	r, ok := s.records[0].Resource.(T)
	if !ok {
		t.Fatalf("got a %s", s.records[0].Resource.Kind())
	}
	sameInXML(t, text)
	return r, s.records[0], s
}

// shared is the folder beside the repository with files of others; the test is
// skipped where it is absent.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	p := filepath.Join(append([]string{dir, "..", "shared"}, elem...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("skipped: there is no %s on this machine", p)
	}
	return p
}
