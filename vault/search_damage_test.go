package vault_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// inSearch are the names of the files in search/ of a snapshot.
func inSearch(files map[string]string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "search/") && !strings.HasSuffix(name, "/") {
			names = append(names, name)
		}
	}
	return names
}

// sessions gives a snapshot of a vault after each of n sessions.
func sessions(t testing.TB, n int) []map[string]string {
	t.Helper()
	v := vaulttest.New(t)
	var list []map[string]string
	for i := range n {
		searchSession(t, v, i)
		muchAsScan(t, v, "in a session")
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		list = append(list, snapshot(t, v.Dir()))
		v = vaulttest.Reopen(t, v)
		muchAsScan(t, v, "after a session")
	}
	return list
}

// withSearch is a snapshot with the search/ of another one.
func withSearch(files, search map[string]string) map[string]string {
	files = maps.Clone(files)
	for _, name := range inSearch(files) {
		delete(files, name)
	}
	for _, name := range inSearch(search) {
		files[name] = search[name]
	}
	return files
}

// Whatever happens to the files in search/, the same is found, in the session
// that meets it and in the next.
func TestSearchFilesDamaged(t *testing.T) {
	if testing.Short() {
		t.Skip("long; the whole run has it")
	}
	list := sessions(t, 4)
	files := list[len(list)-1]
	names := inSearch(files)
	if len(names) < 2 {
		t.Fatalf("got the files %v, want a list and segments", names)
	}
	cases := map[string]map[string]string{"gone": withSearch(files, nil), "older": withSearch(files, list[1])}
	_, other := vaultOf(t)
	cases["of another vault"] = withSearch(files, other)
	rnd := rand.New(rand.NewPCG(5, 6))
	for i, name := range names {
		change := func(what string, f func(content string) string) {
			cases[what+" "+name] = maps.Clone(files)
			cases[what+" "+name][name] = f(files[name])
		}
		change("flipped", func(s string) string {
			b := []byte(s)
			b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8)
			return string(b)
		})
		change("flipped early", func(s string) string { return string(s[0]^1) + s[1:] })
		change("cut", func(s string) string { return s[:rnd.IntN(len(s))] })
		change("grown", func(s string) string { return s + "x" })
		change("blank", func(s string) string { return strings.Repeat("\x00", len(s)) })
		change("empty", func(string) string { return "" })
		change("swapped", func(string) string { return files[names[(i+1)%len(names)]] })
		cases["deleted "+name] = maps.Clone(files)
		delete(cases["deleted "+name], name)
	}
	cases["older list"] = maps.Clone(files)
	cases["older list"]["search/INDEX"] = list[1]["search/INDEX"]
	for _, name := range inSearch(list[0]) {
		if name != "search/INDEX" {
			cases["older list"][name] = list[0][name]
		}
	}
	for what, changed := range cases {
		t.Run(what, func(t *testing.T) {
			v, err := open(t, restore(t, changed))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { v.Close() })
			muchAsScan(t, v, "first")
			commit(t, v, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa4"}})
			muchAsScan(t, v, "after a commit")
			v = vaulttest.Reopen(t, v)
			muchAsScan(t, v, "second")
			clean(t, v)
		})
	}
}

func vaultOf(t *testing.T) (*vault.Vault, map[string]string) {
	v := vaulttest.New(t)
	v.Close()
	return v, snapshot(t, v.Dir())
}

// A vault that was written to but never searched, searched but not written to,
// and not closed at all.
func TestSearchAfterOtherSessions(t *testing.T) {
	v := vaulttest.New(t)
	searchSession(t, v, 1)
	v = vaulttest.Reopen(t, v)
	searchSession(t, v, 2)
	v = vaulttest.Reopen(t, v)
	sameAsScan(t, v, "never searched before")
	before := inSearch(snapshot(t, v.Dir()))
	v = vaulttest.Reopen(t, v)
	if after := inSearch(snapshot(t, v.Dir())); !slices.Equal(before, after) {
		t.Errorf("searching changed the files %v to %v", before, after)
	}
	searchSession(t, v, 3)
	sameAsScan(t, v, "with commits")
	crashed := snapshot(t, v.Dir())
	v.Close()
	v, err := open(t, restore(t, crashed))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	sameAsScan(t, v, "after a crash")
}

// Deleted records leave search/ with a compaction.
func TestCompactDropsWords(t *testing.T) {
	v := vaulttest.New(t)
	searchSession(t, v, 1)
	v = vaulttest.Reopen(t, v)
	sameAsScan(t, v, "before")
	before := inSearch(snapshot(t, v.Dir()))
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range inSearch(snapshot(t, v.Dir())) {
		if slices.Contains(before, name) {
			t.Errorf("%s is there still", name)
		}
	}
	sameAsScan(t, v, "after")
	commit(t, v, record.Change{Put: many(30)})
	sameAsScan(t, v, "after a commit")
	sameAsScan(t, vaulttest.Reopen(t, v), "in the next session")
}

// Few files are there after many sessions.
func TestSearchFilesStayFew(t *testing.T) {
	v := vaulttest.New(t)
	for i := range 40 {
		commit(t, v, record.Change{Put: many(3 + i%7)[1:]})
		v = vaulttest.Reopen(t, v)
		if names := inSearch(snapshot(t, v.Dir())); len(names) > 8 {
			t.Fatalf("%d files after %d sessions", len(names), i+1)
		}
	}
	sameAsScan(t, v, "at the end")
}

// A search finds all that was committed when it began, whatever is committed
// meanwhile.
func TestSearchWhileCommitting(t *testing.T) {
	v := vaulttest.Reopen(t, vaulttest.New(t))
	var committed atomic.Int64
	var work sync.WaitGroup
	work.Go(func() {
		for i := range 60 {
			list := many(20)
			for j := range list {
				list[j].ID = record.NewID()
				list[j].Overlay = &record.Overlay{Note: "tally"}
			}
			if err := v.Commit(t.Context(), record.Change{Put: list}); err != nil {
				t.Errorf("commit %d: %v", i, err)
				return
			}
			committed.Add(int64(len(list)))
		}
	})
	for range 2 {
		work.Go(func() {
			for committed.Load() < 60*20 && !t.Failed() {
				least := committed.Load()
				hits, err := v.Search(t.Context(), "tally", record.Filter{}, 0)
				if err != nil || int64(len(hits)) < least || len(hits)%20 != 0 {
					t.Errorf("got %d hits, %v, want at least %d and whole commits", len(hits), err, least)
				}
			}
		})
	}
	work.Wait()
	sameAsScan(t, v, "at the end")
}
