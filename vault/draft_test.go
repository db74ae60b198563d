package vault_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func draftFiles(t *testing.T, v *vault.Vault) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(v.Dir(), "drafts", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func wantDraft(t *testing.T, v *vault.Vault, name, want string) {
	t.Helper()
	if got, err := v.Draft(name); err != nil || string(got) != want {
		t.Errorf("draft %s: got %q, %v; want %q", name, got, err, want)
	}
}

func save(t *testing.T, v *vault.Vault, name, text string) {
	t.Helper()
	if err := v.SaveDraft(name, []byte(text)); err != nil {
		t.Fatalf("save draft %s: %v", name, err)
	}
}

func TestDraftsOutliveTheSession(t *testing.T) {
	v := vaulttest.New(t)
	wantDraft(t, v, "share/a", "")
	save(t, v, "share/a", "Dr Made-Up")
	save(t, v, "share/b", "another")
	save(t, v, "share/a", "Dr Made-Up, heart")
	v = vaulttest.Reopen(t, v)
	wantDraft(t, v, "share/a", "Dr Made-Up, heart")
	wantDraft(t, v, "share/b", "another")
	save(t, v, "share/a", "")
	save(t, v, "share/a", "")
	v = vaulttest.Reopen(t, v)
	wantDraft(t, v, "share/a", "")
	wantDraft(t, v, "share/b", "another")
	if n := len(draftFiles(t, v)); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}

// A draft is no part of the record: no commit, no frame, nothing for Check.
func TestDraftsAreNotTheRecord(t *testing.T) {
	v := vaulttest.Reopen(t, vaulttest.New(t))
	before := snapshot(t, v.Dir())
	save(t, v, "x", "words")
	after := snapshot(t, v.Dir())
	maps.DeleteFunc(after, func(name, _ string) bool { return strings.HasPrefix(filepath.ToSlash(name), "drafts") })
	if !sameButLock(after, before) {
		t.Error("a draft changed something beside itself")
	}
	clean(t, v)
}

func TestDraftsAreSealed(t *testing.T) {
	v := vaulttest.New(t)
	save(t, v, "Zwqxname", strings.Repeat("Zwqxtext ", 100))
	for name, content := range snapshot(t, v.Dir()) {
		if strings.Contains(name+content, "Zwqx") {
			t.Errorf("a draft can be read in %s", name)
		}
	}
}

// Whatever is done to a draft's file, it is that draft or none.
func TestDamagedDraftIsNone(t *testing.T) {
	v := vaulttest.New(t)
	save(t, v, "a", "the first")
	path := draftFiles(t, v)[0]
	save(t, v, "b", "the second")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := slices.DeleteFunc(draftFiles(t, v), func(p string) bool { return p == path })[0]
	moved, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	bad := map[string][]byte{"empty": {}, "moved": moved, "long": bytes.Repeat([]byte{7}, 2<<20)}
	for n := range whole {
		bad[fmt.Sprint("cut at ", n)] = whole[:n]
		changed := bytes.Clone(whole)
		changed[n] ^= 1
		bad[fmt.Sprint("changed at ", n)] = changed
	}
	for name, data := range bad {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := v.Draft("a"); got != nil || err != nil {
			t.Errorf("%s: got %q, %v; want none", name, got, err)
		}
	}
	save(t, v, "a", "again")
	wantDraft(t, v, "a", "again")
}

func TestDraftLimits(t *testing.T) {
	v := vaulttest.New(t)
	save(t, v, "a", strings.Repeat("x", 1<<20))
	if err := v.SaveDraft("a", make([]byte, 1<<20+1)); err == nil {
		t.Error("a draft above the limit is kept")
	}
	wantDraft(t, v, "a", strings.Repeat("x", 1<<20))
	dir := filepath.Join(v.Dir(), "drafts")
	if err := os.WriteFile(filepath.Join(dir, "left.part"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for n := range 255 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%032x", n)), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.SaveDraft("b", []byte("one too many")); err == nil {
		t.Error("there is no end to the number of drafts")
	}
	save(t, v, "a", "in place of the former one")
	if _, err := os.Stat(filepath.Join(dir, "left.part")); !os.IsNotExist(err) {
		t.Error("a file of a write that was cut short stays")
	}
	v.Close()
	if err := v.SaveDraft("a", []byte("x")); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if _, err := v.Draft("a"); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
}
