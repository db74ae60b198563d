package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/damage"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

func newKeys() *store.Keys {
	return &store.Keys{VaultID: make([]byte, 16), Badger: make([]byte, seal.KeySize), Value: seal.NewBox(make([]byte, seal.KeySize))}
}

// newStore makes a folder and an empty store in it.
func newStore(t *testing.T) (dir string, s *store.Store) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, store.Dir), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir, newKeys(), false)
	if err != nil {
		t.Fatal(err)
	}
	return dir, s
}

// put writes pairs of keys and values as one transaction.
func put(t *testing.T, s *store.Store, epoch uint64, pairs ...string) {
	t.Helper()
	b := s.Batch(epoch)
	defer b.Cancel()
	for i := 0; i < len(pairs); i += 2 {
		if err := b.Set([]byte(pairs[i]), []byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
}

// all is what a view shows of a prefix.
func all(t *testing.T, r *store.Read, prefix string) (pairs []string) {
	t.Helper()
	c := r.Cursor([]byte(prefix))
	defer c.Close()
	key, err := c.Seek([]byte(prefix))
	for ; key != nil && err == nil; key, err = c.Next() {
		value, err := c.Value()
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, string(key), string(value))
	}
	if err != nil {
		t.Fatal(err)
	}
	return pairs
}

// A reader sees its epoch, whatever is written meanwhile.
func TestReadAtAnEpoch(t *testing.T) {
	_, s := newStore(t)
	defer s.Close()
	put(t, s, 1, "a1", "one", "a2", "two", "b", "other")
	first := s.At(1)
	defer first.Close()
	put(t, s, 2, "a1", "changed", "a3", "three")
	second := s.At(2)
	defer second.Close()
	if got, want := all(t, first, "a"), []string{"a1", "one", "a2", "two"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := all(t, second, "a"), []string{"a1", "changed", "a2", "two", "a3", "three"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, err := second.Get([]byte("a1")); err != nil || string(got) != "changed" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := first.Get([]byte("a3")); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("got %v, want ErrAbsent", err)
	}
	if err := first.Has([]byte("a3")); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("got %v, want ErrAbsent", err)
	}
}

// A value opens under its own key, at its own epoch.
func TestValueInAnotherPlace(t *testing.T) {
	_, s := newStore(t)
	defer s.Close()
	b := s.Batch(1)
	other := s.Batch(2)
	defer other.Cancel()
	for key, sealed := range map[string][]byte{"good": b.Seal([]byte("good"), nil), "moved": b.Seal([]byte("good"), nil), "older": other.Seal([]byte("older"), nil), "none": nil} {
		if err := b.SetSealed([]byte(key), sealed); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
	b.Cancel()
	r := s.At(1)
	defer r.Close()
	for key, want := range map[string]error{"good": nil, "moved": store.ErrBroken, "older": store.ErrBroken, "none": store.ErrBroken} {
		if _, err := r.Get([]byte(key)); !errors.Is(err, want) || want != nil && !errors.Is(err, damage.ErrDamaged) {
			t.Errorf("%s: got %v, want %v", key, err, want)
		}
		if err := r.Has([]byte(key)); err != nil {
			t.Errorf("%s is there: got %v", key, err)
		}
	}
}

// A proof finds whatever is not as the account has it, before the files are used
// or behind.
func TestProof(t *testing.T) {
	table := func(t *testing.T, dir string) string {
		t.Helper()
		tables, err := filepath.Glob(filepath.Join(dir, "*.sst"))
		if err != nil || len(tables) == 0 {
			t.Fatal("no table")
		}
		return tables[0]
	}
	flip := func(t *testing.T, dir string) {
		t.Helper()
		path := table(t, dir)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[0] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, dir string)
		limit  int64
		begins bool
		whole  bool
	}{
		{"nothing, small", func(*testing.T, string) {}, store.AtOnce, true, true},
		{"nothing, large", func(*testing.T, string) {}, -1, true, true},
		{"a byte, small", flip, store.AtOnce, false, false},
		{"a byte, large", flip, -1, true, false},
		{"a byte, large and in doubt", func(t *testing.T, dir string) {
			flip(t, dir)
			if err := os.WriteFile(filepath.Join(dir, store.DoubtName), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, -1, false, false},
		{"a file is missing", func(t *testing.T, dir string) { os.Remove(table(t, dir)) }, -1, false, false},
		{"a file too many", func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "more"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, -1, false, false},
		{"a file is longer", func(t *testing.T, dir string) {
			path := table(t, dir)
			if err := os.Truncate(path, 1<<20); err != nil {
				t.Fatal(err)
			}
		}, -1, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, s := newStore(t)
			for i := range 200 {
				put(t, s, uint64(i+1), fmt.Sprintf("key %d", i), strings.Repeat("value", 200))
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			files, err := store.Account(dir, newKeys(), store.Own(dir))
			if err != nil {
				t.Fatal(err)
			}
			c.change(t, filepath.Join(dir, store.Dir))
			p := store.NewProof(dir, files, c.limit)
			if bad, ok := p.Begin(); ok != c.begins {
				t.Fatalf("got %v %q, want %v", ok, bad, c.begins)
			}
			if !c.begins {
				return
			}
			p.Start()
			defer p.End()
			if err := p.Wait(t.Context()); (err == nil) != c.whole || err != nil && !errors.Is(err, damage.ErrDamaged) {
				t.Errorf("got %v, want whole: %v", err, c.whole)
			}
			if (p.Changed() == nil) != c.whole || p.InDoubt() == c.whole {
				t.Errorf("got changed %v, in doubt %v, want whole: %v", p.Changed(), p.InDoubt(), c.whole)
			}
		})
	}
}
