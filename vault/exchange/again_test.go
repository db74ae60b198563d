package exchange_test

import (
	"context"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// namelessFormat reads a finding that names nobody.
var namelessFormat = exchange.Format{
	Name: "nameless", Title: "made-up finding",
	Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
	Import: func(_ context.Context, _ exchange.Source, sink exchange.Sink) error {
		sink.Add(record.Record{Resource: &record.Observation{Code: record.Concept{Text: "Finding"}}, Provenance: []record.Provenance{{Place: "line 1"}}})
		return nil
	},
}

// TestSameFileSamePerson: the user is asked once whose a file is that names
// nobody; the same bytes again are the same person's, also beside others.
func TestSameFileSamePerson(t *testing.T) {
	ctx, m := context.Background(), exchangetest.NewMemory()
	for n, content := range []string{"a finding", "another finding", "a finding", "another finding"} {
		b, err := exchange.Import(ctx, m, []exchange.Format{namelessFormat}, []exchange.Source{exchangetest.Source("f", []byte(content))}, exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if n >= 2 {
			if b.Held() || !b.Empty() {
				t.Errorf("%q again: held %v, %+v", content, b.Held(), b.Receipt)
			}
			continue
		}
		if !b.Held() {
			t.Fatalf("%q: not held", content)
		}
		if err := b.Assign(ctx, exchange.NewPerson); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Commit(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if people, _ := m.People(ctx); len(people) != 2 {
		t.Errorf("%d people, want 2", len(people))
	}
}
