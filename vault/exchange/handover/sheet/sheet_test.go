package sheet_test

import (
	"testing"

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

func TestHazard22UnitsNeverShareAnAxis(t *testing.T) {
	test := glucose(t)
	if len(test.Series) != 2 || test.Series[0].Unit != "mmol/L" || test.Series[1].Unit != "mg/dL" {
		t.Fatalf("got %d series, want one for each unit", len(test.Series))
	}
	if n := len(test.Series[0].Points); n != 3 {
		t.Errorf("got %d dots in mmol/L, want 3: the undated one has no place", n)
	}
}

func TestHazard18BoundsAreHollow(t *testing.T) {
	points := glucose(t).Series[0].Points
	if !points[0].Exact() || !points[1].Exact() || points[2].Exact() {
		t.Errorf("got %+v, want the last alone to be a bound", points)
	}
}

func TestHazard28BandNeedsOneRange(t *testing.T) {
	test := glucose(t)
	if low, high := test.Series[0].Band(); low == nil || *low != 3.9 || high == nil || *high != 5.6 {
		t.Errorf("got %v, %v, want 3.9 to 5.6", low, high)
	}
	l := sheettest.New(&record.Patient{})
	for i, high := range []string{"5.6", "6.0"} {
		o := sheettest.Lab("Glucose", "2345-7", record.Date([]string{"2020", "2021"}[i]), "5", "mmol/L")
		o.ReferenceRange = sheettest.Between("3.9", high, "mmol/L")
		l.Add(o, sheettest.Self())
	}
	results, _ := sheet.Build(l.Select(t, exchange.Scope{})).Section("results")
	if low, high := results.Tests[0].Series[0].Band(); low != nil || high != nil {
		t.Error("got a band, want none where the ranges differ")
	}
}
