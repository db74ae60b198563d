package vault_test

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// scan looks through the records for what Search is to find.
func scan(list []record.Record, words string, f record.Filter) []record.ID {
	q := fulltext.Parse(words)
	if q.Empty() {
		return nil
	}
	wide := record.Filter{Person: f.Person, Kind: f.Kind}
	for _, w := range q.Words() {
		if !slices.ContainsFunc(list, func(r record.Record) bool { return wide.Match(r) && hasWords(r, w) }) {
			w.Misspelt()
		}
	}
	var ids []record.ID
	for _, r := range list {
		if f.Match(r) && hasWords(r, q) {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// hasWords says whether all words of a query are in a record.
func hasWords(r record.Record, q *fulltext.Query) bool {
	var all uint32
	for _, text := range vault.SearchTexts(r) {
		_, words := q.Spans(text.Text)
		all |= words
	}
	return bits.OnesCount32(all) == q.Len()
}

var scanWords = []string{
	"glucsoe", "problem 23", "8480-6", "hospital", "changed", "nothinglikeit", "walking", // these in every test
	"glucose", "gluc plasma", "problems", "2345-7 mass", "visit note", "drink weeks", "hospitl",
	"penicilin", "5.5", "104", "a", "laboratory final", "hypertensoin", "made 36", "pressures", "zzz 1",
}

// sameAsScan compares searches with the scan; each hit must have a snippet in
// which something is marked.
func sameAsScan(t testing.TB, v *vault.Vault, when string) {
	t.Helper()
	compareWithScan(t, v, when, scanWords, []record.Filter{{}, {Kind: record.KindObservation}, {Person: "aaaaaaaaaaaaaaaa"}, {Person: "nobody"}, {Code: "8480-6"}, {From: "2010", To: "2015"}})
}

// muchAsScan is for what is done often.
func muchAsScan(t testing.TB, v *vault.Vault, when string) {
	t.Helper()
	compareWithScan(t, v, when, scanWords[:7], []record.Filter{{}})
}

func compareWithScan(t testing.TB, v *vault.Vault, when string, words []string, filters []record.Filter) {
	t.Helper()
	list := slices.Collect(maps.Values(all(t, v)))
	for _, words := range words {
		for _, f := range filters {
			hits, err := v.Search(t.Context(), words, f, 0)
			if err != nil {
				t.Fatalf("%s: %s: %v", when, words, err)
			}
			var got []record.ID
			for i, h := range hits {
				got = append(got, h.Record.ID)
				if len(h.Marks) == 0 || h.Snippet == "" {
					t.Errorf("%s: %s: nothing is marked in %q", when, words, h.Snippet)
				}
				if i > 0 && h.Score > hits[i-1].Score {
					t.Errorf("%s: %s: hit %d is better than the one before", when, words, i)
				}
			}
			slices.Sort(got)
			if want := scan(list, words, f); !slices.Equal(got, want) {
				t.Fatalf("%s: %s with %+v: got %d records, want %d: %v, %v", when, words, f, len(got), len(want), head(got), head(want))
			}
		}
	}
}

func head(ids []record.ID) []record.ID { return ids[:min(5, len(ids))] }

// searchSession changes a vault as people do: new, changed and deleted records.
func searchSession(t testing.TB, v *vault.Vault, n int) {
	t.Helper()
	list := many(40 * (n + 1))
	commit(t, v, record.Change{Put: list[1:]})
	changed := slices.Clone(list[5:25])
	for i := range changed {
		changed[i].Overlay = &record.Overlay{Note: fmt.Sprint("changed zzz ", n, " ", i)}
	}
	commit(t, v, record.Change{Put: changed})
	commit(t, v, record.Change{Delete: []record.ID{list[3].ID, list[7].ID, list[len(list)-1].ID}})
	commit(t, v, record.Change{Put: []record.Record{{ID: "zzzzzzzzzzzzzzzz", Person: "bbbbbbbbbbbbbbbb", Resource: &record.Other{Title: strings.Repeat("Session ", n+1)}}}})
}
