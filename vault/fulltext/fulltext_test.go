package fulltext_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

type doc struct {
	fulltext.Doc
	texts []fulltext.Text
}

func body(id, group, text string, time uint64) doc {
	return doc{fulltext.Doc{ID: id, Group: group, Time: time}, []fulltext.Text{{Field: fulltext.Body, Text: text}}}
}

func titled(id, title, text string, time uint64) doc {
	return doc{fulltext.Doc{ID: id, Time: time}, []fulltext.Text{{Field: fulltext.Title, Text: title}, {Field: fulltext.Body, Text: text}}}
}

func segment(t testing.TB, docs ...doc) *fulltext.Segment {
	t.Helper()
	b := fulltext.NewBuilder()
	for _, d := range docs {
		b.Add(d.Doc, d.texts)
	}
	s, err := b.Segment()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func find(t testing.TB, segments []*fulltext.Segment, words string, accept func(string) bool) []string {
	t.Helper()
	found, err := fulltext.Find(t.Context(), segments, fulltext.Parse(words), accept)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for found.Len() > 0 {
		for _, c := range found.Next(3) {
			d, err := found.Doc(c)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func TestFind(t *testing.T) {
	a := segment(t,
		titled("title", "Glucose in blood", "5.2", 9),
		titled("older", "Glucose in blood", "5.3", 7),
		titled("body", "Letter", "about glucose", 1),
		titled("prefix", "Letter", "glucosemeter", 1),
		titled("stem", "Letter", "one infection was seen", 1),
		titled("twice", "Infections", "", 1),
	)
	b := segment(t,
		titled("newest", "Glucose in blood", "5.1", 5),
		titled("far", "Café au lait spots", "8480-6", 5),
	)
	for _, tc := range []struct{ words, want string }{
		{"glucose", "newest older title body prefix"},
		{"glucose blood", "newest older title"},
		{"blood 5.3", "older"},
		{"gluc 5", "newest older title"},
		{"glucsoe", "newest older title body"},
		{"infections", "twice stem"},
		{"infection", "twice stem"},
		{"cafe 8480-6", "far"},
		{"8480", "far"},
		{"8480-", "far"},
		{"6", "far"},
		{"848", "far"},
		{"8481-6", ""},
		{"glucose infection", ""},
		{"ucose", ""},
		{"", ""},
	} {
		t.Run(tc.words, func(t *testing.T) {
			if got := strings.Join(find(t, []*fulltext.Segment{a, b}, tc.words, nil), " "); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// A word is misspelt only where no document of the groups asked for has it.
func TestGroups(t *testing.T) {
	s := segment(t, body("1", "ada", "diabetes", 1), body("2", "bob", "diabetis", 1), body("3", "bob", "diabetes", 2))
	only := func(group string) func(string) bool { return func(g string) bool { return g == group } }
	for _, tc := range []struct {
		words, group, want string
	}{
		{"diabetis", "ada", "[1]"},
		{"diabetis", "bob", "[2 3]"}, // two forms of one word: the stem is the same
		{"diabetsi", "bob", "[2 3]"},
		{"diabetes", "eve", "[]"},
	} {
		if got := fmt.Sprint(find(t, []*fulltext.Segment{s}, tc.words, only(tc.group))); got != tc.want {
			t.Errorf("%s of %s: got %s, want %s", tc.words, tc.group, got, tc.want)
		}
	}
}

// However documents are spread over segments, and merged, the same is found in
// the same order.
func TestMergeFindsTheSame(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("glucose glucagon blood plasma infection infections infected 8480-6 104.5 104.7 douleur douleurs entzündung Entzündungen 血糖値 血圧 creatinine kreatinin left arm")
	var docs []doc
	for i := range 3000 {
		var title, text []string
		for range rnd.IntN(3) {
			title = append(title, words[rnd.IntN(len(words))])
		}
		for range 1 + rnd.IntN(9) {
			text = append(text, words[rnd.IntN(len(words))])
		}
		docs = append(docs, doc{
			fulltext.Doc{ID: fmt.Sprint("d", i), Group: fmt.Sprint(i % 3), Time: rnd.Uint64N(1e6)},
			[]fulltext.Text{{Field: fulltext.Title, Text: strings.Join(title, " ")}, {Field: fulltext.Body, Text: fmt.Sprint(strings.Join(text, " "), " number ", i)}},
		})
	}
	whole := []*fulltext.Segment{segment(t, docs...)}
	parts := []*fulltext.Segment{segment(t, docs[:100]...), segment(t, docs[100:2500]...), segment(t, docs[2500:]...)}
	merged := []*fulltext.Segment{merge(t, parts, func(int, fulltext.Doc) bool { return true })}
	for _, q := range []string{"gluc", "glucose", "infected arm", "8480-6", "104", "douleurs", "entzundungen", "血糖", "creatinina", "number 1234", "num", "n", "left 10"} {
		want := find(t, whole, q, nil)
		for name, segments := range map[string][]*fulltext.Segment{"parts": parts, "merged": merged} {
			if got := find(t, segments, q, nil); !slices.Equal(got, want) {
				t.Errorf("%s, %s: got %d hits, want %d in the order of one segment", q, name, len(got), len(want))
			}
		}
		if len(want) == 0 {
			t.Errorf("%s: nothing found at all", q)
		}
	}
	fewer := []*fulltext.Segment{merge(t, parts, func(s int, _ fulltext.Doc) bool { return s == 1 })}
	if got := fewer[0].Len(); got != 2400 {
		t.Errorf("got %d documents, want the 2400 that were kept", got)
	}
	if got := find(t, fewer, "number 50", nil); len(got) != 0 && got[0] == "d50" {
		t.Error("a document that was left out is found")
	}
}

func merge(t testing.TB, parts []*fulltext.Segment, keep func(int, fulltext.Doc) bool) *fulltext.Segment {
	t.Helper()
	var blocks fulltext.Memory
	err := fulltext.Merge(parts, func(s int, d fulltext.Doc) (bool, error) { return keep(s, d), nil }, blocks.Append)
	if err != nil {
		t.Fatal(err)
	}
	s, err := fulltext.Open(&blocks)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := segment(t, body("1", "", "word", 1))
	if _, err := fulltext.Find(ctx, []*fulltext.Segment{s}, fulltext.Parse("word"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was called off", err)
	}
}

// The order is the same however many are asked for at a time.
func TestNext(t *testing.T) {
	var docs []doc
	for i := range 2000 {
		docs = append(docs, body(fmt.Sprintf("%04d", i), "", "word", uint64(i/2)))
	}
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	s := []*fulltext.Segment{segment(t, docs...)}
	found, err := fulltext.Find(t.Context(), s, fulltext.Parse("word"), nil)
	if err != nil {
		t.Fatal(err)
	}
	last, n := uint64(0), 0
	for i := 1; found.Len() > 0; i = i*3%97 + 1 {
		for _, c := range found.Next(i) {
			d, err := found.Doc(c)
			if err != nil {
				t.Fatal(err)
			}
			if d.Time < last {
				t.Fatalf("hit %d is newer than the one before", n)
			}
			last = d.Time
			n++
		}
	}
	if n != len(docs) {
		t.Errorf("got %d hits, want %d", n, len(docs))
	}
}
