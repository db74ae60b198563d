package formats_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// BenchmarkImportToDisk brings a made-up FHIR bundle of about 1 kB an entry
// into a sealed vault on disk, from reading to durable, and says when the first
// record can be listed. The peak is that of the whole process, without a KDF.
func BenchmarkImportToDisk(b *testing.B) {
	for _, entries := range []int{360, 3600, 36_000} {
		b.Run(fmt.Sprint(entries), func(b *testing.B) { importToDisk(b, entries) })
	}
}

func importToDisk(b *testing.B, entries int) {
	var bundle bytes.Buffer
	if err := exchangetest.WriteBundle(&bundle, entries); err != nil {
		b.Fatal(err)
	}
	src := exchangetest.Source("bundle.json", bundle.Bytes())
	ctx := context.Background()
	var first time.Duration
	records := 0
	b.SetBytes(int64(bundle.Len()))
	for b.Loop() {
		b.StopTimer()
		v := vaulttest.Empty(b)
		b.StartTimer()
		start := time.Now()
		batch, err := exchange.Import(ctx, v, formats.All(), []exchange.Source{src}, exchange.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := batch.Commit(ctx); err != nil {
			b.Fatal(err)
		}
		for _, err := range v.Query(ctx, record.Filter{Kind: record.KindCondition}) {
			if err != nil {
				b.Fatal(err)
			}
			first += time.Since(start)
			break
		}
		records += entries + 1
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(first.Seconds()/float64(b.N), "s-to-first-record")
	if peak := peakKB(); peak != "" {
		var mb float64
		if _, err := fmt.Sscan(peak, &mb); err == nil {
			b.ReportMetric(mb/1000, "peak-MB")
		}
	}
}

// peakKB is the most memory the process held, in kB, where the system tells.
func peakKB() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(status), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			return f[1]
		}
	}
	return ""
}
