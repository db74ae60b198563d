package search

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestRows(t *testing.T) {
	hit := func(person record.ID, r record.Resource, snippet string) vault.Hit {
		return vault.Hit{Record: record.Record{ID: "x", Person: person, Resource: r}, Snippet: snippet}
	}
	got := rows([]vault.Hit{
		hit("p", &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Gout"}}, "gout  in the\nleft toe"),
		hit("p", &record.Condition{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "Gout"}}, ""),
		hit("another", &record.Condition{Code: record.Concept{Text: "Gout"}}, ""),
	}, "p")
	if len(got) != 1 {
		t.Fatalf("%d rows, want 1: what was withdrawn and other people stay out", len(got))
	}
	if got[0].Text != "Problems  ·  gout in the left toe" {
		t.Errorf("got %q", got[0].Text)
	}
	if !strings.Contains(footer(limit), "best") || strings.Contains(footer(3), "best") {
		t.Errorf("footers: %q, %q", footer(limit), footer(3))
	}
}
