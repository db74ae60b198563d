package record_test

import (
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func potassium(id, system, local, value string) record.Record {
	return record.Record{
		Person: "p",
		Resource: &record.Observation{
			Status: "final", Effective: record.At("2021-03-05T10:30:00Z"),
			Code:  record.Concept{Coding: []record.Coding{{System: record.LOINC, Code: "2823-3"}}},
			Value: record.Value{Quantity: record.Quantity{Value: value, Unit: "mmol/L"}},
		},
		Provenance: []record.Provenance{{
			Original: record.Hash("file-" + local), Place: "/" + local, System: system, Local: []string{local},
			Identifiers: []record.Identifier{{System: "urn:lab", Value: id}},
		}},
	}
}

// share says whether two records state one fact, as far as their keys let them
// meet.
func share(a, b record.Record) bool {
	for _, k := range a.Keys() {
		if slices.Contains(b.Keys(), k) {
			return a.Testimonies()[0].Agrees(&b.Testimonies()[0])
		}
	}
	return false
}

func TestHazard45SameFactSharesAKey(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b record.Record
		want bool
	}{
		{"same issuer identifier", potassium("1", "", "a", "4.4"), potassium("1", "", "b", "4.4"), true},
		{"same fact of one system", potassium("1", "Lab", "a", "4.4"), potassium("2", "Lab", "b", "4.4"), true},
		{"same fact of two systems", potassium("1", "Lab", "a", "4.4"), potassium("2", "Other lab", "b", "4.4"), false},
		{"another value", potassium("1", "Lab", "a", "4.4"), potassium("2", "Lab", "b", "4.40"), false},
		{"no system", potassium("1", "", "a", "4.4"), potassium("2", "", "b", "4.4"), false},
	} {
		if got := share(c.a, c.b); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	other := potassium("1", "Lab", "a", "4.4")
	other.Person = "q"
	if share(potassium("1", "Lab", "a", "4.4"), other) {
		t.Error("the records of two people share a key")
	}
}

// The IDs that a vault gives to referred records do not change what a record
// says.
func TestResolvedReferencesDoNotChangeContent(t *testing.T) {
	a, b := potassium("1", "", "a", "4.4"), potassium("1", "", "a", "4.4")
	a.Resource.(*record.Observation).Panel = record.Reference{Local: "x", ID: record.NewID()}
	b.Resource.(*record.Observation).Panel = record.Reference{Local: "x"}
	if !record.SameContent(a, b) {
		t.Error("a resolved reference counts as a difference")
	}
}

func TestIDs(t *testing.T) {
	seen := map[record.ID]bool{}
	for range 1000 {
		id := record.NewID()
		if !id.Valid() || seen[id] {
			t.Fatalf("%q", id)
		}
		seen[id] = true
	}
	for _, id := range []record.ID{"", "short", "ABCDEFGHJKMNPQRS", "0123456789abcdeu!"} {
		if id.Valid() {
			t.Errorf("%q passes for an ID", id)
		}
	}
}
