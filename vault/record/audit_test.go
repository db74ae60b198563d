package record_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestVersionFollowsWhatARecordSays(t *testing.T) {
	r := record.Record{ID: "a", Resource: &record.Condition{Code: record.Concept{Text: "Gout"}}}
	before := r.Version()
	if len(before) != 16 {
		t.Errorf("got %q, want 16 digits", before)
	}
	r.Provenance = append(r.Provenance, record.Provenance{Original: "x"})
	if r.Version() != before {
		t.Error("a further source: got another version, want the same")
	}
	for name, change := range map[string]func(*record.Record){
		"content":    func(r *record.Record) { r.Resource = &record.Condition{Code: record.Concept{Text: "Gouty"}} },
		"a note":     func(r *record.Record) { r.Overlay = &record.Overlay{Note: "x"} },
		"held":       func(r *record.Record) { r.Held = []string{"x"} },
		"superseded": func(r *record.Record) { r.Superseded = &record.Superseded{By: "b"} },
	} {
		c := r
		change(&c)
		if c.Version() == before {
			t.Errorf("%s: got the same version, want another", name)
		}
	}
}

func TestLedgerIsApart(t *testing.T) {
	for _, k := range record.Ledger {
		if !k.Kind.Ledger() || record.NewResource(k.Kind) == nil {
			t.Errorf("%s: got no kind of the ledger, want one", k.Kind)
		}
		if _, fact := record.LookupKind(string(k.Kind)); fact {
			t.Errorf("%s is found among the facts, want it apart", k.Kind)
		}
	}
}
