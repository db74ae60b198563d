package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// creatinine is three results, oldest last, as a chart takes them.
func creatinine() []clinic.Series {
	var list []record.Record
	for id, r := range map[record.ID][2]string{"a": {"2020-01-05", "88"}, "b": {"2021-01-05", "95"}, "c": {"2022-01-05", "102"}} {
		list = append(list, record.Record{ID: id, Person: "p", Resource: &record.Observation{
			Status: "final", Code: record.Concept{Text: "Creatinine", Coding: []record.Coding{{System: record.LOINC, Code: "14682-9"}}},
			Effective: record.At(record.Date(r[0])), Value: record.Value{Quantity: record.Quantity{Value: r[1], Unit: "umol/L", System: record.UCUM, Code: "umol/L"}},
		}})
	}
	sum := clinic.Summarise(record.Record{ID: "p"}, list)
	return sum.Series(sum.Results[0])
}

func TestAChartTellsItsResults(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	w := test.NewTempWindow(t, nil)
	var told []string
	c := NewChart(func(s *clinic.Spot) { told = append(told, s.Label) }, creatinine()...)
	w.SetContent(c)
	w.Resize(fyne.NewSize(500, 260))
	w.Canvas().Focus(c)
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyLeft, fyne.KeyHome, fyne.KeyLeft, fyne.KeyRight} {
		c.TypedKey(&fyne.KeyEvent{Name: key})
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(480, 100)}})
	want := []string{"102", "95", "88", "95", "102"}
	if len(told) != len(want) {
		t.Fatalf("told %q, want the results %q", told, want)
	}
	for i, v := range want {
		if got := told[i]; len(got) < len(v) || got[:len(v)] != v {
			t.Errorf("told %q, want the result %s", got, v)
		}
	}
}

func TestAChartIsDrawnAtEverySize(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	c := NewChart(nil, creatinine()...)
	r := test.TempWidgetRenderer(t, c)
	for _, size := range []fyne.Size{fyne.NewSize(40, 20), fyne.NewSize(300, 200), fyne.NewSize(900, 400)} {
		r.Layout(size)
		dots := 0
		for _, o := range r.Objects() {
			if _, ok := o.(*canvas.Circle); ok {
				dots++
			}
			end := o.Position().Add(o.Size())
			if end.X > size.Width+1 || end.Y > size.Height+1 {
				t.Errorf("at %v, something is drawn to %v", size, end)
			}
		}
		if want := 3; size.Width > 100 && dots != want {
			t.Errorf("at %v: %d dots, want %d", size, dots, want)
		}
	}
}

func TestAChartWithoutResultsIsEmpty(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	c := NewChart(nil)
	r := test.TempWidgetRenderer(t, c)
	r.Layout(fyne.NewSize(300, 200))
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if c.at != -1 {
		t.Errorf("at %d, want none", c.at)
	}
}

// Keys, dragging and buttons look nearer; what is seen is told of, and nothing else.
func TestAChartIsLookedAtNearer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	w := test.NewTempWindow(t, nil)
	var told string
	c := NewChart(func(s *clinic.Spot) { told = s.Label }, creatinine()...)
	whole := clinic.SpanOf(creatinine()...)
	c.Seen = func(s clinic.Span) { c.SetSpan(whole, s) }
	w.SetContent(c)
	w.Resize(fyne.NewSize(500, 260))
	w.Canvas().Focus(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	c.TypedRune('+')
	c.TypedRune('+')
	if len(c.spots) != 1 || !strings.HasPrefix(c.spots[0].Label, "102") {
		t.Fatalf("nearer about the newest result are %d", len(c.spots))
	}
	for range 4 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	}
	c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(60, 0)})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if len(c.spots) != 1 || !strings.HasPrefix(told, "95") {
		t.Errorf("one page before are %d results, and %q is told", len(c.spots), told)
	}
	c.TypedRune('0')
	if len(c.spots) != 3 {
		t.Errorf("everything are %d results", len(c.spots))
	}
	c.TypedRune('-')
	if len(c.spots) != 3 {
		t.Errorf("there is more than everything: %d", len(c.spots))
	}
}

// A course stands in its row beside the words, and goes with the next entry.
func TestARowShowsACourse(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	r := NewRowView()
	w := test.NewTempWindow(t, r)
	w.Resize(fyne.NewSize(400, 80))
	r.Set(ui.Entry{Title: "Creatinine", Date: "5 January 2022", Text: "102 umol/L", Status: "High"})
	r.SetCourse(clinic.NewSpark(64, 13, creatinine()...))
	strokes := func() (n int) {
		for _, o := range test.TempWidgetRenderer(t, r.spark).Objects() {
			if _, ok := o.(*canvas.Line); ok {
				n++
			}
		}
		return n
	}
	if r.spark.Hidden || strokes() != 2 {
		t.Errorf("the course of three results has %d strokes", strokes())
	}
	if end := r.spark.Position().X + r.spark.Size().Width; end > r.status.Position().X || r.spark.Position().X < r.text.Position().X+r.text.Size().Width {
		t.Error("the course lies over words")
	}
	r.SetCourse(clinic.Plot{})
	if !r.spark.Hidden {
		t.Error("a course stays where there is none")
	}
}

// A strip has a bar for every year, as high as its count, and leads to the one that
// is pressed.
func TestAStripLeadsToItsYears(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(ui.Theme{})
	s := NewStrip()
	var chosen []int
	var told []string
	s.Chosen = func(i int) { chosen = append(chosen, i) }
	s.Told = func(w string) { told = append(told, w) }
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(400, 80))
	s.Set([]Bar{{"2019", "2019: 2 entries", 2}, {"2020", "2020: none", 0}, {"2021", "2021: 10 entries", 10}})
	at := func(x float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, 10)} }
	for _, x := range []float32{10, 100, 300} {
		e := at(x)
		s.Tapped(&e)
	}
	s.MouseIn(&desktop.MouseEvent{PointEvent: at(100)})
	s.MouseOut()
	if len(chosen) != 2 || chosen[0] != 0 || chosen[1] != 2 || len(told) != 2 || told[0] != "2021: 10 entries" || told[1] != "" {
		t.Errorf("chosen are %v, and told is %q", chosen, told)
	}
	var heights []float32
	for _, o := range test.TempWidgetRenderer(t, s).Objects() {
		if b, ok := o.(*canvas.Rectangle); ok {
			heights = append(heights, b.Size().Height)
		}
	}
	if len(heights) != 2 || heights[1] != stripHeight || heights[0] >= heights[1]/4 {
		t.Errorf("the bars are %v high", heights)
	}
}
