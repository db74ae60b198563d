package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// gout is the entry that a damaged record lost.
func gout() record.Record {
	return record.Record{ID: "bbbbbbbbbbbbbbb1", Person: vaulttest.Person, Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Gout"}}}
}

// broken is the folder of a record whose journal lost a frame, with the index
// gone too where without is set.
func broken(t *testing.T, without bool) string {
	t.Helper()
	return brokenAfter(t, without, func(*vault.Vault) {})
}

// brokenAfter is broken for a record to which something is done before.
func brokenAfter(t *testing.T, without bool, do func(*vault.Vault)) string {
	t.Helper()
	v := vaulttest.New(t)
	do(v)
	path := filepath.Join(v.Dir(), "journal", "000001.log")
	start := size(t, path)
	if err := v.Commit(t.Context(), record.Change{Put: []record.Record{gout()}}); err != nil {
		t.Fatal(err)
	}
	end := size(t, path)
	more := gout()
	more.ID, more.Resource = "bbbbbbbbbbbbbbb2", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}}
	if err := v.Commit(t.Context(), record.Change{Put: []record.Record{more}}); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, (start+end)/2)
	os.RemoveAll(filepath.Join(v.Dir(), "snapshots"))
	if without {
		os.Remove(filepath.Join(v.Dir(), "db", "CLOSED"))
	}
	return v.Dir()
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// change flips a bit of a file.
func change(t *testing.T, path string, at int64) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[at] ^= 4
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOpenWhatCanBeRead rescues a damaged record, and copies it to a new one.
func TestOpenWhatCanBeRead(t *testing.T) {
	dir := broken(t, true)
	before := files(t, dir)
	u := start(t, dir)
	u.unlock()
	u.sees("Part of this record is damaged on the disk.", "Open what can be read", "journal/000001.log")
	u.press("Open what can be read")
	const banner = "This record is damaged: you see what can still be read."
	u.sees("Ada Testperson", banner, "Do not rely on something not being here.")
	u.doesNotSee("Bring in files", "being checked")
	for _, r := range []ui.Route{{Place: ui.Records, Kind: record.KindCondition}, {Place: ui.Search, Words: "glucose"}, {Place: ui.Share}, {Place: ui.Settings}, {Place: ui.BringIn}} {
		u.a.session.shell.open(r)
		u.sees(banner)
		u.doesNotSee("Change the passphrase…", "Gout", "Drop files anywhere")
	}
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindCondition})
	u.sees("Asthma")
	u.press("What is missing…")
	u.sees("This is what can still be read.", "Missing or damaged", "journal/000001.log")
	u.press("Copy what can be read…")
	u.types(nextPassphrase, nextPassphrase)
	target := u.fields()[0].Text
	if filepath.Dir(target) != filepath.Dir(dir) || target == dir {
		t.Errorf("the copy goes to %q", target)
	}
	u.press("Copy it")
	u.sees("The recovery key of the new record")
	key := u.recoveryKey()
	u.press("I have written it down")
	u.typed(key)
	u.press("Open the new record")
	u.sees("This record is locked.")
	u.types(nextPassphrase)
	u.press("Unlock")
	u.sees("Ada Testperson", "Asthma", "Bring in files")
	u.doesNotSee(banner, "never typed back")
	if got := files(t, dir); !same(got, before) {
		t.Error("the damaged folder was changed")
	}
}

// same compares folders, but for the lock.
func same(a, b map[string]string) bool {
	for name, data := range a {
		if filepath.Base(name) != "lock" && b[name] != data {
			return false
		}
	}
	return len(a) == len(b)
}

// TestCheckTellsAndRepairs opens a record whose index has what the journal lost.
func TestCheckTellsAndRepairs(t *testing.T) {
	u := opened(t)
	u.sees("being checked in the background")
	u.a.session.check()
	u.sees("the record is complete")
	path := filepath.Join(u.a.session.dir, "journal", "000001.log")
	change(t, path, size(t, path)/2)
	u.a.session.check()
	u.sees("Something in the folder of this record is damaged", "something is damaged")
	u.press("Look…")
	u.sees("Is the record sound?", "Found by the check", "journal/000001.log")
	u.press("Put it right")
	u.sees("It is put right.")
	u.press("Check every file too")
	u.sees("the record is complete, with every file in it.")
	u.a.session.shell.open(ui.Route{Place: ui.Home})
	u.doesNotSee("damaged")
	u.press("Lock")
	u.unlock()
	u.sees("Ada Testperson", "Penicillin")
}

