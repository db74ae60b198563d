package vault_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// restore writes a snapshot into an empty folder.
func restore(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t testing.TB, dir string) (*vault.Vault, error) {
	t.Helper()
	return vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
}

// closedVault gives the files of a closed vault of a few commits and originals,
// and its records.
func closedVault(t testing.TB) (map[string]string, map[record.ID]record.Record) {
	t.Helper()
	v := vaulttest.New(t)
	commit(t, v, record.Change{Put: many(120), Originals: []record.Incoming{incoming("a", []byte(strings.Repeat("first original ", 9000)))}})
	commit(t, v, record.Change{Put: many(30), Originals: []record.Incoming{incoming("b", []byte("second original"))}, Receipt: &record.Receipt{Import: "dddddddddddddddd"}})
	commit(t, v, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa4"}})
	want := all(t, v)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return snapshot(t, v.Dir()), want
}

func TestRebuildWithoutStore(t *testing.T) {
	files, want := closedVault(t)
	for name := range maps.Clone(files) {
		if strings.HasPrefix(name, "db/") {
			delete(files, name)
		}
	}
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	clean(t, v)
}

// A process that dies between the journal and Badger leaves an older db/.
func TestReplayOntoOlderStore(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	older := snapshot(t, v.Dir())
	v, err := open(t, v.Dir())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: many(500)})
	commit(t, v, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa2"}})
	want := all(t, v)
	v.Close()
	files := snapshot(t, v.Dir())
	for name := range maps.Clone(files) {
		if strings.HasPrefix(name, "db/") {
			delete(files, name)
		}
	}
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

func TestTornTail(t *testing.T) {
	v := vaulttest.New(t)
	want := all(t, v)
	before := snapshot(t, v.Dir())
	commit(t, v, record.Change{Put: many(5000), Originals: []record.Incoming{incoming("torn", []byte("never acknowledged"))}})
	after := snapshot(t, v.Dir()) // as a killed process leaves it: no db/CLOSED
	after = unnamed(after)
	const log = "journal/000001.log"
	start, end := len(before[log]), len(after[log])
	for name, tail := range map[string]string{
		"cut in the head":           after[log][:start+7],
		"cut in the first body":     after[log][:start+200],
		"cut in a later frame":      after[log][:start+(end-start)*3/4],
		"cut one byte short":        after[log][:end-1],
		"blank from the middle":     after[log][:(start+end)/2] + strings.Repeat("\x00", end-(start+end)/2),
		"a blank sector at a head":  after[log][:start] + strings.Repeat("\x00", 512) + after[log][start+512:end-100],
		"a blank sector in a frame": after[log][:start+512] + strings.Repeat("\x00", 512) + after[log][start+1024:end-100],
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(after)
			files[log] = tail
			v, err := open(t, restore(t, files))
			if err != nil {
				t.Fatal(err)
			}
			same(t, all(t, v), want)
			clean(t, v)
			if list, _ := filepath.Glob(filepath.Join(v.Dir(), "originals", "*", "*")); len(list) > 0 {
				t.Errorf("the original of the torn commit is still there: %v", list)
			}
			commit(t, v, record.Change{Put: many(9)})
			clean(t, v)
			v = vaulttest.Reopen(t, v)
			clean(t, v)
		})
	}
	v.Close()
}

// A new segment that was being made when the power went is taken away again.
func TestTornSegment(t *testing.T) {
	files, want := closedVault(t)
	for name, head := range map[string]string{"empty": "", "cut": files["journal/000001.log"][:30], "blank": strings.Repeat("\x00", 64)} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(files)
			files["journal/000002.log"] = head
			v, err := open(t, restore(t, files))
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			same(t, all(t, v), want)
			clean(t, v)
		})
	}
}

// Whatever is done to one file, the vault opens with exactly its records, or
// says that it is damaged; and what is not mended, Check names.
func TestRandomDamage(t *testing.T) {
	files, want := closedVault(t)
	names := []string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if len(files[name]) > 0 {
			names = append(names, name)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	refused, mended, reported := 0, 0, 0
	cases := 100
	if testing.Short() {
		cases = 30
	}
	for i := range cases {
		name := names[i%len(names)]
		damagedFiles := maps.Clone(files)
		what := hurt(rnd, damagedFiles, name)
		where := fmt.Sprintf("%s: %s", name, what)
		dir := restore(t, damagedFiles)
		v, err := open(t, dir)
		if err != nil {
			if !errors.Is(err, vault.ErrDamaged) {
				t.Errorf("%s: got %v, want ErrDamaged", where, err)
			}
			if got := snapshot(t, dir); !sameButLock(got, damagedFiles) {
				t.Errorf("%s: a vault that was refused was changed", where)
			}
			refused++
			os.RemoveAll(dir)
			continue
		}
		if got := all(t, v); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: opens with %d records, want %d, and the same", where, len(got), len(want))
		}
		report, err := v.Check(t.Context(), true, nil)
		if err != nil {
			t.Errorf("%s: check: %v", where, err)
		}
		switch {
		case len(report.Problems) > 0:
			reported++
		case strings.HasPrefix(name, "journal/") && what != "bytes added", strings.HasPrefix(name, "originals/"):
			t.Errorf("%s: neither refused nor reported", where)
		default:
			mended++
		}
		v.Close()
		os.RemoveAll(dir)
	}
	t.Logf("%d refused, %d mended, %d reported by Check", refused, mended, reported)
}

