package vaulttest_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func TestNew(t *testing.T) {
	v := vaulttest.New(t)
	people, err := v.People(t.Context())
	if err != nil || len(people) != 1 || people[0].ID != vaulttest.Person {
		t.Fatalf("got %v, %v, want the one synthetic person", people, err)
	}
	counts, err := v.Counts(t.Context(), vaulttest.Person)
	if err != nil || counts[record.KindObservation] != 2 {
		t.Errorf("got %v, %v, want 2 observations", counts, err)
	}
	v = vaulttest.Reopen(t, v)
	if _, err := v.Get(t.Context(), "aaaaaaaaaaaaaaa7"); err != nil {
		t.Errorf("after opening again: %v", err)
	}
}
