package html_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
)

const largestPage = 8 << 20 // bytes, for ten thousand records

func TestLargePageIsSmallEnough(t *testing.T) {
	if page := export(t, sheettest.Large(10_000), exchange.Scope{}); len(page) > largestPage {
		t.Errorf("got a page of %d bytes, want at most %d", len(page), largestPage)
	}
}

func BenchmarkHTML(b *testing.B) {
	for _, n := range []int{400, 2_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			sel := sheettest.Large(n).Select(b, exchange.Scope{})
			b.ReportAllocs()
			size := &sizer{}
			for b.Loop() {
				size.n = 0
				if err := html.Format.Export(context.Background(), size, sel); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size.n), "bytes")
		})
	}
}

// sizer counts what is written.
type sizer struct{ n int64 }

var _ io.Writer = (*sizer)(nil)

func (s *sizer) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	return len(p), nil
}
