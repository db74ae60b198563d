package vault_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// openLater opens a vault whose db/ is compared behind the first screen.
func openLater(t testing.TB, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), vault.Later(vaulttest.Options()))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// layered is a closed vault whose index has several tables, with older versions
// of records and deleted ones in them.
func layered(t testing.TB) (map[string]string, map[record.ID]record.Record) {
	t.Helper()
	v := vaulttest.New(t)
	for i := range 4 {
		list := many(150 - 30*i)
		for n := range list {
			list[n].Overlay = &record.Overlay{Note: fmt.Sprintf("note %d of record %d", i, n)}
		}
		commit(t, v, record.Change{Put: list})
		commit(t, v, record.Change{Delete: []record.ID{list[20+i].ID}})
		v.Close()
		v = openLater(t, v.Dir())
	}
	want := all(t, v)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return snapshot(t, v.Dir()), want
}

// told says whether err is damage, as every answer must be that is not right.
func told(t *testing.T, where, what string, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("%s: %s: got %v, want ErrDamaged", where, what, err)
	}
	return err != nil
}

// ask reads a vault in every way and compares: each answer is right or damage.
func ask(t *testing.T, where string, v *vault.Vault, want map[record.ID]record.Record) {
	t.Helper()
	ctx := t.Context()
	ids := slices.Sorted(maps.Keys(want))
	for _, id := range []record.ID{ids[0], ids[len(ids)/2], ids[len(ids)-1]} {
		if r, err := v.Get(ctx, id); !told(t, where, "get", err) && !reflect.DeepEqual(r, want[id]) {
			t.Errorf("%s: another record under %s", where, id)
		}
	}
	keys := want[ids[len(ids)/2]].Keys()
	if list, err := v.Match(ctx, keys...); !told(t, where, "match", err) && len(list) == 0 {
		t.Errorf("%s: match found nothing", where)
	}
	if people, err := v.People(ctx); !told(t, where, "people", err) && len(people) != 1 {
		t.Errorf("%s: got %d people, want 1", where, len(people))
	}
	if _, err := v.Get(ctx, "absent"); err == nil || !errors.Is(err, vault.ErrNotFound) && !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("%s: what is not there: got %v", where, err)
	}
	got := map[record.ID]record.Record{}
	for r, err := range v.Query(ctx, record.Filter{}) {
		if told(t, where, "query", err) {
			return
		}
		got[r.ID] = r
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: a whole loop gave %d records, want %d, and the same", where, len(got), len(want))
	}
}

// Whatever byte of db/ is changed, no answer is wrong without being called
// damage, and the next Open makes it good and says so.
func TestChangedIndexIsNeverBelieved(t *testing.T) {
	files, want := layered(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	cases := 120
	if testing.Short() {
		cases = 20
	}
	var tables []string
	total := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".sst") {
			tables = append(tables, name)
			total += len(files[name])
		}
	}
	if len(tables) < 3 {
		t.Fatalf("the index has %d tables, want several", len(tables))
	}
	now, later := 0, 0
	for i := range cases {
		at, n := i*total/cases+rnd.IntN(total/cases), 0
		for at >= len(files[tables[n]]) {
			at -= len(files[tables[n]])
			n++
		}
		changed := maps.Clone(files)
		b := []byte(files[tables[n]])
		b[at] ^= 1 << rnd.IntN(8)
		changed[tables[n]] = string(b)
		where := fmt.Sprintf("%s: byte %d of %d", tables[n], at, len(b))
		v := openLater(t, restore(t, changed))
		notices := 1 // of the next Open
		if len(v.Notices()) > 0 {
			notices = 0
			now++
		} else {
			later++
		}
		ask(t, where, v, want)
		ask(t, where+", asked again", v, want)
		if err := v.Close(); err != nil {
			t.Errorf("%s: close: %v", where, err)
		}
		v = openLater(t, v.Dir())
		same(t, all(t, v), want)
		if got := v.Notices(); len(got) != notices || notices == 1 && got[0].File != tables[n] {
			t.Errorf("%s: got notices %+v, want %d", where, got, notices)
		}
		v.Close()
		os.RemoveAll(v.Dir())
	}
	t.Logf("%d found by Open, %d later", now, later)
	if later == 0 {
		t.Error("nothing was compared later")
	}
}

