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
	if len(test.Series) != 2 || test.Series[0].Unit != "mg/dL" || test.Series[1].Unit != "mmol/L" {
		t.Fatalf("got %d series, want one for each unit", len(test.Series))
	}
	if n := len(test.Series[1].Dots); n != 3 {
		t.Errorf("got %d dots in mmol/L, want 3: the undated one has no place", n)
	}
}

func TestHazard18BoundsAreHollow(t *testing.T) {
	dots := glucose(t).Series[1].Dots
	if dots[0].Censored || dots[1].Censored || !dots[2].Censored {
		t.Errorf("got %+v, want the last alone to be a bound", dots)
	}
}

func TestHazard28BandNeedsOneRange(t *testing.T) {
	test := glucose(t)
	if s := test.Series[1]; s.Low == nil || *s.Low != 3.9 || s.High == nil || *s.High != 5.6 {
		t.Errorf("got %v, %v, want 3.9 to 5.6", s.Low, s.High)
	}
	l := sheettest.New(&record.Patient{})
	for i, high := range []string{"5.6", "6.0"} {
		o := sheettest.Lab("Glucose", "2345-7", record.Date([]string{"2020", "2021"}[i]), "5", "mmol/L")
		o.ReferenceRange = sheettest.Between("3.9", high, "mmol/L")
		l.Add(o, sheettest.Self())
	}
	results, _ := sheet.Build(l.Select(t, exchange.Scope{})).Section("results")
	if s := results.Tests[0].Series[0]; s.Low != nil || s.High != nil {
		t.Error("got a band, want none where the ranges differ")
	}
}

func TestPlotStaysInItsBox(t *testing.T) {
	for _, values := range [][]float64{{1}, {0, 0}, {1, 1e300}, {-5, 5}, {1e-300, 2e-300}, {5e-324, 0}, {-1.7e308, 1.7e308}} {
		s := sheet.Series{}
		for i, y := range values {
			s.Dots = append(s.Dots, sheet.Dot{At: float64(i), Y: y})
		}
		for _, p := range []sheet.Plot{sheet.NewPlot(100, 50, s), sheet.NewSpark(100, 50, s)} {
			for _, line := range p.Lines {
				for _, spot := range line.Spots {
					if !(spot.X >= 0 && spot.X <= 100 && spot.Y >= 0 && spot.Y <= 50) {
						t.Errorf("%v: got a spot at %v, %v, want it in the box", values, spot.X, spot.Y)
					}
				}
			}
		}
	}
}
