package vault_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

const lastSegment = "journal/000001.log"

// changedPassphrase gives the files of a closed vault before and after a change
// of its passphrase, its recovery key and its records.
func changedPassphrase(t testing.TB) (before, after map[string]string, recovery string, want map[record.ID]record.Record) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v")
	v, recovery, err := vault.Create(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: vaulttest.Records()})
	want = all(t, v)
	v.Close()
	before = snapshot(t, dir)
	if v, err = open(t, dir); err != nil {
		t.Fatal(err)
	}
	if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return before, snapshot(t, dir), recovery, want
}

// ofHeader are the notices of an open vault that speak of its header.
func ofHeader(v *vault.Vault) []vault.Problem {
	return slices.DeleteFunc(v.Notices(), func(p vault.Problem) bool { return !strings.HasPrefix(p.File, "vault.json") })
}

// settled opens a vault, wants one notice that says something or none, and that
// what Open left is whole.
func settled(t testing.TB, dir, secret, notice string, want map[record.ID]record.Record) {
	t.Helper()
	v, err := vault.Open(t.Context(), dir, []byte(secret), vaulttest.Options())
	if err != nil {
		t.Errorf("open with %.12s…: %v", secret, err)
		return
	}
	if n := ofHeader(v); notice == "" && len(n) > 0 || notice != "" && (len(n) != 1 || !strings.Contains(n[0].Text, notice)) {
		t.Errorf("got the notices %+v, want %q", n, notice)
	}
	same(t, all(t, v), want)
	if err := v.Close(); err != nil {
		t.Error(err)
	}
	if v, err = vault.Open(t.Context(), dir, []byte(nextPassphrase), vaulttest.Options()); err != nil {
		t.Errorf("open again: %v", err)
		return
	}
	defer v.Close()
	if n := v.Notices(); len(n) > 0 {
		t.Errorf("got the notices %+v at the next opening", n)
	}
	clean(t, v)
	head, _ := os.ReadFile(filepath.Join(dir, "vault.json"))
	if bak, _ := os.ReadFile(filepath.Join(dir, "vault.json.bak")); string(bak) != string(head) {
		t.Error("vault.json and its copy differ")
	}
}

// An older header beside the newer one lets nothing in that was taken away. One
// that stands alone does once, is found out by the journal, and replaced.
func TestOlderHeaderPutBack(t *testing.T) {
	before, after, recovery, want := changedPassphrase(t)
	for _, tc := range []struct {
		name    string
		json    string // what stands in vault.json
		bak     string
		alone   bool // no newer header is left
		mending string
	}{
		{"vault.json", before["vault.json"], after["vault.json.bak"], false, "from its copy"},
		{"copy", after["vault.json"], before["vault.json.bak"], false, "from its copy"},
		{"both", before["vault.json"], before["vault.json.bak"], true, "an older one"},
		{"vault.json, the copy cut", before["vault.json"], after["vault.json.bak"][:99], true, "an older one"},
		{"copy, vault.json cut", after["vault.json"][:99], before["vault.json.bak"], true, "an older one"},
	} {
		for _, store := range []bool{true, false} {
			t.Run(fmt.Sprint(tc.name, ", with db ", store), func(t *testing.T) {
				files := maps.Clone(after)
				files["vault.json"], files["vault.json.bak"] = tc.json, tc.bak
				if !store {
					maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "db/") })
				}
				if tc.alone {
					opens(t, restore(t, files), nextPassphrase, vault.ErrWrongPassphrase) // it is not in what is there
					settled(t, restore(t, files), vaulttest.Passphrase, tc.mending, want)
				} else {
					opens(t, restore(t, files), vaulttest.Passphrase, vault.ErrWrongPassphrase)
					settled(t, restore(t, files), nextPassphrase, tc.mending, want)
				}
				dir := restore(t, files)
				settled(t, dir, recovery, tc.mending, want) // is in both
				opens(t, dir, vaulttest.Passphrase, vault.ErrWrongPassphrase)
				opens(t, dir, recovery, nil)
			})
		}
	}
}

