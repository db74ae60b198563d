package vault_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// searchBenchSizes are the sizes of the vaults searched, in records; more with
// CARNET_BENCH_RECORDS=1000000.
func searchBenchSizes() []int {
	sizes := []int{10_000, 100_000}
	if n, err := strconv.Atoi(os.Getenv("CARNET_BENCH_RECORDS")); err == nil {
		sizes = append(sizes, n)
	}
	return sizes
}

// filled gives the folder of a closed vault of n records.
func filled(b *testing.B, n int) string {
	b.Helper()
	v, _, err := vault.Create(b.Context(), b.TempDir()+"/v", []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		b.Fatal(err)
	}
	for list := many(n); len(list) > 0; {
		part := list[:min(len(list), 40_000)]
		list = list[len(part):]
		if err := v.Commit(b.Context(), record.Change{Put: part}); err != nil {
			b.Fatal(err)
		}
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return v.Dir()
}

// The ten queries: of one and several words, rare and in every record, begun,
// inflected and misspelt.
var searchBench = []string{"glucose", "drink weeks 9996", "8480-6", "gluc plasma", "hospital", "problems", "visit 99", "104.4", "hemoglobni", "2345-7 mass serum"}

func BenchmarkSearch(b *testing.B) {
	for _, n := range searchBenchSizes() {
		dir := filled(b, n)
		b.Run(fmt.Sprint(n, "/first"), func(b *testing.B) { // after unlock
			for b.Loop() {
				b.StopTimer()
				v := reopened(b, dir)
				b.StartTimer()
				searched(b, v, "glucose")
				b.StopTimer()
				v.Close()
				b.StartTimer()
			}
		})
		v := reopened(b, dir)
		for _, words := range searchBench {
			searched(b, v, words)
			b.Run(fmt.Sprint(n, "/", words), func(b *testing.B) {
				hits := 0
				for b.Loop() {
					hits = searched(b, v, words)
				}
				b.ReportMetric(float64(hits), "hits")
			})
		}
		v.Close()
		b.Run(fmt.Sprint(n, "/built"), func(b *testing.B) { // lost, and built again
			for b.Loop() {
				b.StopTimer()
				os.RemoveAll(filepath.Join(dir, "search"))
				v := reopened(b, dir)
				b.StartTimer()
				searched(b, v, "glucose")
				b.StopTimer()
				v.Close()
				b.StartTimer()
			}
			size := folderSize(b, filepath.Join(dir, "search"))
			b.ReportMetric(float64(size)/1e6, "MB-on-disk")
			b.ReportMetric(float64(size)/float64(n), "B/record")
		})
	}
}

func searched(b *testing.B, v *vault.Vault, words string) int {
	b.Helper()
	hits, err := v.Search(b.Context(), words, record.Filter{}, 20)
	if err != nil || len(hits) == 0 {
		b.Fatalf("%s: got %d hits, %v", words, len(hits), err)
	}
	return len(hits)
}
