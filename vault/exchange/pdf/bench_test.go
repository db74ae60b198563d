package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/pdf"
)

func BenchmarkPDF(b *testing.B) {
	for _, n := range []int{421, 2_350, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			sel := sheettest.Large(n).Select(b, exchange.Scope{})
			b.ReportAllocs()
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := pdf.Format.Export(context.Background(), &out, sel); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len()), "bytes")
		})
	}
}
