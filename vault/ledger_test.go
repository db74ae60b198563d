package vault_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestLedgerStaysOutOfTheRecord commits a disclosure: only who asks for its kind
// finds it, and it lasts.
func TestLedgerStaysOutOfTheRecord(t *testing.T) {
	v := vaulttest.New(t)
	ctx := t.Context()
	people, err := v.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	before, err := v.Counts(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	event := &record.AuditEvent{Recipient: "Dr Quorlbert", Recorded: "2026-05-03", Carried: []record.Carried{{Record: "a", Version: "0123456789abcdef"}}}
	if err := v.Commit(ctx, record.Change{Put: []record.Record{{ID: record.NewID(), Person: people[0].ID, Resource: event}}}); err != nil {
		t.Fatal(err)
	}
	if after, err := v.Counts(ctx, ""); err != nil || after[record.KindAuditEvent] != 0 || len(after) != len(before) {
		t.Errorf("counts: got %v, %v, want none of a disclosure", after, err)
	}
	for r, err := range v.Query(ctx, record.Filter{}) {
		if err != nil || r.Resource.Kind().Ledger() {
			t.Errorf("got %s, %v, want facts alone", r.Resource.Kind(), err)
		}
	}
	n := 0
	for r, err := range v.Query(ctx, record.Filter{Kind: record.KindAuditEvent, Person: people[0].ID}) {
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := r.Resource.(*record.AuditEvent); !ok || len(got.Carried) != 1 || got.Recipient != event.Recipient {
			t.Errorf("got %+v, want what was committed", r.Resource)
		}
		n++
	}
	if n != 1 {
		t.Errorf("asked for: got %d, want 1", n)
	}
	found, err := v.Search(ctx, "Quorlbert", record.Filter{}, 10)
	if err != nil || len(found) != 0 {
		t.Errorf("search: got %d hits, %v, want none", len(found), err)
	}
}
