package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// BenchmarkChart draws a course of 16,000 results, as of a sensor, at another size
// each time.
func BenchmarkChart(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(ui.Theme{})
	var list []record.Record
	for n := range 16_000 {
		list = append(list, record.Record{ID: record.ID(fmt.Sprint(n)), Person: "p", Resource: &record.Observation{
			Status: "final", Code: record.Concept{Text: "Glucose", Coding: []record.Coding{{System: record.LOINC, Code: "2345-7"}}},
			Effective: record.At(record.Date(fmt.Sprintf("2021-%02d-%02dT%02d:%02d:00Z", 1+n/2400%12, 1+n/96%25, n%24, n/24%60))), Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprint(80 + n*31%90), Unit: "mg/dL"}},
		}})
	}
	sum := clinic.Summarise(record.Record{ID: "p"}, list)
	c := NewChart(nil, sum.Series(sum.Results[0])...)
	r := test.WidgetRenderer(c)
	for i := 0; b.Loop(); i++ {
		r.Layout(fyne.NewSize(700, 200+float32(i%2)))
	}
}
