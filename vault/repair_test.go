package vault_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A frame that was changed long ago, and that the index still has, is written
// again.
func TestRepairOfTheJournal(t *testing.T) {
	files, want := closedVault(t)
	b := []byte(files["journal/000001.log"])
	b[len(b)/2] ^= 1
	files["journal/000001.log"] = string(b)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	before, err := v.Check(t.Context(), false, nil)
	if err != nil || before.Sound() {
		t.Fatalf("got %+v, %v, want a damaged frame", before, err)
	}
	after, err := v.Repair(t.Context(), nil)
	if err != nil || !after.Sound() {
		t.Fatalf("got %+v, %v, want a sound vault", after, err)
	}
	same(t, all(t, v), want)
	v = vaulttest.Reopen(t, v)
	same(t, all(t, v), want)
	clean(t, v)
}

func TestRepairOfASoundVault(t *testing.T) {
	v := vaulttest.New(t)
	before := snapshot(t, v.Dir())
	if report, err := v.Repair(t.Context(), nil); err != nil || !report.Sound() {
		t.Errorf("got %+v, %v", report, err)
	}
	if got := snapshot(t, v.Dir()); !maps.Equal(got, before) {
		t.Error("a sound vault was changed")
	}
}

func TestCopy(t *testing.T) {
	v := busyVault(t)
	dir := filepath.Join(t.TempDir(), "copy.carnet")
	var seen, total int64
	n, recovery, err := vault.Copy(t.Context(), v, dir, []byte("another made-up passphrase"), vaulttest.Options(), func(done, of int64) { seen, total = done, of })
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 || seen != total {
		t.Errorf("progress ended at %d of %d", seen, total)
	}
	same(t, all(t, n), all(t, v))
	clean(t, n)
	if got, want := len(receipts(t, n)), len(receipts(t, v)); got != want {
		t.Errorf("got %d receipts, want %d", got, want)
	}
	if got, want := len(listed(t, n)), len(listed(t, v)); got != want {
		t.Errorf("got %d originals, want %d", got, want)
	}
	n.Close()
	if n, err = vault.Open(t.Context(), dir, []byte(recovery), vaulttest.Options()); err != nil {
		t.Fatal(err)
	}
	n.Close()
	if _, err := open(t, dir); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("the old passphrase: got %v, want ErrWrongPassphrase", err)
	}
	if _, _, err := vault.Copy(t.Context(), v, dir, []byte("x"), vaulttest.Options(), nil); err == nil {
		t.Error("a vault was copied over another one")
	}
}

// What a rescue could read becomes a whole vault, and what was lost is named.
func TestCopyOfARescue(t *testing.T) {
	dir, want, file := lossy(t)
	list, err := filepath.Glob(filepath.Join(dir, "originals", "*", "*"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	for _, name := range []string{"readable original", "damaged original"} {
		t.Run(name, func(t *testing.T) {
			if name == "damaged original" {
				os.Truncate(list[0], 400)
			}
			v, err := rescue(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			n, _, err := vault.Copy(t.Context(), v, filepath.Join(t.TempDir(), "n"), []byte(vaulttest.Passphrase), vaulttest.Options(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer n.Close()
			same(t, all(t, n), want)
			clean(t, n)
			_, err = n.Original(t.Context(), file.Hash)
			if name == "readable original" && err != nil {
				t.Error(err)
			}
			if name == "damaged original" && (!errors.Is(err, vault.ErrNotFound) || len(n.Notices()) != 1 || !strings.Contains(n.Notices()[0].Text, string(file.Hash)[:12])) {
				t.Errorf("got %v and notices %v, want one left out and named", err, n.Notices())
			}
		})
	}
}

func TestCopyCancelled(t *testing.T) {
	v := busyVault(t)
	ctx, cancel := context.WithCancel(t.Context())
	dir := filepath.Join(t.TempDir(), "copy.carnet")
	_, _, err := vault.Copy(ctx, v, dir, []byte(vaulttest.Passphrase), vaulttest.Options(), func(int64, int64) { cancel() })
	if err == nil {
		t.Fatal("it was not cancelled")
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("something of the copy is left")
	}
	clean(t, v)
	commit(t, v, record.Change{Put: many(3)})
}

func TestNotClosedIsNoticed(t *testing.T) {
	v := vaulttest.New(t)
	files := snapshot(t, v.Dir())
	v.Close()
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if n := v.Notices(); len(n) != 1 || !strings.Contains(n[0].Text, "not closed") {
		t.Errorf("got notices %v, want that it was not closed", n)
	}
	clean(t, v)
	if n := vaulttest.Reopen(t, v).Notices(); len(n) != 0 {
		t.Errorf("got notices %v, want none", n)
	}
}

func TestConflictCopiesAreNoticed(t *testing.T) {
	files, want := closedVault(t)
	for _, name := range []string{"vault (conflicted copy).json", "journal/000001.sync-conflict-20260101.log"} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(files)
			files[name] = "x"
			v, err := open(t, restore(t, files))
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			same(t, all(t, v), want)
			if n := v.Notices(); len(n) != 1 || n[0].File != name {
				t.Errorf("got notices %v, want the copy", n)
			}
		})
	}
}
