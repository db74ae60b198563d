package vault_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// withSnapshots are the options of a vault that keeps n snapshots.
func withSnapshots(n int) vault.Options {
	opt := vaulttest.Options()
	opt.Snapshots = n
	return opt
}

// session opens a vault, files n records and closes it.
func session(t testing.TB, dir string, opt vault.Options, n int) {
	t.Helper()
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		commit(t, v, record.Change{Put: many(n)})
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
}

func snapshotLists(t testing.TB, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "snapshots", "lists", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestSnapshotsAfterSessionsWithCommits(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	dir := v.Dir()
	for i := range 4 {
		session(t, dir, withSnapshots(2), 10+i)
	}
	lists := snapshotLists(t, dir)
	if len(lists) != 2 {
		t.Errorf("got %d snapshots, want 2", len(lists))
	}
	session(t, dir, withSnapshots(2), 0)
	if got := snapshotLists(t, dir); fmt.Sprint(got) != fmt.Sprint(lists) {
		t.Errorf("a session without a commit changed the snapshots: %v, before %v", got, lists)
	}
	for name := range snapshot(t, dir) {
		if strings.HasPrefix(name, "snapshots/") && strings.Contains(name, "originals") {
			t.Errorf("%s: a snapshot holds an original", name)
		}
	}
	v, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	clean(t, v)
	v.Close()
}

// Both headers gone: the vault opens with the one in snapshots/, and has its own
// two again.
func TestHeadersComeBackFromASnapshot(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	dir := v.Dir()
	session(t, dir, withSnapshots(0), 10)
	whole := snapshot(t, dir)
	for name, hurt := range map[string]func(path string) error{
		"missing": os.Remove,
		"changed": func(path string) error { return os.Truncate(path, 40) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := restore(t, whole)
			for _, file := range []string{"vault.json", "vault.json.bak"} {
				if err := hurt(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
			}
			v, err := open(t, dir)
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			if got := snapshot(t, dir); got["vault.json"] != whole["vault.json"] || got["vault.json.bak"] != whole["vault.json.bak"] {
				t.Error("the headers are not as they were")
			}
			if len(v.Notices()) == 0 {
				t.Error("nothing was said about it")
			}
		})
	}
}

// A disk without room for a snapshot does not keep a vault from being closed;
// the next Open says that it is missing.
func TestNoRoomForASnapshot(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	dir := v.Dir()
	session(t, dir, withSnapshots(3), 10)
	opt, left := withSnapshots(3), 2 // commits that there is room for
	opt.Room = func(string) (uint64, error) {
		if left--; left < 0 {
			return 0, nil
		}
		return 1 << 40, nil
	}
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	left = 1
	commit(t, v, record.Change{Put: many(20)})
	want := all(t, v)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if got := snapshotLists(t, dir); len(got) != 1 {
		t.Errorf("got %d snapshots, want the former one", len(got))
	}
	v, err = vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), withSnapshots(3))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	if notices := v.Notices(); len(notices) != 1 || notices[0].File != "snapshots" {
		t.Errorf("got notices %+v, want one about the snapshot", notices)
	}
	clean(t, v)
}

// A damaged journal does not push sound snapshots out.
func TestNoSnapshotOfADamagedJournal(t *testing.T) {
	v := vaulttest.New(t)
	commit(t, v, record.Change{Put: many(100)})
	v.Close()
	dir := v.Dir()
	session(t, dir, withSnapshots(1), 10)
	before := snapshotLists(t, dir)
	b, err := os.ReadFile(filepath.Join(dir, "journal/000001.log"))
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/3] ^= 1
	if err := os.WriteFile(filepath.Join(dir, "journal/000001.log"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	v, err = vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), withSnapshots(1))
	if err != nil {
		if errors.Is(err, vault.ErrDamaged) {
			return
		}
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(20)})
	v.Close()
	if got := snapshotLists(t, dir); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("got %v, want the sound one of before: %v", got, before)
	}
}
