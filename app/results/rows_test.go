package results

import (
	"testing"

	"github.com/carnet-phr/carnet/app/widget"
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
	found := widget.Containing(titles(sum.Results), "protein REACTIVE")
	if len(found) != 1 {
		t.Fatalf("got %d tests, want one", len(found))
	}
	e := rowOf(sum.Results[found[0]])
	if e.Title != "C-reactive protein" || e.Date != "5 January 2021" {
		t.Errorf("got %+v, want the last result", e)
	}
	v := valueOf(sum.Results[found[0]].Points[1])
	if v.Value != "<0.5 mg/L" || v.Range != "(range up to 5)" || v.Date != "5 January 2020" {
		t.Errorf("got %+v, want it as it was written", v)
	}
	if got := axisWords(sum.Series(sum.Results[found[0]])); got != "mg/L" {
		t.Errorf("the axis says %q", got)
	}
}

// The chart tells value, date, range, flag and source of the result at hand.
func TestSpotWords(t *testing.T) {
	r := result("C-reactive protein", "0.5", "mg/L", "2020-01-05")
	r.Resource.(*record.Observation).Interpretation = []record.Concept{{Text: "Low"}}
	r.Provenance = []record.Provenance{{System: "Harbour Clinic", Original: "o"}}
	sum := clinic.Summarise(record.Record{ID: "p"}, []record.Record{r})
	plot := clinic.NewPlot(100, 100, sum.Series(sum.Results[0])...)
	if what, judged, from := spotWords(&plot.Lines[0].Spots[0]); what != "<0.5 mg/L, 5 January 2020" || judged != "range up to 5  ·  Low" || from != "Harbour Clinic" {
		t.Errorf("got %q, %q, %q", what, judged, from)
	}
	if what, judged, from := spotWords(nil); what+judged+from != "" {
		t.Errorf("of nothing it tells %q, %q, %q", what, judged, from)
	}
}

// At first the test is shown that most doctors ask for first, of those that have a
// course; a filter keeps what was chosen.
func TestWhatIsShownAtFirst(t *testing.T) {
	line := clinic.Plot{Lines: []clinic.PlotLine{{}}}
	code := func(loinc string) clinic.Test {
		return clinic.Test{Title: loinc, Points: []clinic.Line{{Summary: record.Summary{Codes: []record.Coding{{System: record.LOINC, Code: loinc}}}}}}
	}
	p := &page{found: found{tests: []clinic.Test{code("1-1"), code("2-2"), code("2160-0"), code("4548-4")}, course: []clinic.Plot{{}, line, line, {}}}, shown: []int{0, 1, 2, 3}}
	if got := p.first(); got != 2 {
		t.Errorf("got %d, want creatinine", got)
	}
	p.chosen = "1-1"
	if got := p.first(); got != 0 {
		t.Errorf("got %d, want what was chosen", got)
	}
}
