package apple_test

import (
	"io"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/apple"
	"github.com/carnet-phr/carnet/vault/record"
)

// drop is a sink that keeps nothing but counts.
type drop struct{ t testing.TB }

func (d drop) Add(r record.Record) {
	if r.Source().Place == "" {
		d.t.Error("a record has no place")
	}
	r.Resource.Summary()
	r.Resource.Details()
}

func (drop) Report(exchange.Issue) {}

func (drop) Attach(string, string, io.Reader) (record.Attachment, error) {
	return record.Attachment{}, nil
}

// FuzzImport brings anything in: nothing panics, and receipts add up.
func FuzzImport(f *testing.F) {
	for _, b := range suite().Good {
		f.Add(b)
	}
	f.Add(export(`<Record type="HKCategoryTypeIdentifierSleepAnalysis" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 08:00:00 +0100" value="HKCategoryValueSleepAnalysisAsleepREM"/>`))
	f.Add(export(`<Workout workoutActivityType="x" startDate="2024-02-03 07:00:00 +0100" duration="1e5"/><Audiogram startDate="2024-02-03 07:00:00 +0100"><SensitivityPoint leftEarValue="-0" leftEarUnit="dB"/></Audiogram>`))
	f.Add(export(`<Record type="HKQuantityTypeIdentifierOxygenSaturation" unit="%" value="-.9e-3" startDate="2024-02-03 07:00:00 +0100"/>`))
	f.Add([]byte(brokenDoctype + "<HealthData><Record a b=\"1\"/>\v</HealthData>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = apple.Format.Identify(exchange.Head{Bytes: content})
		src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: content}}, Path: "x"}
		_ = apple.Format.Import(t.Context(), src, drop{t})
		bring(t, "x.xml", content)
	})
}
