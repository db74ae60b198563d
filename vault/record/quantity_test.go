package record_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// A decimal is shown byte for byte as it was written.
func TestHazard19DecimalsKeepTheirDigits(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 50_000
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range n {
		text := fmt.Sprintf("%d.%0*d", r.IntN(100_000), 1+r.IntN(9), r.IntN(1_000_000_000))
		if r.IntN(2) == 0 {
			text = "-" + text
		}
		got, ok := record.DecimalText(text)
		if len(text) <= 64 && (!ok || got != text) {
			t.Fatalf("%s: got %q, %v", text, got, ok)
		}
		if q := (record.Quantity{Value: got}); q.String() != text {
			t.Fatalf("%s is shown as %q", text, q.String())
		}
	}
}

func TestDecimalText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0.010", "0.010"}, {"4.10", "4.10"}, {"+1.5", "1.5"}, {" 7 ", "7"}, {"1e-3", "1e-3"}, {".5", ".5"}, {"-0", "-0"}, {"1.5E+10", "1.5E+10"},
	} {
		if got, ok := record.DecimalText(c.in); !ok || got != c.want {
			t.Errorf("%q: got %q, %v; want %q", c.in, got, ok, c.want)
		}
	}
	for _, in := range []string{"", "1,5", "NaN", "Inf", "1.", "--1", "1e", "e5", "0x10", "1 2", ".", "1.2.3", string(make([]byte, 65))} {
		if got, ok := record.DecimalText(in); ok {
			t.Errorf("%q: got %q, want a refusal", in, got)
		}
	}
}

func TestHazard17NoUnitIsInvented(t *testing.T) {
	d := record.Dosage{Dose: record.Quantity{Value: "1"}}
	if got, want := d.String(), "1 (unit not given)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (record.Quantity{Value: "1"}).String(), "1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHazard18ComparatorIsPartOfTheValue(t *testing.T) {
	o := &record.Observation{Status: "final", Value: record.Value{Quantity: record.Quantity{Comparator: record.Less, Value: "0.5", Unit: "mg/dL"}}}
	if s := o.Summary(); s.Value != "<0.5" || s.Result() != "<0.5 mg/dL" {
		t.Errorf("got %q, %q", s.Value, s.Result())
	}
}

func TestHazard28RangesKeepTheirMeaning(t *testing.T) {
	q := func(v string) record.Quantity { return record.Quantity{Value: v, Unit: "mmol/L"} }
	for _, c := range []struct {
		r    record.ReferenceRange
		want string
	}{
		{record.ReferenceRange{Range: record.Range{Low: q("3.5"), High: q("5.1")}}, "3.5 to 5.1 mmol/L"},
		{record.ReferenceRange{Range: record.Range{High: q("5.1")}}, "at most 5.1 mmol/L"},
		{record.ReferenceRange{Range: record.Range{Low: q("60")}}, "at least 60 mmol/L"},
		{record.ReferenceRange{Text: "negative"}, "negative"},
		{record.ReferenceRange{Range: record.Range{Low: q("1")}, Type: record.Concept{Text: "critical"}}, "at least 1 mmol/L (critical)"},
	} {
		if got := c.r.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
