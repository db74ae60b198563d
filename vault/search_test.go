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
