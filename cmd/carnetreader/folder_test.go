package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestShelf reads a vault from the snapshots that it keeps of itself.
func TestShelf(t *testing.T) {
	opt := vaulttest.Options()
	opt.Snapshots = 3
	dir := filepath.Join(t.TempDir(), "v")
	v, _, err := vault.Create(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	for _, c := range []record.Change{{Put: observations(50)}, {Delete: []record.ID{"many000000000003"}}} {
		if err == nil {
			err = v.Commit(t.Context(), c)
		}
	}
	if err == nil {
		err = v.Close()
	}
	if err == nil {
		v, err = vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), opt)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	lists, err := filepath.Glob(filepath.Join(dir, "snapshots", "lists", "*"))
	if err != nil || len(lists) != 1 {
		t.Fatalf("got %v, %v, want one list", lists, err)
	}
	sameAsVault(t, v, carnetreader(t, lists[0], vaulttest.Passphrase))
	for _, pattern := range []string{"blobs/*/*", "lists/*/list"} {
		files, err := filepath.Glob(filepath.Join(dir, "snapshots", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: got %v, %v", pattern, files, err)
		}
		for _, file := range files {
			whole, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(filepath.Join(dir, "snapshots"), file)
			for _, b := range [][]byte{flip(len(whole) / 2)(append([]byte(nil), whole...)), whole[:len(whole)-1], nil} {
				if err := os.WriteFile(file, b, 0o600); err != nil {
					t.Fatal(err)
				}
				r := carnetreader(t, lists[0], vaulttest.Passphrase)
				if r.code != exitDamaged || !strings.Contains(r.stderr, filepath.ToSlash(name)) {
					t.Errorf("%s: got %d, %s", name, r.code, r.stderr)
				}
			}
			if err := os.WriteFile(file, whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
