package vault_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// incoming is an original of the given bytes.
func incoming(name string, content []byte) record.Incoming {
	sum := sha256.Sum256(content)
	return record.Incoming{
		Original: record.Original{Hash: record.Hash(hex.EncodeToString(sum[:])), Name: name, Size: int64(len(content)), MediaType: "text/plain", Import: "dddddddddddddddd", Received: vaulttest.Now},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
}

// all reads every record by ID.
func all(t testing.TB, v *vault.Vault) map[record.ID]record.Record {
	t.Helper()
	found := map[record.ID]record.Record{}
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatalf("query: %v", err)
		}
		found[r.ID] = r
	}
	return found
}

// recorded is what the vault holds after filing list.
func recorded(list []record.Record) map[record.ID]record.Record {
	m := map[record.ID]record.Record{}
	for _, r := range list {
		r.Recorded = vaulttest.Now
		m[r.ID] = r
	}
	return m
}

func same(t testing.TB, got, want map[record.ID]record.Record) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %d records %v, want %d, and the same", len(got), slices.Sorted(maps.Keys(got)), len(want))
	}
}

// snapshot is every file below dir with its bytes.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if d.IsDir() {
			files[rel+"/"] = ""
			return nil
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // Badger takes its files away meanwhile
			return nil
		}
		files[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func commit(t testing.TB, v *vault.Vault, c record.Change) {
	t.Helper()
	if err := v.Commit(t.Context(), c); err != nil {
		t.Fatalf("commit: %v", err)
	}
}

func clean(t testing.TB, v *vault.Vault) {
	t.Helper()
	report, err := v.Check(t.Context(), true, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("check: got %+v, %v, want no problem", report.Problems, err)
	}
}

func TestRoundTrip(t *testing.T) {
	v := vaulttest.Empty(t)
	list := append(vaulttest.Records(), many(300)...)
	file := []byte(strings.Repeat("made-up file ", 20_000))
	receipt := record.Receipt{Import: "dddddddddddddddd", At: vaulttest.Now, Sources: []record.SourceReport{{Name: "a.txt", Format: "text", Read: 1, Kept: 1, Issues: []record.Issue{{Severity: record.Warning, Place: "1", Text: "made up"}}}}}
	in := incoming("visit/a.txt", file)
	commit(t, v, record.Change{Put: list, Originals: []record.Incoming{in, in}, Receipt: &receipt})
	want := recorded(list)
	for range 2 {
		same(t, all(t, v), want)
		counts, err := v.Counts(t.Context(), "")
		if err != nil || counts[record.KindObservation] == 0 {
			t.Errorf("counts: %v, %v", counts, err)
		}
		total := 0
		for _, n := range counts {
			total += n
		}
		if total != len(want) {
			t.Errorf("got a total of %d, want %d", total, len(want))
		}
		r, o, err := v.OpenOriginal(t.Context(), in.Hash)
		if err != nil || !reflect.DeepEqual(o, in.Original) {
			t.Fatalf("original: %+v, %v", o, err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, file) {
			t.Errorf("original reads back as %d bytes, %v", len(got), err)
		}
		r.Close()
		span := record.Provenance{Original: in.Hash, Span: record.Span{Offset: 100_001, Length: 12}}
		if got, err := v.Fragment(t.Context(), span, 1000); err != nil || !bytes.Equal(got, file[100_001:100_013]) {
			t.Errorf("fragment: %q, %v", got, err)
		}
		imports, err := v.Imports(t.Context())
		if err != nil || len(imports) != 1 || !reflect.DeepEqual(imports[0], receipt) {
			t.Errorf("imports: %+v, %v", imports, err)
		}
		if list, err := v.Originals(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("originals: %v, %v", list, err)
		}
		clean(t, v)
		v = vaulttest.Reopen(t, v)
	}
}

func TestNotFound(t *testing.T) {
	v := vaulttest.New(t)
	_, get := v.Get(t.Context(), "zzzzzzzzzzzzzzzz")
	_, original := v.Original(t.Context(), "00")
	_, _, open := v.OpenOriginal(t.Context(), "00")
	_, fragment := v.Fragment(t.Context(), record.Provenance{Original: "00", Span: record.Span{Length: 1}}, 10)
	del := v.Commit(t.Context(), record.Change{Delete: []record.ID{"zzzzzzzzzzzzzzzz"}})
	undo := v.Commit(t.Context(), record.Change{Undone: "zzzzzzzzzzzzzzzz"})
	for i, err := range []error{get, original, open, fragment, del, undo} {
		if !errors.Is(err, vault.ErrNotFound) {
			t.Errorf("%d: got %v, want ErrNotFound", i, err)
		}
	}
	if has, err := v.HasOriginal(t.Context(), "00"); has || err != nil {
		t.Errorf("HasOriginal: got %v, %v", has, err)
	}
}

func TestReplaceAndDelete(t *testing.T) {
	v := vaulttest.New(t)
	want := recorded(vaulttest.Records())
	moved := want["aaaaaaaaaaaaaaa4"]
	moved.Resource = &record.Observation{Status: "amended", Code: record.Concept{Text: "Glucose"}, Effective: record.At("1999-01-01")}
	moved.Provenance = []record.Provenance{{Identifiers: []record.Identifier{{System: "urn:x", Value: "1"}}}}
	commit(t, v, record.Change{Put: []record.Record{want["aaaaaaaaaaaaaaa5"], moved}, Delete: []record.ID{"aaaaaaaaaaaaaaa2", "aaaaaaaaaaaaaaa2", "aaaaaaaaaaaaaaa4"}})
	want["aaaaaaaaaaaaaaa4"] = moved
	delete(want, "aaaaaaaaaaaaaaa2")
	same(t, all(t, v), want)
	again := want["aaaaaaaaaaaaaaa4"]
	again.Provenance = nil
	commit(t, v, record.Change{Put: []record.Record{again}})
	if found, err := v.Match(t.Context(), moved.Keys()...); err != nil || len(found) != 0 {
		t.Errorf("the keys of the replaced record still match: %v, %v", found, err)
	}
	want["aaaaaaaaaaaaaaa4"] = again
	clean(t, v)
	v = vaulttest.Reopen(t, v)
	same(t, all(t, v), want)
	clean(t, v)
}

func TestQueryOrder(t *testing.T) {
	v := vaulttest.Empty(t)
	list := many(400)
	for i := range list {
		if i%3 == 1 {
			list[i].Person = "eeeeeeeeeeeeeeee"
		}
		if i%7 == 0 {
			if o, ok := list[i].Resource.(*record.Observation); ok {
				o.Effective = record.When{Text: "childhood"}
			}
		}
	}
	commit(t, v, record.Change{Put: list})
	for _, f := range []record.Filter{
		{},
		{Person: vaulttest.Person},
		{Kind: record.KindObservation},
		{Person: "eeeeeeeeeeeeeeee", Kind: record.KindCondition},
		{Code: "718-7"},
		{Kind: record.KindObservation, From: "2010", To: "2012-06"},
		{Person: "nobody"},
	} {
		var want []record.ID
		for _, k := range record.Kinds {
			var some []record.Record
			for _, r := range list {
				if r.Resource.Kind() == k.Kind && f.Match(r) {
					some = append(some, r)
				}
			}
			slices.SortFunc(some, newestThenID)
			for _, r := range some {
				want = append(want, r.ID)
			}
		}
		var got []record.ID
		for r, err := range v.Query(t.Context(), f) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: got %d in another order or number than the wanted %d", f, len(got), len(want))
		}
	}
}

// newestThenID is the order of the index: newest first, without a date last,
// ties by ID.
func newestThenID(a, b record.Record) int {
	x, y := a.Resource.Summary().When.Sort(), b.Resource.Summary().When.Sort()
	return cmp.Or(y.Compare(x), cmp.Compare(a.ID, b.ID))
}

func TestMatch(t *testing.T) {
	v := vaulttest.Empty(t)
	list := many(50)
	commit(t, v, record.Change{Put: list})
	keys := append(list[7].Keys(), list[8].Keys()...)
	found, err := v.Match(t.Context(), append(keys, "no such key")...)
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, r := range list {
		if slices.ContainsFunc(r.Keys(), func(k record.Key) bool { return slices.Contains(keys, k) }) {
			want++
		}
	}
	if len(found) != want || want < 2 {
		t.Errorf("got %d records, want %d", len(found), want)
	}
}

func TestUndone(t *testing.T) {
	v := vaulttest.New(t)
	before := all(t, v)
	file := func(imp record.ID, text string) record.Incoming {
		in := incoming(text, []byte(text))
		in.Import = imp
		return in
	}
	alone, shared, named := file("import1aaaaaaaaa", "alone"), file("import1aaaaaaaaa", "shared"), file("import1aaaaaaaaa", "named")
	list := many(4)[1:]
	commit(t, v, record.Change{Put: list, Originals: []record.Incoming{alone, shared, named}, Receipt: &record.Receipt{Import: "import1aaaaaaaaa"}})
	commit(t, v, record.Change{Originals: []record.Incoming{shared}, Receipt: &record.Receipt{Import: "import2aaaaaaaaa", Sources: []record.SourceReport{{SHA256: shared.Hash}}}})
	noted := before["aaaaaaaaaaaaaaa2"]
	noted.Provenance = []record.Provenance{{Original: named.Hash}}
	var ids []record.ID
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	commit(t, v, record.Change{Put: []record.Record{noted}, Delete: ids, Undone: "import1aaaaaaaaa"})
	before[noted.ID] = noted
	for range 2 {
		same(t, all(t, v), before)
		for _, tc := range []struct {
			in   record.Incoming
			want bool
		}{{alone, false}, {shared, true}, {named, true}} {
			if got, err := v.HasOriginal(t.Context(), tc.in.Hash); got != tc.want || err != nil {
				t.Errorf("original %s: got %v, %v, want %v", tc.in.Name, got, err, tc.want)
			}
		}
		imports, err := v.Imports(t.Context())
		if err != nil || len(imports) != 1 || imports[0].Import != "import2aaaaaaaaa" {
			t.Errorf("imports: %+v, %v", imports, err)
		}
		clean(t, v)
		dir := v.Dir()
		v.Close()
		os.RemoveAll(filepath.Join(dir, "db"))
		v = vaulttest.Reopen(t, v)
	}
}

func TestLargeRecord(t *testing.T) {
	v := vaulttest.Empty(t)
	noise := make([]byte, 0, 6<<20)
	for i := 0; len(noise) < 6<<20-64; i++ {
		sum := sha256.Sum256([]byte(fmt.Sprint(i)))
		noise = append(noise, hex.EncodeToString(sum[:])...)
	}
	big := record.Record{ID: "bbbbbbbbbbbbbbbb", Person: "p", Resource: &record.DocumentReference{Title: "big", Content: []record.Attachment{{Text: string(noise)}}}}
	commit(t, v, record.Change{Put: append(many(20), big)})
	v = vaulttest.Reopen(t, v)
	got, err := v.Get(t.Context(), big.ID)
	if err != nil || got.Resource.(*record.DocumentReference).Content[0].Text != string(noise) {
		t.Fatalf("the large record does not come back: %v", err)
	}
	clean(t, v)
	commit(t, v, record.Change{Delete: []record.ID{big.ID}})
	clean(t, v)
	v = vaulttest.Reopen(t, v)
	if _, err := v.Get(t.Context(), big.ID); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestFailedCommitChangesNothing(t *testing.T) {
	good := incoming("good", []byte("the announced bytes"))
	lying := incoming("lying", []byte("the announced bytes, too"))
	lying.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("other bytes")), nil }
	cancelled, cancel := context.WithCancel(t.Context())
	stops := incoming("stops", []byte("read while cancelled"))
	open := stops.Open
	stops.Open = func() (io.ReadCloser, error) { cancel(); return open() }
	broken := incoming("broken", []byte("x"))
	broken.Open = func() (io.ReadCloser, error) { return nil, fs.ErrPermission }
	for _, tc := range []struct {
		name   string
		ctx    context.Context
		change record.Change
		want   error
	}{
		{"hash differs", t.Context(), record.Change{Put: many(30), Originals: []record.Incoming{good, lying}}, nil},
		{"cannot be opened", t.Context(), record.Change{Put: many(30), Originals: []record.Incoming{good, broken}}, fs.ErrPermission},
		{"cancelled", cancelled, record.Change{Put: many(30), Originals: []record.Incoming{good, stops}}, context.Canceled},
		{"nothing to delete", t.Context(), record.Change{Put: many(3000), Delete: []record.ID{"zz"}, Originals: []record.Incoming{good}}, vault.ErrNotFound},
		{"no id", t.Context(), record.Change{Put: []record.Record{{Resource: &record.Patient{}}}}, nil},
		{"no content", t.Context(), record.Change{Put: []record.Record{{ID: "x"}}}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := vaulttest.New(t)
			want, records := snapshot(t, v.Dir()), all(t, v)
			err := v.Commit(tc.ctx, tc.change)
			if err == nil || tc.want != nil && !errors.Is(err, tc.want) {
				t.Fatalf("got %v, want an error (%v)", err, tc.want)
			}
			if got := snapshot(t, v.Dir()); !reflect.DeepEqual(got, want) {
				t.Errorf("the folder changed: %v", slices.Sorted(maps.Keys(got)))
			}
			same(t, all(t, v), records)
			clean(t, v)
			commit(t, v, record.Change{Put: many(3)})
			clean(t, v)
		})
	}
}

