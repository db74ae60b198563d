package exchangetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Suite is what one format brings to be tested.
type Suite struct {
	Format exchange.Format
	Good   map[string][]byte // files that it must read, by name
	Not    map[string][]byte // files that it must not claim
}

// Run holds a format to what every format must keep: it recognises its own
// files and no others, its receipts add up, each record stands at its own place
// in the original, a second import changes nothing, and no cut or altered file
// makes it panic or file half of what it read.
func Run(t *testing.T, s Suite) {
	for name, content := range s.Good {
		t.Run(name, func(t *testing.T) {
			if m := s.Format.Identify(head(name, content)); m == exchange.No {
				t.Fatal("does not recognise its own file")
			}
			importTwice(t, s.Format, name, content)
			truncate(t, s.Format, name, content)
			alter(t, s.Format, name, content)
		})
	}
	for name, content := range s.Not {
		if m := s.Format.Identify(head(name, content)); m == exchange.Yes {
			t.Errorf("claims %s", name)
		}
	}
}

func head(name string, content []byte) exchange.Head {
	h := exchange.Head{Name: name, Bytes: content[:min(len(content), 64<<10)], Size: int64(len(content))}
	if a, err := container.Open(bytes.NewReader(content), h.Size); err == nil {
		for _, m := range a.Members() {
			h.Members = append(h.Members, m.Name)
		}
	}
	return h
}

// Import brings content into a store and commits it under a new person where
// that must be said.
func Import(t testing.TB, m *Memory, f exchange.Format, name string, content []byte) record.Receipt {
	t.Helper()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{f}, []exchange.Source{Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	for _, s := range r.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	return r
}

func importTwice(t *testing.T, f exchange.Format, name string, content []byte) {
	t.Helper()
	m := NewMemory()
	first := Import(t, m, f, name, content)
	if first.Refused() == first.Sources[0].Read {
		t.Fatalf("refused: %+v", first.Sources[0].Issues)
	}
	places := map[string]bool{}
	for _, r := range m.All() {
		for _, p := range r.Provenance {
			if p.Place == "" {
				t.Errorf("a %s has no place in its original", r.Resource.Kind())
			}
			if k := string(p.Original) + " " + p.Place; places[k] {
				t.Errorf("two records stand at the same place %s", p.Place)
			} else {
				places[k] = true
			}
			if p.Span.Length < 0 || p.Span.Offset < 0 || p.Span.Offset+p.Span.Length > int64(len(content)) {
				t.Errorf("%s: the span %+v lies outside the original", p.Place, p.Span)
			}
		}
	}
	before := fmt.Sprint(dump(m))
	second, err := exchange.Import(context.Background(), m, []exchange.Format{f}, []exchange.Source{Source(name, content)}, exchange.Options{Person: choice(m)})
	if err != nil {
		t.Fatalf("second import: %v", err)
	}
	r, err := second.Commit(context.Background())
	if err != nil {
		t.Fatalf("second commit: %v", err)
	}
	if r.Sources[0].Filed-absorbed(first) != 0 || m.Commits != 1 || fmt.Sprint(dump(m)) != before {
		t.Errorf("bringing the same file in again changed something: %+v", r.Sources[0])
	}
}

// absorbed counts the items that are filed without a record of their own.
func absorbed(r record.Receipt) int {
	n := 0
	for _, s := range r.Sources {
		n += s.Filed
		for _, k := range s.Kinds {
			n -= k
		}
	}
	return n
}

func choice(m *Memory) exchange.PersonChoice {
	people, err := m.People(context.Background())
	if err != nil || len(people) != 1 {
		return ""
	}
	return exchange.PersonChoice(people[0].ID)
}

func dump(m *Memory) []string {
	var lines []string
	for _, r := range m.All() {
		b, err := json.Marshal(r.Resource)
		if err != nil {
			panic(err)
		}
		lines = append(lines, fmt.Sprint(r.ID, r.Person, r.Provenance, string(b)))
	}
	return lines
}

// places is at how many places a file is cut and altered.
func places() int {
	if testing.Short() {
		return 12
	}
	return 60
}

// truncate cuts the file at many places: nothing may panic, and whatever is
// told must add up.
func truncate(t *testing.T, f exchange.Format, name string, content []byte) {
	t.Helper()
	for cut := 1; cut < len(content); cut += 1 + len(content)/places() {
		survives(t, f, name, content[:cut])
	}
}

// alter flips bytes at many places.
func alter(t *testing.T, f exchange.Format, name string, content []byte) {
	t.Helper()
	for at := 0; at < len(content); at += 1 + len(content)/places() {
		altered := append([]byte(nil), content...)
		altered[at] ^= 0x15
		survives(t, f, name, altered)
	}
}

func survives(t *testing.T, f exchange.Format, name string, content []byte) {
	t.Helper()
	src := exchange.Source{Name: name, Path: "file", FS: fstest.MapFS{"file": {Data: content}}}
	quiet := f
	quiet.Import = func(ctx context.Context, src exchange.Source, sink exchange.Sink) (err error) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("panic on %d bytes: %v", len(content), p)
			}
		}()
		return f.Import(ctx, src, sink)
	}
	b, err := exchange.Import(context.Background(), NewMemory(), []exchange.Format{quiet}, []exchange.Source{src}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	for _, s := range b.Receipt.Sources {
		if !s.Adds() {
			t.Errorf("the receipt of a broken file does not add up: %+v", s)
		}
	}
}