// The check of a vault whose index turns out to be changed reports it.
func TestCheckReportsAChangedIndex(t *testing.T) {
	files, want := layered(t)
	name := largestTable(files)
	b := []byte(files[name])
	b[100] ^= 1
	files[name] = string(b)
	v := openLater(t, restore(t, files))
	report, err := v.Check(t.Context(), false, nil)
	if err != nil || len(report.Problems) != 1 || report.Problems[0].File != name {
		t.Errorf("got %+v, %v, want %s", report.Problems, err, name)
	}
	if err := v.Commit(t.Context(), record.Change{Put: many(3)}); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("commit: got %v, want ErrDamaged", err)
	}
	v.Close()
	v = openLater(t, v.Dir())
	defer v.Close()
	same(t, all(t, v), want)
	if got := v.Notices(); len(got) != 1 || got[0].File != name {
		t.Errorf("notices: %+v, want %s", got, name)
	}
	commit(t, v, record.Change{Put: many(3)})
}

func largestTable(files map[string]string) string {
	return slices.MaxFunc(slices.Sorted(maps.Keys(files)), func(a, b string) int {
		return len(files[a])*tableBit(a) - len(files[b])*tableBit(b)
	})
}

func tableBit(name string) int {
	if strings.HasSuffix(name, ".sst") {
		return 1
	}
	return 0
}

// A table that is changed while the vault is open, in a session that writes too,
// is found by the next Open: its hash is that of the last close.
func TestIndexChangedMeanwhile(t *testing.T) {
	files, _ := layered(t)
	name := largestTable(files)
	v := openLater(t, restore(t, files))
	commit(t, v, record.Change{Put: many(1)})
	want := all(t, v)
	f, err := os.OpenFile(filepath.Join(v.Dir(), name), os.O_RDWR, 0)
	if err != nil {
		t.Skip("the session has taken the table away")
	}
	info, _ := f.Stat()
	if _, err := f.WriteAt([]byte{files[name][200] ^ 1}, 200); err != nil {
		t.Fatal(err)
	}
	f.Close()
	os.Chtimes(filepath.Join(v.Dir(), name), info.ModTime(), info.ModTime()) // as failing memory cells do
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	v = openLater(t, v.Dir())
	ask(t, name, v, want)
	v.Close()
	v = openLater(t, v.Dir())
	defer v.Close()
	same(t, all(t, v), want)
}

// A table that is cut off under an open vault is damage, not the end of the
// process.
func TestTableCutOffWhileMapped(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a mapped file cannot be cut there")
	}
	files, want := layered(t)
	v := openLater(t, restore(t, files))
	same(t, all(t, v), want)
	v.Close()
	v = openLater(t, v.Dir())
	for name := range files {
		if strings.HasSuffix(name, ".sst") {
			if err := os.Truncate(filepath.Join(v.Dir(), name), 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask(t, "cut off", v, want)
	v.Close()
	v = openLater(t, v.Dir())
	defer v.Close()
	same(t, all(t, v), want)
}

// Of every table of some size, only a part is read by Open.
func TestTails(t *testing.T) {
	v := vaulttest.Empty(t)
	big := record.Record{ID: "large", Person: "p", Resource: &record.Other{Title: "large", Text: record.Narrative(randomText(300_000))}}
	commit(t, v, record.Change{Put: append(many(5000), big)})
	v.Close()
	v = openLater(t, v.Dir())
	defer v.Close()
	sizes, tails := v.Tails()
	if len(sizes) == 0 {
		t.Fatal("no tables")
	}
	for i := range sizes {
		if tails[i] <= 0 || tails[i] > sizes[i] {
			t.Errorf("table of %d bytes has a tail of %d", sizes[i], tails[i])
		}
	}
	if size, tail := slices.Max(sizes), tails[slices.Index(sizes, slices.Max(sizes))]; tail > size/4 {
		t.Errorf("of %d bytes %d are read by Open", size, tail)
	}
}

func randomText(n int) string {
	rnd := rand.New(rand.NewPCG(5, 6))
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a' + byte(rnd.IntN(26))
	}
	return string(b)
}