func TestNoRoom(t *testing.T) {
	opt := vaulttest.Options()
	free := uint64(1 << 40)
	opt.Room = func(string) (uint64, error) { return free, nil }
	v, _, err := vault.Create(t.Context(), t.TempDir()+"/v", []byte(vaulttest.Passphrase), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	free = 64<<20 + 1000
	if err := v.Commit(t.Context(), record.Change{Put: many(100)}); !errors.Is(err, vault.ErrNoRoom) {
		t.Errorf("got %v, want ErrNoRoom", err)
	}
	clean(t, v)
}

func TestSubscribe(t *testing.T) {
	v := vaulttest.Empty(t)
	var got []vault.Event
	cancel := v.Subscribe(func(e vault.Event) {
		if _, err := v.Counts(t.Context(), ""); err != nil {
			t.Errorf("reading from a subscriber: %v", err)
		}
		got = append(got, e)
	})
	commit(t, v, record.Change{Put: many(2), Receipt: &record.Receipt{Import: "import1aaaaaaaaa"}})
	v.Commit(t.Context(), record.Change{Delete: []record.ID{"none"}})
	cancel()
	cancel()
	commit(t, v, record.Change{Put: many(3)})
	if len(got) != 1 || len(got[0].Put) != 2 || got[0].Import != "import1aaaaaaaaa" {
		t.Errorf("got %+v, want one event with two records", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	v := vaulttest.New(t)
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := range 8 {
				list := []record.Record{}
				for n := range 25 { // of one commit: seen all or none
					list = append(list, record.Record{ID: record.ID(fmt.Sprintf("w%d-%d-%d", w, i, n)), Person: "w", Resource: &record.Other{Title: fmt.Sprintf("batch %d %d", w, i)}})
				}
				if err := v.Commit(t.Context(), record.Change{Put: list, Originals: []record.Incoming{incoming("x", []byte(fmt.Sprint(w, i)))}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 2 {
		wg.Go(func() {
			for range 15 {
				n := 0
				for _, err := range v.Query(t.Context(), record.Filter{Kind: record.KindOther}) {
					if err != nil {
						t.Error(err)
					}
					n++
				}
				if n%25 != 0 {
					t.Errorf("a reader saw %d records: a part of a commit", n)
				}
				if _, err := v.Search(t.Context(), "batch 1", record.Filter{}, 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Go(func() {
		if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("check beside commits: %+v, %v", report, err)
		}
	})
	wg.Wait()
	clean(t, v)
	want := all(t, v)
	same(t, all(t, vaulttest.Reopen(t, v)), want)
}

func TestClosedVault(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	if err := v.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	if _, err := v.Get(t.Context(), vaulttest.Person); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("get: got %v, want ErrClosed", err)
	}
	if err := v.Commit(t.Context(), record.Change{Put: many(2)}); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("commit: got %v, want ErrClosed", err)
	}
}

func TestEmptyVaultIsSmall(t *testing.T) {
	v := vaulttest.Empty(t)
	v.Close()
	if got := folderSize(t, v.Dir()); got > 2<<20 {
		t.Errorf("got %d bytes on the disk, want at most 2 MiB", got)
	}
}

func TestSegmentsRotate(t *testing.T) {
	v := vaulttest.Empty(t)
	list := many(200)
	rnd := rand.NewChaCha8([32]byte{1})
	for range 4 { // each of a megabyte and a half that does not compress
		for i := range list {
			var noise [8 << 10]byte
			rnd.Read(noise[:])
			list[i].Overlay = &record.Overlay{Note: hex.EncodeToString(noise[:])}
		}
		commit(t, v, record.Change{Put: list})
	}
	segments, _ := os.ReadDir(filepath.Join(v.Dir(), "journal"))
	if len(segments) < 2 {
		t.Fatalf("got %d segments: the test needs more", len(segments))
	}
	want := recorded(list)
	v = vaulttest.Reopen(t, v)
	clean(t, v)
	v.Close()
	os.RemoveAll(filepath.Join(v.Dir(), "db"))
	v = vaulttest.Reopen(t, v)
	same(t, all(t, v), want)
	clean(t, v)
}
