package formats_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// BenchmarkImportToDisk brings a made-up FHIR bundle of about 1 kB an entry
// from a file into a sealed vault on disk, from reading to durable, and says
// when the first record can be listed, how the speed compares with merely
// reading the same tokens, and the most anonymous memory that the process held
// meanwhile (without a KDF; Linux alone tells).
func BenchmarkImportToDisk(b *testing.B) {
	for _, entries := range []int{360, 3600, 36_000} {
		b.Run(fmt.Sprint(entries), func(b *testing.B) { importToDisk(b, entries) })
	}
}

func importToDisk(b *testing.B, entries int) {
	path, size := writeBundle(b, entries)
	tokens := readTokens(b, path)
	debug.FreeOSMemory()
	src, err := exchange.Paths(path)
	if err != nil {
		b.Fatal(err)
	}
	watch := watchMemory()
	ctx := context.Background()
	var first time.Duration
	records := 0
	b.SetBytes(size)
	for b.Loop() {
		b.StopTimer()
		v := vaulttest.Empty(b)
		b.StartTimer()
		start := time.Now()
		batch, err := exchange.Import(ctx, v, formats.All(), src, exchange.Options{})
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
	b.ReportMetric(tokens.Seconds()*float64(b.N)/b.Elapsed().Seconds(), "of-tokens")
	if peak := watch(); peak > 0 {
		b.ReportMetric(float64(peak)/1000, "peak-anonymous-MB")
	}
}

// writeBundle makes the file and tells its size.
func writeBundle(b *testing.B, entries int) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "bundle.json")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if err := exchangetest.WriteBundle(f, entries); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	return path, info.Size()
}

// readTokens is the yardstick: the time to read the file token by token.
func readTokens(b *testing.B, path string) time.Duration {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	start := time.Now()
	dec := jsontext.NewDecoder(f)
	for {
		if _, err := dec.ReadToken(); errors.Is(err, io.EOF) {
			return time.Since(start)
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// watchMemory samples the anonymous memory of the process until the function it
// gives is called, which tells the most that was seen, in kB.
func watchMemory() func() int {
	stop, most := make(chan struct{}), make(chan int)
	go func() {
		peak := 0
		for {
			peak = max(peak, anonymousKB())
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() int {
		close(stop)
		return <-most
	}
}

// anonymousKB is the anonymous memory of the process now, 0 where the system
// does not tell.
func anonymousKB() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "RssAnon:" {
			n, err := strconv.Atoi(f[1])
			if err == nil {
				return n
			}
		}
	}
	return 0
}
