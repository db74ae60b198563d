package vault_test

import (
	"bytes"
	"context"
	"io"
	"maps"
	"runtime"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A vault that was only looked at, or whose only commit was called off, is the
// same byte for byte.
func TestLookingChangesNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Badger does not open for reading alone there")
	}
	files, want := closedVault(t)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	same(t, all(t, v), want)
	if _, err := v.Search(t.Context(), "glucose", record.Filter{}, 5); err != nil {
		t.Fatal(err)
	}
	clean(t, v)
	ctx, cancel := context.WithCancel(t.Context())
	in := incoming("c", bytes.Repeat([]byte("called off "), 100000))
	open := in.Open
	in.Open = func() (io.ReadCloser, error) { cancel(); return open() }
	if err := v.Commit(ctx, record.Change{Put: many(50), Originals: []record.Incoming{in}}); err == nil {
		t.Fatal("a commit that was called off went through")
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if got := snapshot(t, v.Dir()); !sameButLock(got, files) {
		for name := range maps.Keys(files) {
			if got[name] != files[name] {
				t.Errorf("%s is not as it was", name)
			}
		}
		t.Errorf("%d files, before %d", len(got), len(files))
	}
}

// A loop that began before the first commit goes on over what it began with.
func TestCommitInsideTheFirstLoop(t *testing.T) {
	v := vaulttest.Reopen(t, vaulttest.New(t))
	n, before := 0, len(all(t, v))
	for _, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 1 {
			commit(t, v, record.Change{Put: many(2000), Delete: []record.ID{"aaaaaaaaaaaaaaa2"}})
		}
	}
	if n != before {
		t.Errorf("the loop saw %d records, want the %d that were there when it began", n, before)
	}
	clean(t, v)
	clean(t, vaulttest.Reopen(t, v))
}