func sameButLock(got, want map[string]string) bool {
	got, want = maps.Clone(got), maps.Clone(want)
	delete(got, "lock")
	delete(want, "lock")
	return reflect.DeepEqual(got, want)
}

// hurt changes one file and says how.
func hurt(rnd *rand.Rand, files map[string]string, name string) string {
	b := []byte(files[name])
	at := rnd.IntN(len(b))
	switch rnd.IntN(6) {
	case 0, 1, 2:
		b[at] ^= 1 << rnd.IntN(8)
		files[name] = string(b)
		return fmt.Sprintf("bit flipped in byte %d of %d", at, len(b))
	case 3:
		files[name] = string(b[:at])
		return fmt.Sprintf("cut to %d of %d bytes", at, len(b))
	case 4:
		delete(files, name)
		return "deleted"
	}
	files[name] = string(b) + "\x01\x02\x03"
	return "bytes added"
}

func TestExchangedOriginals(t *testing.T) {
	v := vaulttest.Empty(t)
	a, b := incoming("a", []byte("the first of two")), incoming("b", []byte("another of them.")) // of one size
	commit(t, v, record.Change{Originals: []record.Incoming{a, b}})
	list, err := filepath.Glob(filepath.Join(v.Dir(), "originals", "*", "*"))
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	tmp := filepath.Join(t.TempDir(), "x")
	for _, move := range [][2]string{{list[0], tmp}, {list[1], list[0]}, {tmp, list[1]}} {
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := v.OpenOriginal(t.Context(), a.Hash); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
	if _, err := v.Fragment(t.Context(), record.Provenance{Original: b.Hash, Span: record.Span{Length: 3}}, 10); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("fragment: got %v, want ErrDamaged", err)
	}
	if report, err := v.Check(t.Context(), false, nil); err != nil || len(report.Problems) != 2 {
		t.Errorf("check: got %+v, %v, want both files", report.Problems, err)
	}
}

func TestDamagedFrameNamesItsRecords(t *testing.T) {
	files, want := closedVault(t)
	b := []byte(files["journal/000001.log"])
	b[len(b)/2] ^= 1 // in the frame of 120 records
	files["journal/000001.log"] = string(b)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	report, err := v.Check(t.Context(), false, nil)
	if err != nil || len(report.Problems) != 1 || len(report.Problems[0].Records) != 90 {
		t.Errorf("got %d problems, %v, want one with the 90 records that no later frame replaced", len(report.Problems), err)
	}
}

// A damaged last frame whose records db/ still has does not shut the patient
// out: the journal is written again, and Open says so.
func TestDamagedLastFrame(t *testing.T) {
	files, want := closedVault(t)
	const log = "journal/000001.log"
	start := len(files[log]) - 200 // the last frame has a little more
	for at := start; at < len(files[log]); at += 37 {
		files := maps.Clone(files)
		b := []byte(files[log])
		b[at] ^= 0x10
		files[log] = string(b)
		v, err := open(t, restore(t, files))
		if err != nil {
			t.Fatalf("byte %d: %v", at, err)
		}
		same(t, all(t, v), want)
		if n := v.Notices(); len(n) == 0 || n[0].File != log {
			t.Errorf("byte %d: got notices %v, want the damaged segment", at, n)
		}
		extra := record.Record{ID: "xxxxxxxxxxxxxxxx", Person: "p", Resource: &record.Other{Title: "later"}}
		commit(t, v, record.Change{Put: []record.Record{extra}})
		v = vaulttest.Reopen(t, v)
		if n := len(all(t, v)); n != len(want)+1 {
			t.Errorf("byte %d: got %d records after another commit, want %d", at, n, len(want)+1)
		}
		clean(t, v)
		v.Close()
	}
}

// TestKilled commits in a child process, kills it, and finds every commit that
// the child had been told was durable.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("CARNET_KILL_TEST"); dir != "" {
		v, err := open(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; ; i++ {
			list := many(40)
			for n := range list {
				list[n].ID = record.ID(fmt.Sprintf("k%d-%d", i, n))
			}
			commit(t, v, record.Change{Put: list})
			fmt.Printf("durable %d\n", i)
		}
	}
	v := vaulttest.New(t)
	v.Close()
	for round := range 3 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "CARNET_KILL_TEST="+v.Dir())
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		last := -1
		for last < 5+round*3 {
			if _, err := fmt.Fscanf(out, "durable %d\n", &last); err != nil {
				t.Fatalf("the child stopped: %v", err)
			}
		}
		child.Process.Kill()
		child.Wait()
		v, err := open(t, v.Dir())
		if err != nil {
			t.Fatal(err)
		}
		got := all(t, v)
		for i := range last + 1 {
			for n := range 40 {
				if _, ok := got[record.ID(fmt.Sprintf("k%d-%d", i, n))]; !ok {
					t.Fatalf("record %d of the durable commit %d is gone", n, i)
				}
			}
		}
		if (len(got)-len(vaulttest.Records()))%40 != 0 {
			t.Errorf("got %d records: a part of a commit", len(got))
		}
		clean(t, v)
		v.Close()
	}
}
