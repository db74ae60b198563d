package vault_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// Each of two lists opens in the other's place: both are told.
func TestExchangedSnapshotLists(t *testing.T) {
	opt := vaulttest.Options()
	opt.Snapshots = 3
	secret := []byte(vaulttest.Passphrase)
	v, _, err := vault.Create(t.Context(), t.TempDir()+"/v", secret, opt)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		commit(t, v, record.Change{Put: many(3 + i)})
		v.Close()
		if v, err = vault.Open(t.Context(), v.Dir(), secret, opt); err != nil {
			t.Fatal(err)
		}
	}
	v.Close()
	files := snapshot(t, v.Dir())
	var lists []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "snapshots/lists/") && strings.HasSuffix(name, "/list") {
			lists = append(lists, name)
		}
	}
	if len(lists) < 2 {
		t.Fatalf("got lists %v, want two", lists)
	}
	files[lists[0]], files[lists[1]] = files[lists[1]], files[lists[0]]
	if v, err = vault.Open(t.Context(), restore(t, files), secret, opt); err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	report, err := v.Check(t.Context(), false, nil)
	if err != nil || len(report.Problems) != 2 {
		t.Errorf("got %+v, %v, want a word on each list", report.Problems, err)
	}
}
