package healthcard_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestSharedCards brings in the published examples, each with the issuer's
// folder beside it and without.
func TestSharedCards(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "shc")
	keys, err := os.ReadFile(filepath.Join(root, "issuer-well-known", "jwks.json"))
	if err != nil {
		t.Fatal(err)
	}
	const list = "3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9s.json"
	gone, err := os.ReadFile(filepath.Join(root, "issuer-well-known", list))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		files        []string
		doses        int
		verified, in bool // named by the list of revoked cards
	}{
		{[]string{"example-00-d-jws.txt"}, 3, true, false},
		{[]string{"example-00-e-file.smart-health-card"}, 3, true, false},
		{[]string{"example-00-f-qr-code-numeric-value-0.txt"}, 3, true, false},
		{[]string{"example-00-b-jws-payload-expanded.json"}, 3, false, false},
		{[]string{"example-00-c-jws-payload-minified.json"}, 3, false, false},
		{[]string{"example-01-e-file.smart-health-card"}, 3, true, false},
		{[]string{"example-01-f-qr-code-numeric-value-0.txt"}, 3, true, false},
		{[]string{"example-03-d-jws.txt"}, 2, true, true},
		{[]string{"example-03-e-file.smart-health-card"}, 2, true, true},
		{[]string{"example-03-f-qr-code-numeric-value-0.txt"}, 2, true, true},
	} {
		files := fstest.MapFS{"issuer-well-known/jwks.json": one(keys), "issuer-well-known/" + list: one(gone)}
		alone := fstest.MapFS{}
		for _, name := range tt.files {
			b, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			files[name], alone[name] = one(b), one(b)
		}
		i := bring(t, files)
		doses := of[*record.Immunization](i)
		if len(doses) != tt.doses || strings.Contains(i.told(), "verified: ") != tt.verified {
			t.Errorf("%v: got %d doses\n%s", tt.files, len(doses), i.told())
		}
		for _, r := range i.records {
			if got := r.Summary().Standing != record.Current; r.Resource.Kind() == record.KindImmunization && got != tt.in {
				t.Errorf("%v: the standing of a dose is %q", tt.files, r.Summary().Standing)
			}
		}
		if i := bring(t, alone); len(of[*record.Immunization](i)) != tt.doses || strings.Contains(i.told(), "verified: ") {
			t.Errorf("%v without keys: %s", tt.files, i.told())
		}
	}
}

// TestSharedParts: the example in three QR codes is the example in one file. Its
// entries name the Composition as their subject, which is no person: they stay
// in the original.
func TestSharedParts(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "shc")
	files := fstest.MapFS{}
	for _, n := range []string{"0", "1", "2"} {
		name := "example-02-f-qr-code-numeric-value-" + n + ".txt"
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = one(b)
	}
	b, err := os.ReadFile(filepath.Join(root, "example-02-e-file.smart-health-card"))
	if err != nil {
		t.Fatal(err)
	}
	parts, whole := bring(t, files), bring(t, fstest.MapFS{"e.smart-health-card": one(b)})
	if len(parts.records) < 3 || len(parts.records) != len(whole.records) {
		t.Errorf("got %d records from the codes, %d from the file\n%s", len(parts.records), len(whole.records), parts.told())
	}
}

// TestSharedFolder brings the whole folder in at once: nothing is refused but
// for a reason in words.
func TestSharedFolder(t *testing.T) {
	sources, err := exchange.Paths(filepath.Join(shared(t, "data"), "shc"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), []exchange.Format{fhir.Format(), format()}, sources, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range b.Receipt.Sources {
		if !s.Adds() || s.Refused > 0 {
			t.Errorf("%s: %+v", s.Name, s)
		}
	}
}
