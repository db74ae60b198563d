package clinic_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestASpanIsLookedAtNearerAndFarther(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2020, 1, 1+n, 0, 0, 0, 0, time.UTC) }
	whole := clinic.Span{From: day(0), To: day(100)}
	half := whole.Zoom(clinic.Span{}, 0.5, day(100))
	if half != (clinic.Span{From: day(50), To: day(100)}) {
		t.Errorf("half of it about its end is %v", half)
	}
	if got := whole.Zoom(half, 0.5, day(60)); !got.From.Equal(day(55)) || !got.To.Equal(day(80)) {
		t.Errorf("what is pointed at does not keep its place: %v", got)
	}
	if got := whole.Zoom(half, 2, day(100)); !got.Empty() {
		t.Errorf("seen as a whole it is %v", got)
	}
	if got := whole.Move(half, -10); !got.From.Equal(day(0)) || !got.To.Equal(day(50)) {
		t.Errorf("moved beyond the beginning it is %v", got)
	}
	if got := whole.Move(clinic.Span{}, 1); !got.Empty() {
		t.Errorf("all of it cannot move, and is %v", got)
	}
	near := half
	for range 40 {
		near = whole.Zoom(near, 0.5, day(70))
	}
	if got := near.To.Sub(near.From); got != 24*time.Hour {
		t.Errorf("the nearest is %v, want a day", got)
	}
}

// What is looked at nearer keeps its height, and nothing outside is drawn.
func TestAPlotOfASpanKeepsTheAxisOfValues(t *testing.T) {
	var spots []string
	var records []record.Record
	for n := range 10 {
		records = append(records, lab(fmt.Sprint("r", n), fmt.Sprint(2010+n, "-05-04"), fmt.Sprint(80+n), "umol/L"))
	}
	series := series(t, records...)
	whole := clinic.NewPlot(100, 100, series...)
	span := clinic.SpanOf(series...)
	seen := clinic.Span{From: series[0].Points[4].At, To: series[0].Points[7].At}
	part := clinic.NewPlotIn(100, 100, seen, series...)
	if len(part.Lines[0].Spots) != 4 || len(whole.Lines[0].Spots) != 10 {
		t.Fatalf("got %d and %d spots, want 4 of 10", len(part.Lines[0].Spots), len(whole.Lines[0].Spots))
	}
	for i, s := range part.Lines[0].Spots {
		if s.Y != whole.Lines[0].Spots[i+4].Y || s.Label != whole.Lines[0].Spots[i+4].Label {
			t.Errorf("result %d stands at another height, or tells another value", i)
		}
		spots = append(spots, fmt.Sprintf("%.0f", s.X))
	}
	if spots[0] != "0" || spots[3] != "100" {
		t.Errorf("the spots stand at %v, want them from edge to edge", spots)
	}
	if again := clinic.NewPlotIn(100, 100, span, series...); len(again.Lines[0].Spots) != 10 {
		t.Errorf("the whole span shows %d results", len(again.Lines[0].Spots))
	}
}

// A thinned line has the same outline, and keeps what must be seen.
func TestAThinnedLineLooksTheSame(t *testing.T) {
	line := clinic.PlotLine{}
	for n := range 100_000 {
		line.Spots = append(line.Spots, clinic.Spot{X: float64(n) / 200, Y: float64(n * 7919 % 1000), Flag: n == 50_003, Break: n == 70_001, Bound: n == 90_007})
	}
	thin := line.Thinned()
	if len(thin.Spots) > 500*7 {
		t.Errorf("%d spots are left", len(thin.Spots))
	}
	type column struct{ low, high float64 }
	outline := func(l clinic.PlotLine) (map[int]column, [3]int) {
		columns, marks := map[int]column{}, [3]int{}
		for _, s := range l.Spots {
			c, ok := columns[int(s.X)]
			if !ok {
				c = column{s.Y, s.Y}
			}
			columns[int(s.X)] = column{min(c.low, s.Y), max(c.high, s.Y)}
			for i, is := range []bool{s.Flag, s.Break, s.Bound} {
				if is {
					marks[i]++
				}
			}
		}
		return columns, marks
	}
	was, marksWas := outline(line)
	is, marksAre := outline(thin)
	if marksWas != marksAre {
		t.Errorf("flags, gaps and bounds are %v, want %v", marksAre, marksWas)
	}
	for x, c := range was {
		if is[x] != c {
			t.Fatalf("at %d it goes from %v to %v, want %v", x, is[x].low, is[x].high, c)
		}
	}
}

// What most doctors ask for first comes first and in its own order, one of each; what
// was flagged, then the newest follow. A withdrawn result is none.
func TestKeyResults(t *testing.T) {
	test := func(id, at, loinc, name string) record.Record {
		return rec(id, &record.Observation{Status: "final", Code: coded(name, record.LOINC, loinc), Effective: record.At(record.Date(at)), Category: []record.Concept{{Coding: []record.Coding{{Code: record.Laboratory}}}}, Value: record.Value{Quantity: record.Quantity{Value: "5", Unit: "mmol/L"}}})
	}
	s := summarise(
		test("k", "2024-01-01", "2823-3", "Potassium"), test("old", "2019-01-01", "2160-0", "Creatinine"), test("new", "2023-01-01", "14682-9", "Creatinine (molar)"),
		test("zinc", "2024-06-01", "5763-8", "Zinc"), flag(test("copper", "2020-01-01", "5631-7", "Copper"), "H", "High"), test("a1c", "2018-01-01", "4548-4", "HbA1c"),
	)
	var got []string
	for _, one := range s.KeyResults(9) {
		got = append(got, string(one.Last().ID))
	}
	want := []string{"a1c", "new", "k", "copper", "zinc"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := len(s.KeyResults(2)); got != 2 {
		t.Errorf("of two there are %d", got)
	}
}
