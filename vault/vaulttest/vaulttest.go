// Package vaulttest gives tests a real vault: in a folder of the test's own,
// with a passphrase that costs next to nothing, closed when the test ends. All
// people and facts in it are made up.
package vaulttest

import (
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Passphrase opens every vault of this package.
const Passphrase = "made-up passphrase for tests only"

// Now is the time that these vaults keep.
var Now = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)

// Cheap is a passphrase cost for tests: next to nothing.
var Cheap = seal.Cost{Time: 1, MemoryKiB: 64, Threads: 1}

// Options are those of the vaults here. They keep no snapshots.
func Options() vault.Options {
	return vault.Options{KDF: Cheap, Now: func() time.Time { return Now }, Snapshots: -1}
}

// Empty gives an open vault without records.
func Empty(t testing.TB) *vault.Vault {
	t.Helper()
	v, _, err := vault.Create(t.Context(), t.TempDir()+"/test.carnet", []byte(Passphrase), Options())
	if err != nil {
		t.Fatalf("create a vault for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Errorf("close the test's vault: %v", err)
		}
	})
	return v
}

// New gives an open vault that holds [Records].
func New(t testing.TB) *vault.Vault {
	t.Helper()
	v := Empty(t)
	if err := v.Commit(t.Context(), record.Change{Put: Records()}); err != nil {
		t.Fatalf("fill the test's vault: %v", err)
	}
	return v
}

// Reopen closes v and opens it again, closed when the test ends.
func Reopen(t testing.TB, v *vault.Vault) *vault.Vault {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Fatalf("close the test's vault: %v", err)
	}
	v, err := vault.Open(t.Context(), v.Dir(), []byte(Passphrase), Options())
	if err != nil {
		t.Fatalf("open the test's vault again: %v", err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}
