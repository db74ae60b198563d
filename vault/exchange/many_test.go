package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
)

// manyFiles are n files that each describe the same person and state one result
// of their own.
func manyFiles(n int) []exchange.Source {
	var list []exchange.Source
	for i := range n {
		lines := []string{"#labs", "patient|Marie Sample|1958-03-14|female|", fmt.Sprintf("result|final|||2024-05-01|http://loinc.org#%d|2024-04-30T10:30:00Z|4.4|mmol/L|", i)}
		list = append(list, exchangetest.Source(fmt.Sprint("file ", i), []byte(strings.Join(lines, "\n"))))
	}
	return list
}

// The cost of many small files of one person grows with their number.
func BenchmarkManyFilesOfOnePerson(b *testing.B) {
	for _, n := range []int{200, 2000, 8000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			files := manyFiles(n)
			for b.Loop() {
				batch, err := exchange.Import(b.Context(), exchangetest.NewMemory(), []exchange.Format{labs}, files, exchange.Options{})
				if err != nil || batch.Held() {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/file")
		})
	}
}
