package vault_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// busyVault gives an open vault in which much was replaced and deleted.
func busyVault(t testing.TB) *vault.Vault {
	t.Helper()
	v := vaulttest.New(t)
	for n := range 8 {
		list := many(400)
		for i := range list[1:] {
			list[i+1].Overlay = &record.Overlay{Note: strings.Repeat("written over ", n)}
		}
		commit(t, v, record.Change{Put: list, Originals: []record.Incoming{incoming("a", []byte(strings.Repeat("original ", n+1)))}, Receipt: &record.Receipt{Import: record.ID("dddddddddddddd" + string(rune('a'+n)))}})
	}
	commit(t, v, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa4"}, Undone: "ddddddddddddddb"})
	return v
}

func segments(t testing.TB, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "journal", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		list[i] = filepath.Base(list[i])
	}
	return list
}

func TestCompact(t *testing.T) {
	v := busyVault(t)
	want, originals, imports := all(t, v), listed(t, v), receipts(t, v)
	before := snapshot(t, v.Dir())
	var seen int64
	if err := v.Compact(t.Context(), func(done, total int64) { seen = max(seen, done); _ = total }); err != nil {
		t.Fatal(err)
	}
	if seen != int64(len(want)+len(originals)+len(imports)) {
		t.Errorf("progress counted %d items, want %d", seen, len(want)+len(originals)+len(imports))
	}
	same(t, all(t, v), want)
	clean(t, v)
	if got := segments(t, v.Dir()); !slices.Equal(got, []string{"000002.log"}) {
		t.Errorf("got segments %v, want the new one alone", got)
	}
	if size := folderSize(t, filepath.Join(v.Dir(), "journal")); size*4 > int64(len(before["journal/000001.log"])) {
		t.Errorf("the journal has %d bytes, of %d", size, len(before["journal/000001.log"]))
	}
	commit(t, v, record.Change{Put: many(12)})
	want = all(t, v)
	for range 2 { // db/ is built from the base, then used
		v = vaulttest.Reopen(t, v)
		same(t, all(t, v), want)
		clean(t, v)
		if got := len(listed(t, v)); got != len(originals) {
			t.Errorf("got %d originals, want %d", got, len(originals))
		}
		if got := receipts(t, v); len(got) != len(imports) {
			t.Errorf("got %d receipts, want %d", len(got), len(imports))
		}
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	v = vaulttest.Reopen(t, v)
	same(t, all(t, v), want)
	clean(t, v)
}

func listed(t testing.TB, v *vault.Vault) []record.Original {
	t.Helper()
	list, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func receipts(t testing.TB, v *vault.Vault) []record.Receipt {
	t.Helper()
	list, err := v.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What a kill leaves of a compaction at each of its steps opens with the same
// records.
func TestCompactCutShort(t *testing.T) {
	v := busyVault(t)
	want := all(t, v)
	before := snapshot(t, v.Dir())
	delete(before, "db/CLOSED")
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	after := snapshot(t, v.Dir())
	v.Close()
	base := after["journal/000002.log"]
	for name, change := range map[string]func(map[string]string){
		"half written":          func(f map[string]string) { f["journal/000002.log.part"] = base[:len(base)/2] },
		"written":               func(f map[string]string) { f["journal/000002.log.part"] = base },
		"in place":              func(f map[string]string) { f["journal/000002.log"] = base },
		"in place, others gone": func(f map[string]string) { f["journal/000002.log"] = base; delete(f, "journal/000001.log") },
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(before)
			change(files)
			v, err := open(t, restore(t, files))
			if err != nil {
				t.Fatal(err)
			}
			same(t, all(t, v), want)
			clean(t, v)
			commit(t, v, record.Change{Put: many(4)})
			v = vaulttest.Reopen(t, v)
			clean(t, v)
			if name != "half written" && name != "written" && len(segments(t, v.Dir())) != 1 {
				t.Errorf("got segments %v, want the base alone", segments(t, v.Dir()))
			}
		})
	}
}

// An index of before a compaction is not used behind it.
func TestOlderStoreBehindCompaction(t *testing.T) {
	v := busyVault(t)
	v.Close()
	older := snapshot(t, v.Dir())
	v, err := open(t, v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(40)})
	want := all(t, v)
	v.Close()
	files := snapshot(t, v.Dir())
	for name, content := range older {
		if strings.HasPrefix(name, "db/") {
			files[name] = content
		}
	}
	v, err = open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	clean(t, v)
}

func TestMissingBaseIsDamage(t *testing.T) {
	v := busyVault(t)
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: []record.Record{{ID: "large", Person: "p", Resource: &record.Other{Title: noise(5 << 20)}}}})
	commit(t, v, record.Change{Put: many(4)})
	v.Close()
	if got := segments(t, v.Dir()); len(got) != 2 {
		t.Fatalf("got segments %v, want a base and one behind it", got)
	}
	os.Remove(filepath.Join(v.Dir(), "journal", "000002.log"))
	if _, err := open(t, v.Dir()); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
}

// TestCutBase holds that a journal without one whole transaction is damage, and
// no vault without records.
func TestCutBase(t *testing.T) {
	for name, compacted := range map[string]bool{"base": true, "first segment": false} {
		v := vaulttest.New(t)
		if compacted {
			if err := v.Compact(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		logs, err := filepath.Glob(filepath.Join(v.Dir(), "journal", "*.log"))
		if err != nil || len(logs) != 1 {
			t.Fatalf("%s: got %v, %v", name, logs, err)
		}
		for _, size := range []int64{150, 64, 63} {
			if err := os.Truncate(logs[0], size); err != nil {
				t.Fatal(err)
			}
			os.RemoveAll(filepath.Join(v.Dir(), "db"))
			if w, err := open(t, v.Dir()); !errors.Is(err, vault.ErrDamaged) {
				t.Errorf("%s cut to %d bytes: got %v, want %v", name, size, err, vault.ErrDamaged)
				if err == nil {
					w.Close()
				}
			}
			if info, err := os.Stat(logs[0]); err != nil || info.Size() != size {
				t.Errorf("%s cut to %d bytes was changed: %v", name, size, err)
			}
		}
	}
}

// A compaction where there is little room does not make a vault that cannot be
// opened.
func TestCompactWithLittleRoom(t *testing.T) {
	v := busyVault(t)
	dir := v.Dir()
	want := all(t, v)
	v.Close()
	free := uint64(1 << 40)
	o := vaulttest.Options()
	o.Room = func(string) (uint64, error) { return free, nil }
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	free = 1 << 20
	v.Close()
	if v, err = vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), o); err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	clean(t, v)
}
