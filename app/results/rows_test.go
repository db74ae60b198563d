package results

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func result(name, value, unit, at string) record.Record {
	return record.Record{ID: record.ID(name + at), Person: "p", Resource: &record.Observation{
		Status: "final", Code: record.Concept{Text: name}, Effective: record.At(record.Date(at)),
		Value: record.Value{Quantity: record.Quantity{Value: value, Unit: unit, Comparator: "<"}}, ReferenceRange: []record.ReferenceRange{{Text: "up to 5"}},
	}}
}

func TestATestIsItsLastResult(t *testing.T) {
	sum := clinic.Summarise(record.Record{ID: "p"}, []record.Record{result("C-reactive protein", "0.5", "mg/L", "2020-01-05"), result("C-reactive protein", "4.0", "mg/L", "2021-01-05"), result("Sodium", "140", "mmol/L", "2021-01-05")})
	if len(sum.Results) != 2 {
		t.Fatalf("got %d tests, want two", len(sum.Results))
	}
	found := filter(sum.Results, "protein REACTIVE")
	if len(found) != 1 {
		t.Fatalf("got %d tests, want one", len(found))
	}
	e := rowOf(found[0])
	if e.Title != "C-reactive protein" || e.Date != "5 January 2021" {
		t.Errorf("got %+v, want the last result", e)
	}
	v := valueOf(found[0].Points[1])
	if v.Value != "<0.5 mg/L" || v.Range != "(range up to 5)" || v.Date != "5 January 2020" {
		t.Errorf("got %+v, want it as it was written", v)
	}
	if got := axisWords(sum.Series(found[0])); got != "mg/L" {
		t.Errorf("the axis says %q", got)
	}
}
