package fhir_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// largest is the largest bundle of ../shared, else a made one of 4 MB.
func largest(b *testing.B) []byte {
	b.Helper()
	dir, err := os.Getwd()
	if err != nil {
		b.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "../../../../shared/data/fhir-r4/synthea/Fletcher*.json"))
	if len(found) > 0 {
		data, err := os.ReadFile(found[0])
		if err != nil {
			b.Fatal(err)
		}
		return data
	}
	return []byte(madeBundle(6000))
}

// madeBundle is a bundle of one person with n results.
func madeBundle(n int) string {
	var s strings.Builder
	s.WriteString(`{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","name":[{"family":"Test","given":["Ada"]}],"birthDate":"1961-04-03"}}`)
	for i := range n {
		fmt.Fprintf(&s, `,{"fullUrl":"urn:uuid:o%d","resource":{"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}],"text":"Potassium"},"subject":{"reference":"urn:uuid:p"},"effectiveDateTime":"20%02d-03-04T10:%02d:00+01:00","issued":"2021-03-04T10:00:00.000+01:00","valueQuantity":{"value":%d.%02d0,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"referenceRange":[{"low":{"value":3.5},"high":{"value":5.1}}]}}`, i, i%25, i%60, i%9, i%100)
	}
	s.WriteString("]}")
	return s.String()
}

func BenchmarkImport(b *testing.B) {
	data := largest(b)
	src := exchange.Source{Name: "a.json", FS: fstest.MapFS{"a.json": {Data: data}}, Path: "a.json"}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	items := 0
	for b.Loop() {
		s := &sink{}
		if err := fhir.Format().Import(context.Background(), src, s); err != nil {
			b.Fatal(err)
		}
		items += len(s.records) + len(s.issues)
	}
	b.ReportMetric(float64(items)/b.Elapsed().Seconds(), "resources/s")
}

// BenchmarkOfTokens reads a made-up bundle of one person, about 1 kB an entry,
// and gives the speed as a share of that of merely reading its tokens. In ten
// times the size the time is to grow no more than twelvefold.
func BenchmarkOfTokens(b *testing.B) {
	for _, n := range []int{400, 4000, 40_000} {
		b.Run(itoa(n), func(b *testing.B) {
			var made bytes.Buffer
			if err := exchangetest.WriteBundle(&made, n); err != nil {
				b.Fatal(err)
			}
			src := exchangetest.Source("a.json", made.Bytes())
			b.SetBytes(int64(made.Len()))
			b.ReportAllocs()
			var merely time.Duration
			for b.Loop() {
				b.StopTimer()
				start := time.Now()
				readTokens(b, made.Bytes())
				merely += time.Since(start)
				b.StartTimer()
				if err := fhir.Format().Import(context.Background(), src, &counter{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(merely.Seconds()/b.Elapsed().Seconds(), "of-tokens")
		})
	}
}

func itoa(n int) string { return fmt.Sprint(n) }

// counter is a sink that keeps nothing.
type counter struct {
	exchange.Sink
	n int
}

func (c *counter) Add(record.Record)     { c.n++ }
func (c *counter) Report(exchange.Issue) {}

// BenchmarkTokens is the yardstick: reading the same file token by token.
func BenchmarkTokens(b *testing.B) {
	data := largest(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		readTokens(b, data)
	}
}

func readTokens(b *testing.B, data []byte) {
	dec := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := dec.ReadToken(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
