package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/carnet-phr/carnet/vault/store"
)

// loaded puts n values with a prefix, in runs of their own where there are
// several prefixes.
func loaded(t *testing.T, s *store.Store, epoch uint64, n int, prefixes ...string) {
	t.Helper()
	l := s.Load(epoch)
	if l == nil {
		t.Fatal("an empty store cannot be loaded")
	}
	defer l.Cancel()
	for i, prefix := range prefixes {
		for k := range n {
			key := fmt.Appendf(nil, "%s%06d", prefix, k)
			if err := l.SetSealed(key, l.Seal(key, fmt.Appendf(nil, "value %d", k))); err != nil {
				t.Fatal(err)
			}
		}
		if i+1 < len(prefixes) {
			if err := l.Restart(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := l.Flush(); err != nil {
		t.Fatal(err)
	}
}

// What was loaded is there, also when the store is opened again, and can be
// changed and taken away like all else.
func TestLoad(t *testing.T) {
	const n = 30_000 // several tables
	dir, s := newStore(t)
	loaded(t, s, 1, n, "t", "a", "k")
	put(t, s, 2, "a000001", "changed")
	b := s.Batch(3)
	if err := errors.Join(b.Delete([]byte("t000002")), b.Flush()); err != nil {
		t.Fatal(err)
	}
	b.Cancel()
	check := func() {
		t.Helper()
		r := s.At(3)
		defer r.Close()
		for prefix, want := range map[string]int{"t": n - 1, "a": n, "k": n} {
			pairs := all(t, r, prefix)
			if len(pairs) != 2*want || !slices.IsSortedFunc(slices.Collect(slices.Chunk(pairs, 2)), slices.Compare) {
				t.Errorf("got %d entries of %q, want %d in order", len(pairs)/2, prefix, want)
			}
		}
		if got, err := r.Get([]byte("a000001")); err != nil || string(got) != "changed" {
			t.Errorf("got %q, %v, want the changed value", got, err)
		}
		if _, err := r.Get([]byte("t000002")); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("got %v for a deleted key, want ErrAbsent", err)
		}
	}
	check()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir, newKeys(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check()
	if s.Load(4) != nil {
		t.Error("a store that holds tables can be loaded")
	}
	put(t, s, 4, "z", "later") // a refused load leaves the store as it was
}

// A store that holds something only in memory is not loaded.
func TestLoadBehindABatch(t *testing.T) {
	_, s := newStore(t)
	defer s.Close()
	put(t, s, 1, "a", "one")
	if s.Load(2) != nil {
		t.Error("a store that holds an entry can be loaded")
	}
	put(t, s, 2, "b", "two")
	r := s.At(2)
	defer r.Close()
	if got, want := append(all(t, r, "a"), all(t, r, "b")...), []string{"a", "one", "b", "two"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whoever reads while a store is loaded sees nothing of it.
func TestReadWhileLoading(t *testing.T) {
	_, s := newStore(t)
	defer s.Close()
	stop := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			r := s.At(1)
			if got := all(t, r, "a"); len(got) > 0 {
				t.Errorf("got %d entries of a later epoch", len(got)/2)
			}
			if _, err := r.Get([]byte("a000007")); !errors.Is(err, store.ErrAbsent) {
				t.Errorf("got %v, want ErrAbsent", err)
			}
			r.Close()
		}
	})
	loaded(t, s, 2, 60_000, "b", "a")
	close(stop)
	work.Wait()
}
