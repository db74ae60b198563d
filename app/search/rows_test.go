package search

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestRows(t *testing.T) {
	hit := func(r record.Resource, snippet string, marks ...vault.Mark) vault.Hit {
		return vault.Hit{Record: record.Record{ID: "x", Person: "p", Resource: r}, Snippet: snippet, Marks: marks}
	}
	gout := &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Gout"}}
	got := rows([]vault.Hit{
		hit(gout, "gout in the \u202eleft toe", vault.Mark{Start: 0, End: 4}, vault.Mark{Start: 12, End: 19}),
		hit(&record.Condition{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Gout"}}, ""),
		hit(gout, "Gout", vault.Mark{Start: 0, End: 4}),
	})
	if len(got) != 2 {
		t.Fatalf("%d rows, want 2: what was withdrawn stays out", len(got))
	}
	if got[0].Text != "Problems  ·  gout in the ⟦U+202E⟧left toe" {
		t.Errorf("got %q", got[0].Text)
	}
	var strong []string
	for _, s := range got[0].strong {
		strong = append(strong, got[0].Text[s.Start:s.End])
	}
	if s := strings.Join(strong, "|"); s != "gout|⟦U+202E⟧left" {
		t.Errorf("got %q in bold", s)
	}
	if len(got[1].strong) > 0 {
		t.Errorf("got %v in bold where the title has the words", got[1].strong)
	}
	if !strings.Contains(footer(limit), "best") || strings.Contains(footer(3), "best") {
		t.Errorf("footers: %q, %q", footer(limit), footer(3))
	}
}
