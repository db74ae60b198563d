package sheet_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestTimelineHoldsEveryEntryOnce counts what stands in the timeline against the
// selection, and finds nothing there that reads as if it had happened.
func TestTimelineHoldsEveryEntryOnce(t *testing.T) {
	sel := sheettest.Realistic().Select(t, exchange.Scope{})
	want := 0
	for _, r := range sel.Records {
		if r.Resource.Kind() != record.KindPatient {
			want++
		}
	}
	s := sheet.Build(sel)
	got := 0
	for _, y := range s.Timeline.Years {
		got += y.Count
		for _, e := range y.Events {
			if _, ok := s.Section(e.Section); !ok {
				t.Errorf("%s %q leads to the section %q, which is not there", e.Date, e.Title, e.Section)
			}
			if strings.Contains(e.Title, "Ibuprofen") && e.What == "Allergies" && !strings.Contains(e.Title, "(") {
				t.Errorf("%q reads as an allergy that holds", e.Title)
			}
		}
	}
	if got != want {
		t.Errorf("got %d entries in the timeline, want %d", got, want)
	}
}
