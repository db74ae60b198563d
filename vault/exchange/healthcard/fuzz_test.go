package healthcard_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
)

// FuzzImport brings anything in: nothing panics, and receipts add up.
func FuzzImport(f *testing.F) {
	for _, b := range suite(f).Good {
		f.Add(b)
	}
	f.Add([]byte("shc:/2/3/5676"))
	f.Add([]byte("shlink:/eyJ1cmwiOiIifQ\nshc:/1/2/56"))
	f.Add([]byte(`{"keys":[{"kty":"EC","kid":"x","crv":"P-256","x":"","y":"","x5c":["AA=="]}]}`))
	f.Add([]byte(`{"kid":"a","method":"rid","rids":["a.1"]}`))
	f.Add([]byte(claimsOf(strings.Repeat("[", 100), "")))
	fm := format()
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = fm.Identify(exchange.Head{Bytes: content})
		src := exchange.Source{Name: "x", FS: fstest.MapFS{"jwks.json": {Data: content}, "x": {Data: content}}, Path: "x"}
		b, err := exchange.Import(t.Context(), exchangetest.NewMemory(), []exchange.Format{fm}, []exchange.Source{src}, exchange.Options{Person: exchange.NewPerson})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range b.Receipt.Sources {
			if !s.Adds() {
				t.Fatalf("the receipt does not add up: %+v", s)
			}
			for _, i := range s.Issues {
				if strings.Contains(i.Text, "fault in Carnet") {
					t.Fatal("a panic")
				}
			}
		}
	})
}
