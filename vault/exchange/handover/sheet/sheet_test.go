package sheet_test

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// glucose is three results, the first in another unit and the last a bound.
func glucose(t *testing.T) sheet.Test {
	t.Helper()
	l := sheettest.New(&record.Patient{})
	for _, r := range []struct {
		on          record.Date
		value, unit string
	}{{"2020-01-02", "99", "mg/dL"}, {"2021-01-02", "5.4", "mmol/L"}, {"2022-01-02", "5.9", "mmol/L"}, {"2023-01-02", "<3", "mmol/L"}} {
		o := sheettest.Lab("Glucose", "2345-7", r.on, r.value, r.unit)
		o.ReferenceRange = sheettest.Between("3.9", "5.6", r.unit)
		l.Add(o, sheettest.Self())
	}
	l.Add(sheettest.Lab("Glucose", "2345-7", "", "7", "mmol/L"), sheettest.Self())
	s := sheet.Build(l.Select(t, exchange.Scope{}))
	results, ok := s.Section("results")
	if !ok || len(results.Tests) != 1 {
		t.Fatalf("got %d tests, want one", len(results.Tests))
	}
	return results.Tests[0]
}

func TestHazard22UnitsShareAnAxisOnlyConverted(t *testing.T) {
	test := glucose(t)
	if len(test.Series) != 1 || test.Series[0].Unit != "mmol/L" {
		t.Fatalf("got %d series, want one: glucose in mg/dL is known in mmol/L", len(test.Series))
	}
	points := test.Series[0].Points
	if n := len(points); n != 4 {
		t.Errorf("got %d points in mmol/L, want 4: the undated one has no place", n)
	}
	if got := points[0].In("mmol/L"); got != "5.5 mmol/L (converted from 99 mg/dL)" {
		t.Errorf("got %s", got)
	}
	l := sheettest.New(&record.Patient{})
	l.Add(sheettest.Lab("Something", "99999-0", "2020-01-02", "99", "mg/dL"), sheettest.Self())
	l.Add(sheettest.Lab("Something", "99999-0", "2021-01-02", "5.4", "mmol/L"), sheettest.Self())
	results, _ := sheet.Build(l.Select(t, exchange.Scope{})).Section("results")
	if n := len(results.Tests[0].Series); n != 2 {
		t.Errorf("got %d series of what nobody knows to convert, want 2", n)
	}
}

func TestHazard18BoundsAreHollow(t *testing.T) {
	points := glucose(t).Series[0].Points
	if !points[0].Exact() || !points[1].Exact() || !points[2].Exact() || points[3].Exact() {
		t.Errorf("got %+v, want the last alone to be a bound", points)
	}
}

// bands are those of a test's first series.
func bands(x sheet.Test) []clinic.Band { return clinic.NewPlot(100, 50, x.Series[0]).Bands }

func TestHazard28BandOfEachReport(t *testing.T) {
	same := sheettest.New(&record.Patient{})
	for _, on := range []record.Date{"2020", "2021"} {
		o := sheettest.Lab("Glucose", "2345-7", on, "5", "mmol/L")
		o.ReferenceRange = sheettest.Between("3.9", "5.6", "mmol/L")
		same.Add(o, sheettest.Self())
	}
	one, _ := sheet.Build(same.Select(t, exchange.Scope{})).Section("results")
	if got := bands(one.Tests[0]); len(got) != 1 || got[0].X != 0 || got[0].Width != 100 {
		t.Errorf("got %v, want one band for both results", got)
	}
	l := sheettest.New(&record.Patient{})
	for i, high := range []string{"5.6", "6.0"} {
		o := sheettest.Lab("Glucose", "2345-7", record.Date([]string{"2020", "2021"}[i]), "5", "mmol/L")
		o.ReferenceRange = sheettest.Between("3.9", high, "mmol/L")
		l.Add(o, sheettest.Self())
	}
	results, _ := sheet.Build(l.Select(t, exchange.Scope{})).Section("results")
	if got := bands(results.Tests[0]); len(got) != 2 || got[0].Top <= got[1].Top || got[0].Width != 50 || got[1].X != 50 {
		t.Errorf("got %v, want the range of each report beside its own result", got)
	}
}
