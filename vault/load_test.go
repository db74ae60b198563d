package vault_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A large commit into an empty vault is written to the index in another way than
// others. Everything is found as behind many small ones, whether the vault was
// closed or the process died, and goes again.
func TestLargeFirstCommit(t *testing.T) {
	t.Run("created", func(t *testing.T) { largeFirstCommit(t, vaulttest.Empty(t)) })
	t.Run("opened", func(t *testing.T) { largeFirstCommit(t, vaulttest.Reopen(t, vaulttest.Empty(t))) })
}

func largeFirstCommit(t *testing.T, v *vault.Vault) {
	list := many(3000)
	commit(t, v, record.Change{Put: list, Originals: []record.Incoming{incoming("a", []byte("an original"))}, Receipt: &record.Receipt{Import: "dddddddddddddddd"}})
	want := recorded(list)
	check := func() {
		t.Helper()
		same(t, all(t, v), want)
		for _, id := range slices.Sorted(maps.Keys(want))[:50] {
			found, err := v.Match(t.Context(), want[id].Keys()...)
			if err != nil || !slices.ContainsFunc(found, func(r record.Record) bool { return r.ID == id }) {
				t.Errorf("record %s is not found by its keys: %v", id, err)
			}
		}
		clean(t, v)
	}
	check()
	died := snapshot(t, v.Dir())
	v = vaulttest.Reopen(t, v)
	check()
	gone := slices.Sorted(maps.Keys(want))[:100]
	commit(t, v, record.Change{Delete: gone, Put: many(10)})
	for _, id := range gone {
		delete(want, id)
	}
	maps.Copy(want, recorded(many(10)))
	check()
	v = vaulttest.Reopen(t, v)
	check()

	again, err := open(t, restore(t, died))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, all(t, again), recorded(list))
	clean(t, again)
}
