package vault_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func TestSearch(t *testing.T) {
	v := vaulttest.New(t)
	long := "<p>" + strings.Repeat("Nothing to report here. ", 40) + "Café-au-lait spots seen on the LEFT arm." + strings.Repeat(" And nothing more.", 40) + "</p>"
	commit(t, v, record.Change{Put: []record.Record{
		{ID: "ssssssssssssssss", Person: vaulttest.Person, Resource: &record.DocumentReference{Title: "Dermatology", Section: []record.Section{{Title: "Findings", Text: record.Narrative(long)}}}, Overlay: &record.Overlay{Note: "ask about Müller"}},
		{ID: "sssssssssssssss2", Person: vaulttest.Person, Resource: &record.Other{Title: "Letter about glucose", When: record.At("2001")}},
	}})
	for _, tc := range []struct {
		words string
		want  string // ids, best first
		in    string // the snippet of the first
	}{
		{"glucose", "aaaaaaaaaaaaaaa5 aaaaaaaaaaaaaaa4 sssssssssssssss2", "Glucose in blood"},
		{"GLUC blo", "aaaaaaaaaaaaaaa5 aaaaaaaaaaaaaaa4", ""},
		{"2345-7", "aaaaaaaaaaaaaaa5 aaaaaaaaaaaaaaa4", "2345-7"},
		{"cafe lait", "ssssssssssssssss", "Café-au-lait"},
		{"CAFÉ arm", "ssssssssssssssss", ""},
		{"muller", "ssssssssssssssss", "Müller"},
		{"ucose", "", ""},
		{"glucose hives", "", ""},
		{"walk month", "aaaaaaaaaaaaaaa7", "six months"},
		{"glucsoe", "aaaaaaaaaaaaaaa5 aaaaaaaaaaaaaaa4 sssssssssssssss2", "Glucose"},
		{"tablets", "aaaaaaaaaaaaaaa3", "tablet"},
		{"2345-8", "", ""},
		{"", "", ""},
		{"?!", "", ""},
	} {
		t.Run(tc.words, func(t *testing.T) {
			hits, err := v.Search(t.Context(), tc.words, record.Filter{}, 0)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, h := range hits {
				ids = append(ids, string(h.Record.ID))
			}
			if got := strings.Join(ids, " "); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if tc.in != "" && (len(hits) == 0 || !strings.Contains(hits[0].Snippet, tc.in) || len([]rune(hits[0].Snippet)) > 130) {
				t.Errorf("got the hits %+v, want a short snippet with %q", hits, tc.in)
			}
		})
	}
	if hits, err := v.Search(t.Context(), "glucose", record.Filter{}, 2); err != nil || len(hits) != 2 {
		t.Errorf("got %d hits, %v, want the limit of 2", len(hits), err)
	}
}

func TestSearchMarks(t *testing.T) {
	v := vaulttest.New(t)
	long := "<p>" + strings.Repeat("Nothing to report here. ", 40) + "An  infection\nof the Café-au-lait kind." + strings.Repeat(" And nothing more.", 40) + "</p>"
	commit(t, v, record.Change{Put: []record.Record{
		{ID: "ssssssssssssssss", Person: vaulttest.Person, Resource: &record.DocumentReference{Title: "Dermatology", Section: []record.Section{{Title: "Findings", Text: record.Narrative(long)}}}},
	}})
	for _, tc := range []struct{ words, want string }{
		{"infections cafe", "infection|Café"},
		{"infectoin", "infection"},
		{"derm", "Dermatology"},
		{"glucose 2345-7", "2345-7|Glucose"},
		{"104", "104"},
	} {
		hits, err := v.Search(t.Context(), tc.words, record.Filter{}, 1)
		if err != nil || len(hits) != 1 {
			t.Fatalf("%s: got %d hits, %v", tc.words, len(hits), err)
		}
		var got []string
		for _, m := range hits[0].Marks {
			got = append(got, hits[0].Snippet[m.Start:m.End])
		}
		if g := strings.Join(got, "|"); g != tc.want {
			t.Errorf("%s: got the marks %q in %q, want %q", tc.words, g, hits[0].Snippet, tc.want)
		}
	}
}

// A word that only a deleted record had is misspelt again.
func TestSearchForgetsWords(t *testing.T) {
	v := vaulttest.New(t)
	slip := record.Record{ID: "ssssssssssssssss", Person: vaulttest.Person, Resource: &record.Other{Title: "Glucsoe"}}
	found := func(want int) {
		t.Helper()
		if hits, err := v.Search(t.Context(), "glucsoe blood", record.Filter{}, 0); err != nil || len(hits) != want {
			t.Errorf("got %d hits, %v, want %d", len(hits), err, want)
		}
	}
	found(2)
	commit(t, v, record.Change{Put: []record.Record{slip}})
	found(0)
	commit(t, v, record.Change{Delete: []record.ID{slip.ID}})
	found(2)
}