// TestNotClosedProperly says calmly what opening put right.
func TestNotClosedProperly(t *testing.T) {
	v := vaulttest.New(t)
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "db", "CLOSED")); err != nil {
		t.Fatal(err)
	}
	u := start(t, dir)
	u.unlock()
	u.sees("Something was put right when the record was opened", "Carnet was not closed properly last time; the index was built again, and nothing was lost.")
}

func TestConflictCopiesAreTold(t *testing.T) {
	v := vaulttest.New(t)
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "vault.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "vault (conflicted copy).json"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	u := start(t, dir)
	u.unlock()
	u.sees("Something about the folder of this record", "two computers wrote to this folder")
	u.press("Look…")
	u.sees("vault (conflicted copy).json")
}

// TestOlderState asks before it takes an older copy for the newest.
func TestOlderState(t *testing.T) {
	memory := t.TempDir()
	options := vaulttest.Options()
	options.Memory = memory
	dir := filepath.Join(t.TempDir(), "Ada.carnet")
	v, _, err := vault.Create(t.Context(), dir, []byte(vaulttest.Passphrase), options)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Commit(t.Context(), record.Change{Put: vaulttest.Records()}); err != nil {
		t.Fatal(err)
	}
	v.Close()
	old := files(t, dir)
	if v, err = vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), options); err != nil {
		t.Fatal(err)
	}
	if err := v.Commit(t.Context(), record.Change{Put: []record.Record{gout()}}); err != nil {
		t.Fatal(err)
	}
	v.Close()
	os.RemoveAll(dir)
	for name, data := range old {
		os.MkdirAll(filepath.Dir(name), 0o700)
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	u := startWith(t, dir, options)
	u.unlock()
	u.sees("This computer has seen a newer state of this record.", "Seen here:")
	u.press("Open this older state")
	u.sees("Ada Testperson")
	u.doesNotSee("Gout")
	u.press("Lock")
	u.unlock()
	u.sees("Ada Testperson")
}

// TestEachErrorHasItsWords opens what cannot be opened.
func TestEachErrorHasItsWords(t *testing.T) {
	t.Run("open elsewhere", func(t *testing.T) {
		v := vaulttest.New(t)
		u := start(t, v.Dir())
		u.unlock()
		u.sees("This record is open in another window or program.")
		u.doesNotSee("Open what can be read")
	})
	t.Run("a newer version", func(t *testing.T) {
		u := start(t, altered(t, func(dir string) {
			for _, name := range []string{"vault.json", "vault.json.bak"} {
				path := filepath.Join(dir, name)
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				b = bytes.Replace(b, []byte(`"version":1`), []byte(`"version":9`), 1)
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}))
		u.unlock()
		u.sees("damaged on the disk") // the checksum no longer fits: anything may be in it
	})
	t.Run("half copied", func(t *testing.T) {
		u := start(t, altered(t, func(dir string) { os.RemoveAll(filepath.Join(dir, "journal")); os.RemoveAll(filepath.Join(dir, "db")) }))
		u.unlock()
		u.sees("damaged on the disk")
	})
	t.Run("no record", func(t *testing.T) {
		u := start(t, t.TempDir())
		u.unlock()
		u.sees("There is no Carnet record in that folder.")
	})
}

// altered is the folder of a closed record to which something was done.
func altered(t *testing.T, do func(dir string)) string {
	t.Helper()
	v := vaulttest.New(t)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	do(v.Dir())
	return v.Dir()
}

func TestSyncHint(t *testing.T) {
	if s := ui.SyncHint(strings.Replace("/home/a/X/Ada.carnet", "X", "Dropbox", 1), vault.ErrDamaged); s == "" {
		t.Error("no hint in a folder that is synchronised")
	}
	if ui.SyncHint("/home/a/Ada.carnet", vault.ErrDamaged) != "" || ui.SyncHint("/home/a/Dropbox/Ada.carnet", vault.ErrWrongPassphrase) != "" {
		t.Error("a hint that does not fit")
	}
}