// Where the process dies in a change of the passphrase, the old one holds or the
// new one does, and the other one opens nothing.
func TestChangeOfPassphraseCutShort(t *testing.T) {
	before, after, _, want := changedPassphrase(t)
	delete(before, "db/CLOSED") // taken away before the first write
	wrote := func(json, bak bool, frame int) map[string]string {
		files := maps.Clone(before)
		if json {
			files["vault.json"] = after["vault.json"]
		}
		if bak {
			files["vault.json.bak"] = after["vault.json.bak"]
		}
		files[lastSegment] = after[lastSegment][:len(before[lastSegment])+frame]
		return files
	}
	t.Run("before vault.json", func(t *testing.T) {
		files := wrote(false, false, 0)
		files["vault.json.part"] = after["vault.json"][:100]
		dir := restore(t, files)
		opens(t, dir, nextPassphrase, vault.ErrWrongPassphrase)
		v, err := open(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if n := ofHeader(v); len(n) > 0 {
			t.Errorf("got the notices %+v", n)
		}
		clean(t, v)
		same(t, all(t, v), want)
	})
	cut := func(name string, files map[string]string, notice string) {
		t.Run(name, func(t *testing.T) {
			opens(t, restore(t, files), vaulttest.Passphrase, vault.ErrWrongPassphrase)
			dir := restore(t, files)
			settled(t, dir, nextPassphrase, notice, want)
			opens(t, dir, vaulttest.Passphrase, vault.ErrWrongPassphrase)
		})
	}
	cut("before the copy", wrote(true, false, 0), "cut short")
	part := wrote(true, false, 0)
	part["vault.json.bak.part"] = after["vault.json"][:100]
	cut("in the copy", part, "cut short")
	cut("before the frame", wrote(true, true, 0), "cut short")
	whole := len(after[lastSegment]) - len(before[lastSegment])
	for _, n := range []int{1, 15, 16, 17, whole / 2, whole - 17, whole - 1} {
		cut(fmt.Sprint("in the frame, at byte ", n), wrote(true, true, n), "cut short")
	}
	cut("behind the frame", wrote(true, true, whole), "")
}

// The writes come in the order that the cut points stand for: when the journal's
// turn comes, both headers are the new ones and the journal is the old one.
func TestChangeOfPassphraseWritesInOrder(t *testing.T) {
	before, _, _, _ := changedPassphrase(t)
	dir := restore(t, before)
	seen := 0
	opt := vaulttest.Options()
	opt.Now = func() time.Time { // asked for the slot first, then for the frame
		json, _ := os.ReadFile(filepath.Join(dir, "vault.json"))
		bak, _ := os.ReadFile(filepath.Join(dir, "vault.json.bak"))
		log, _ := os.ReadFile(filepath.Join(dir, lastSegment))
		if string(json) != before["vault.json"] && string(log) == before[lastSegment] {
			seen++
			if string(bak) != string(json) {
				t.Error("the copy is not written when the journal is")
			}
		}
		return vaulttest.Now
	}
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); err != nil {
		t.Fatal(err)
	}
	if seen != 1 {
		t.Errorf("the journal's turn came %d times, want 1", seen)
	}
}

// A header that cannot be written leaves the old slots, in the open vault too.
func TestChangeOfPassphraseThatFails(t *testing.T) {
	for _, name := range []string{"vault.json", "vault.json.bak"} {
		t.Run(name, func(t *testing.T) {
			v := vaulttest.New(t)
			before := snapshot(t, v.Dir())
			obstacle := filepath.Join(v.Dir(), name+".part", "obstacle")
			if err := os.MkdirAll(obstacle, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); err == nil {
				t.Fatal("got no error")
			}
			os.RemoveAll(filepath.Dir(obstacle))
			after := snapshot(t, v.Dir())
			for _, name := range []string{"vault.json", "vault.json.bak", lastSegment} {
				if after[name] != before[name] {
					t.Errorf("%s was changed", name)
				}
			}
			if _, err := v.Rehearse(t.Context(), []byte(vaulttest.Passphrase)); err != nil {
				t.Error(err)
			}
			commit(t, v, record.Change{Put: many(3)})
			if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); err != nil {
				t.Error(err)
			}
			clean(t, v)
			v.Close()
			opens(t, v.Dir(), nextPassphrase, nil)
		})
	}
}

// No room is no half change.
func TestChangeOfPassphraseWithoutRoom(t *testing.T) {
	before, _, _, _ := changedPassphrase(t)
	dir := restore(t, before)
	opt := vaulttest.Options()
	opt.Room = func(string) (uint64, error) { return 1000, nil }
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); !errors.Is(err, vault.ErrNoRoom) {
		t.Errorf("got %v, want ErrNoRoom", err)
	}
	v.Close()
	opens(t, dir, vaulttest.Passphrase, nil)
}

// The keys outlive a compaction: the base holds the newest header, and the
// secrets of before are gone from the journal with what was before it.
func TestKeysAfterCompaction(t *testing.T) {
	before, after, _, want := changedPassphrase(t)
	dir := restore(t, after)
	v, err := vault.Open(t.Context(), dir, []byte(nextPassphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	clean(t, v)
	v.Close()
	files := snapshot(t, dir)
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "db/") })
	settled(t, restore(t, files), nextPassphrase, "", want)
	files["vault.json"], files["vault.json.bak"] = before["vault.json"], before["vault.json"]
	settled(t, restore(t, files), vaulttest.Passphrase, "an older one", want)
}

// Check finds an older header that is put in place while the vault is open.
func TestCheckFindsAnOlderHeader(t *testing.T) {
	before, after, _, _ := changedPassphrase(t)
	dir := restore(t, after)
	v, err := vault.Open(t.Context(), dir, []byte(nextPassphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, name := range []string{"vault.json", "vault.json.bak"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(before[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := v.Check(t.Context(), false, nil)
		if err != nil || len(report.Problems) != 1 || report.Problems[0].File != name {
			t.Errorf("got %+v, %v, want one problem of %s", report.Problems, err, name)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(after[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	clean(t, v)
}
