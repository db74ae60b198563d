package disclose_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// BenchmarkMake makes, tests and protects a whole package, without images.
func BenchmarkMake(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l := sheettest.Large(n)
			b.ReportAllocs()
			for b.Loop() {
				req := disclose.Request{Preset: "new-doctor"}
				req.Scope.Person = l.Person
				p, err := disclose.New(b.Context(), l, req, sheettest.Made, "test")
				if err != nil {
					b.Fatal(err)
				}
				d := disclose.Delivery{Path: filepath.Join(b.TempDir(), "package"), Protection: wrap.Protection{Kind: wrap.Zip, Passphrase: []byte(six)}, Formats: formats.All()}
				if _, err := p.Make(b.Context(), &ledger{}, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
