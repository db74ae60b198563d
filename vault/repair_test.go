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

// severalSegments gives the files of a closed vault of several segments that keeps
// snapshots of itself.
func severalSegments(t testing.TB) (map[string]string, map[record.ID]record.Record) {
	t.Helper()
	o := vaulttest.Options()
	o.Snapshots = 2
	v, _, err := vault.Create(t.Context(), filepath.Join(t.TempDir(), "v"), []byte(vaulttest.Passphrase), o)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		commit(t, v, record.Change{Put: []record.Record{{ID: record.ID("large" + string(rune('a'+n))), Person: "p", Resource: &record.Other{Title: noise(5 << 20)}}}})
		commit(t, v, record.Change{Put: many(40 + n)})
	}
	want := all(t, v)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return snapshot(t, v.Dir()), want
}

// Without an index to write it from, a damaged or missing segment is put back
// from the snapshots.
func TestHealedFromSnapshots(t *testing.T) {
	if testing.Short() {
		t.Skip("long; the whole run has it")
	}
	files, want := severalSegments(t)
	delete(files, "db/CLOSED")
	for name, hurt := range map[string]func(map[string]string){
		"first flipped": func(f map[string]string) { f["journal/000001.log"] = flipped(f["journal/000001.log"], 1000) },
		"first head":    func(f map[string]string) { f["journal/000001.log"] = flipped(f["journal/000001.log"], 20) },
		"first missing": func(f map[string]string) { delete(f, "journal/000001.log") },
		"middle cut":    func(f map[string]string) { f["journal/000002.log"] = f["journal/000002.log"][:300] },
		"two missing": func(f map[string]string) {
			delete(f, "journal/000001.log")
			delete(f, "journal/000002.log")
		},
		"swapped": func(f map[string]string) {
			f["journal/000001.log"], f["journal/000002.log"] = f["journal/000002.log"], f["journal/000001.log"]
		},
		"last flipped": func(f map[string]string) { f["journal/000004.log"] = flipped(f["journal/000004.log"], 150) },
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(files)
			hurt(files)
			v, err := open(t, restore(t, files))
			if err != nil {
				t.Fatal(err)
			}
			same(t, all(t, v), want)
			if len(v.Notices()) == 0 {
				t.Error("nothing was said of the damage")
			}
			v = vaulttest.Reopen(t, v)
			clean(t, v)
		})
	}
}

func flipped(s string, at int) string {
	b := []byte(s)
	b[at] ^= 2
	return string(b)
}

// What no copy holds is not made up: a last segment that went on behind its
// snapshot, and lost what came after it, is refused.
func TestNotHealedByAnOlderCopy(t *testing.T) {
	files, _ := severalSegments(t)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(50)})
	commit(t, v, record.Change{Put: many(51)})
	later := snapshot(t, v.Dir())
	v.Close()
	const log = "journal/000004.log"
	later[log] = flipped(later[log], len(files[log])+100) // the first frame that is in no snapshot
	delete(later, "db/CLOSED")
	if _, err := open(t, restore(t, later)); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
}

func TestRepairFromSnapshots(t *testing.T) {
	files, want := severalSegments(t)
	dir := restore(t, files)
	v, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	const last = "journal/000004.log"
	for _, name := range []string{"journal/000002.log", last} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(flipped(files[name], 200)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if report, err := v.Repair(t.Context(), nil); err != nil || !report.Sound() {
		t.Fatalf("got %+v, %v, want a sound vault", report, err)
	}
	if got := snapshot(t, dir); got[last] != files[last] || got["journal/000002.log"] != files["journal/000002.log"] {
		t.Error("the segments are not what they were")
	}
	commit(t, v, record.Change{Put: many(60)})
	for id, r := range all(t, v) {
		want[id] = r
	}
	v = vaulttest.Reopen(t, v)
	same(t, all(t, v), want)
	clean(t, v)
}

// A journal that would still end before what this computer has seen is left as
// it is, and not mended on the way to being refused.
func TestNotHealedIntoAnOlderState(t *testing.T) {
	files, _ := severalSegments(t)
	o := vaulttest.Options()
	o.Memory = t.TempDir()
	v, err := vault.Open(t.Context(), restore(t, files), []byte(vaulttest.Passphrase), o)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(50)})
	v.Close()
	delete(files, "db/CLOSED")
	delete(files, "journal/000001.log")
	dir := restore(t, files)
	if _, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), o); err == nil {
		t.Fatal("an older state was opened")
	}
	if got := snapshot(t, dir); !sameButLock(got, files) {
		t.Error("a vault that was refused was changed")
	}
}

// Originals come back from a backup that the vault knows of.
func TestRepairOfOriginals(t *testing.T) {
	v := vaulttest.New(t)
	a, b := incoming("a", []byte(strings.Repeat("first original ", 9000))), incoming("b", []byte("second original"))
	commit(t, v, record.Change{Originals: []record.Incoming{a, b}})
	if _, err := v.Backup(t.Context(), filepath.Join(t.TempDir(), "backup"), vault.BackupOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	want := snapshot(t, filepath.Join(v.Dir(), "originals"))
	list, err := filepath.Glob(filepath.Join(v.Dir(), "originals", "*", "*"))
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	os.RemoveAll(filepath.Dir(list[0]))
	content, _ := os.ReadFile(list[1])
	if err := os.WriteFile(list[1], []byte(flipped(string(content), len(content)-20)), 0o600); err != nil {
		t.Fatal(err)
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) != 2 {
		t.Fatalf("got %+v, %v, want both originals", report.Problems, err)
	}
	if report, err := v.Repair(t.Context(), nil); err != nil || !report.Sound() {
		t.Fatalf("got %+v, %v, want a sound vault", report, err)
	}
	if got := snapshot(t, filepath.Join(v.Dir(), "originals")); !maps.Equal(got, want) {
		t.Error("the originals are not what they were")
	}
}

// Of two damaged segments of which one cannot be put back, none is: what is
// refused is left as it was.
func TestNotHealedByHalves(t *testing.T) {
	files, _ := severalSegments(t)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(50)})
	later := snapshot(t, v.Dir())
	v.Close()
	const log = "journal/000004.log"
	later[log] = flipped(later[log], len(files[log])+100) // in no snapshot
	later["journal/000002.log"] = later["journal/000002.log"][:300]
	delete(later, "db/CLOSED")
	dir := restore(t, later)
	if _, err := open(t, dir); !errors.Is(err, vault.ErrDamaged) {
		t.Fatalf("got %v, want ErrDamaged", err)
	}
	if got := snapshot(t, dir); !sameButLock(got, later) {
		t.Error("a vault that was refused was changed")
	}
}
