package vault_test

import (
	"fmt"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A loop that began before the first commit sees the vault as it was to its end,
// though the index that it began to read is compacted away under it.
func TestLoopAcrossTheFirstCommits(t *testing.T) {
	if testing.Short() {
		t.Skip("long; the whole run has it")
	}
	v := vaulttest.Empty(t)
	const n = 9_000
	commit(t, v, record.Change{Put: many(n)})
	v = vaulttest.Reopen(t, v)
	seen, rounds := 0, 0
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatalf("after %d records: %v", seen, err)
		}
		if r.Overlay != nil {
			t.Fatalf("record %d was written after the loop began", seen)
		}
		if seen++; seen%1500 == 0 && rounds < 4 {
			rounds++
			list := many(n)
			for i := range list {
				list[i].ID, list[i].Overlay = record.ID(fmt.Sprintf("%s-%d", list[i].ID, rounds)), &record.Overlay{Note: "later"}
			}
			commit(t, v, record.Change{Put: list})
			if _, err := v.Get(t.Context(), list[5].ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if seen != n {
		t.Errorf("the loop saw %d records, want %d", seen, n)
	}
	clean(t, v)
}
