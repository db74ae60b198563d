package fhir_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// truth is what an independent script counted in a file.
type truth struct {
	Total     int            `json:"total_resources"`
	Resources map[string]int `json:"resources"`
	Notes     int            `json:"notes"`
}

// absorbed are the types that count as filed with another record.
var absorbed = map[string]bool{"Medication": true, "Specimen": true, "Binary": true}

// kindOf says as which kind a type is filed; "" when it is not filed.
func kindOf(typ string) record.Kind {
	switch typ {
	case "MedicationOrder", "MedicationRequest", "MedicationDispense", "MedicationAdministration":
		return record.KindMedicationStatement
	case "Composition", "Media":
		return record.KindDocumentReference
	case "DeviceUseStatement":
		return record.KindDevice
	case "Claim", "ExplanationOfBenefit", "Organization", "Practitioner", "PractitionerRole", "Location", "Coverage":
		return ""
	}
	if k, ok := record.LookupKind(typ); ok {
		return k.Kind
	}
	return record.KindOther
}

func TestTruth(t *testing.T) {
	var all struct {
		FHIR map[string]truth `json:"fhir"`
	}
	b, err := os.ReadFile(shared(t, "data", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for name, want := range all.FHIR {
		if dir, _, _ := cut(name); dir == "shc" {
			continue // inside a signed card
		}
		t.Run(name, func(t *testing.T) { compare(t, shared(t, "data", name), want) })
	}
}

func cut(name string) (string, string, bool) {
	d := filepath.ToSlash(name)
	for i := range d {
		if d[i] == '/' {
			return d[:i], d[i+1:], true
		}
	}
	return d, "", false
}

func compare(t *testing.T, path string, want truth) {
	got, total := filed(t, path)
	kinds, sum := map[string]int{}, 0
	for typ, n := range want.Resources {
		if k := kindOf(typ); k != "" && !absorbed[typ] {
			kinds[string(k)] += n
		}
		sum += n
	}
	if total != sum {
		t.Errorf("read %d items, want %d", total, sum)
	}
	for k, n := range kinds {
		if got[k] != n {
			t.Errorf("%s: got %d, want %d", k, got[k], n)
		}
	}
	for k, n := range got {
		if kinds[k] == 0 {
			t.Errorf("%s: got %d, want none", k, n)
		}
	}
}

// filed imports a file or folder and counts what was filed.
func filed(t *testing.T, path string) (map[string]int, int) {
	t.Helper()
	sources, err := exchange.Paths(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &store{}
	b, err := exchange.Import(context.Background(), s, []exchange.Format{fhir.Format()}, sources, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	kinds, total := map[string]int{}, 0
	for _, src := range r.Sources {
		if !src.Adds() {
			t.Errorf("%s: the counts do not add up: %+v", src.Name, src)
		}
		total += src.Read
		if src.Refused > 0 || src.Kept > 0 {
			t.Logf("%s: kept %d, refused %d", src.Name, src.Kept, src.Refused)
		}
		for k, n := range src.Kinds {
			kinds[k] += n
		}
		kinds["duplicate"] += src.Duplicate
	}
	if kinds["duplicate"] == 0 {
		delete(kinds, "duplicate")
	}
	return kinds, total
}
