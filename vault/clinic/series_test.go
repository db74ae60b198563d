package clinic_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// lab is a result in UCUM.
func lab(id, at, value, unit string) record.Record {
	return rec(id, &record.Observation{
		Status: "final", Code: coded("Glucose", record.LOINC, "2345-7"), Effective: record.At(record.Date(at)),
		Value: record.Value{Quantity: record.Quantity{Value: value, Unit: unit, System: record.UCUM, Code: unit}},
	})
}

func withComparator(r record.Record, c record.Comparator) record.Record {
	r.Resource.(*record.Observation).Value.Quantity.Comparator = c
	return r
}

// series are those of the only test.
func series(t *testing.T, records ...record.Record) []clinic.Series {
	t.Helper()
	s := summarise(records...)
	if len(s.Results)+len(s.Vitals) != 1 {
		t.Fatalf("%d tests", len(s.Results)+len(s.Vitals))
	}
	return s.Series(append(s.Results, s.Vitals...)...)
}

// TestHazard20ConvertedIsSaid: units of one dimension stand on one axis, exactly
// converted, with what was written beside it and its own digits.
func TestHazard20ConvertedIsSaid(t *testing.T) {
	list := series(t, lab("a", "2024-01-01", "95", "mg/dL"), lab("b", "2024-02-01", "0.99", "g/L"), lab("c", "2024-03-01", "97", "mg/dL"))
	if len(list) != 1 || list[0].Unit != "mg/dL" || len(list[0].Points) != 3 {
		t.Fatalf("got %+v", list)
	}
	p := list[0].Points[1]
	if !p.Converted() || p.Value().Cmp(big.NewRat(99, 1)) != 0 || p.In("mg/dL") != "99 mg/dL (converted from 0.99 g/L)" {
		t.Errorf("got %s, %s", p.Value(), p.In("mg/dL"))
	}
	if q := list[0].Points[0]; q.Converted() || q.In("mg/dL") != "95 mg/dL" {
		t.Errorf("got %s", q.In("mg/dL"))
	}
}

// TestHazard22UnitsThatDoNotJoin stand on axes of their own, and so does a unit that
// is no UCUM (hazard 21) or is not given (hazard 17).
func TestHazard22UnitsThatDoNotJoin(t *testing.T) {
	words := lab("d", "2024-04-01", "5", "")
	words.Resource.(*record.Observation).Value.Quantity = record.Quantity{Value: "5", Unit: "K/uL"}
	bare := lab("e", "2024-05-01", "5", "")
	bare.Resource.(*record.Observation).Value.Quantity = record.Quantity{Value: "5"}
	list := series(t, lab("a", "2024-01-01", "95", "mg/dL"), lab("b", "2024-02-01", "7", "[iU]/L"), lab("c", "2024-03-01", "7", "Cel"), words, bare)
	if len(list) != 5 {
		t.Errorf("%d series, want 5", len(list))
	}
}

// TestHazard18BoundsAreNoValues: a bound keeps its sign and takes no part in a trend.
func TestHazard18BoundsAreNoValues(t *testing.T) {
	var all []record.Record
	for n := range 5 {
		all = append(all, withComparator(lab(fmt.Sprint(n), fmt.Sprintf("202%d-01-01", n), fmt.Sprint(n), "mg/dL"), "<"))
	}
	list := series(t, all...)
	if p := list[0].Points[0]; p.Exact() || p.In("mg/dL") != "<0 mg/dL" {
		t.Errorf("got %s", p.In("mg/dL"))
	}
	if w := list[0].TrendWords(); w != "" {
		t.Errorf("a trend of bounds: %s", w)
	}
}

func TestTrendWords(t *testing.T) {
	for name, c := range map[string]struct {
		values []string
		want   string
	}{
		"rising":             {[]string{"80", "85", "91", "97", "104", "111"}, "rising over 5 months"},
		"falling":            {[]string{"111", "104", "97", "91", "85", "80"}, "falling over 5 months"},
		"no clear direction": {[]string{"90", "111", "85", "104", "88", "99"}, "no clear direction over 5 months"},
		"one odd value":      {[]string{"80", "85", "400", "97", "104", "111", "118", "125"}, "rising over 7 months"},
		"three are too few":  {[]string{"80", "90", "100"}, ""},
		"all the same":       {[]string{"80", "80", "80", "80", "80"}, "no clear direction over 4 months"},
	} {
		t.Run(name, func(t *testing.T) {
			var all []record.Record
			for n, v := range c.values {
				all = append(all, lab(fmt.Sprint(n), fmt.Sprintf("2024-%02d-01", n+1), v, "mg/dL"))
			}
			if got := series(t, all...)[0].TrendWords(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestHazard24PreliminaryIsNoTrend: what may still change, and what is dated by a
// year alone, is drawn and does not count.
func TestHazard24PreliminaryIsNoTrend(t *testing.T) {
	var all []record.Record
	for n := range 6 {
		r := lab(fmt.Sprint(n), fmt.Sprintf("2024-%02d-01", n+1), fmt.Sprint(80+n), "mg/dL")
		if n > 2 {
			r.Resource.(*record.Observation).Status = "preliminary"
		}
		all = append(all, r)
	}
	s := series(t, all...)[0]
	if len(s.Points) != 6 || s.TrendWords() != "" {
		t.Errorf("%d points, trend %q", len(s.Points), s.TrendWords())
	}
}

// TestHazard29PressureStaysTogether: the two numbers of a pressure have a series
// each, of one test.
func TestHazard29PressureStaysTogether(t *testing.T) {
	amount := func(code, v string) record.Component {
		return record.Component{Code: coded("", record.LOINC, code), Value: record.Value{Quantity: record.Quantity{Value: v, Unit: "mmHg", System: record.UCUM, Code: "mm[Hg]"}}}
	}
	r := rec("bp", &record.Observation{
		Status: "final", Code: coded("Blood pressure", record.LOINC, "85354-9"), Effective: record.At("2024-01-01"),
		Component: []record.Component{amount("8480-6", "120"), amount("8462-4", "80")},
	})
	list := series(t, r)
	if len(list) != 2 || list[0].Part != clinic.Systolic || list[1].Part != clinic.Diastolic || !list[1].Second() || list[1].Points[0].Value().Cmp(big.NewRat(80, 1)) != 0 {
		t.Errorf("got %+v", list)
	}
}

// TestHazard23WordsStayInLine: results without a number, and those that do not
// count, stand among the others of the first series.
func TestHazard23WordsStayInLine(t *testing.T) {
	absent := lab("a", "2024-01-01", "", "")
	absent.Resource.(*record.Observation).Value = record.Value{}
	absent.Resource.(*record.Observation).DataAbsentReason = text("not performed")
	undated := lab("b", "", "95", "mg/dL")
	list := series(t, absent, undated, lab("c", "2024-01-02", "95", "mg/dL"))
	if len(list) != 1 || len(list[0].Points) != 1 || len(list[0].Others) != 2 {
		t.Errorf("got %+v", list)
	}
}

// TestGapsAreGaps: no line through years without a result.
func TestGapsAreGaps(t *testing.T) {
	list := series(t, lab("a", "2015-01-01", "90", "mg/dL"), lab("b", "2015-02-01", "90", "mg/dL"), lab("c", "2015-03-01", "90", "mg/dL"), lab("d", "2024-03-01", "90", "mg/dL"))
	if len(list[0].Gaps) != 1 || list[0].Gaps[0].After != 2 {
		t.Fatalf("got %+v", list[0].Gaps)
	}
	spots := clinic.NewPlot(100, 50, list...).Lines[0].Spots
	if !spots[3].Break || spots[2].Break {
		t.Errorf("got %+v", spots)
	}
}

// TestAliasIsConfirmed: a result without a code joins a coded one when the patient
// says so, and so do all of the same words; never by likeness.
func TestAliasIsConfirmed(t *testing.T) {
	words := func(id, at string) record.Record {
		r := lab(id, at, "95", "mg/dL")
		r.Resource.(*record.Observation).Code = text("Zucker im Blut")
		return r
	}
	all := []record.Record{lab("a", "2024-01-01", "95", "mg/dL"), words("b", "2024-02-01"), words("c", "2024-03-01")}
	if n := len(summarise(all...).Results); n != 2 {
		t.Errorf("%d tests before", n)
	}
	all[1].Overlay = &record.Overlay{Joined: []record.ID{"a"}}
	s := summarise(all...)
	if len(s.Results) != 1 || len(s.Series(s.Results...)[0].Points) != 3 {
		t.Errorf("got %+v", s.Results)
	}
}

// TestEveryResultInOneSeries, whatever the order; what was converted converts back
// to what was written, exactly.
func TestEveryResultInOneSeries(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	units := []string{"mg/dL", "g/L", "ug/mL", "mmol/L", "[iU]/L", "", "{score}"}
	var all []record.Record
	for n := range 300 {
		at := fmt.Sprintf("20%02d-%02d-%02d", rnd.IntN(25), 1+rnd.IntN(12), 1+rnd.IntN(28))
		r := lab(fmt.Sprintf("r%03d", n), at, fmt.Sprintf("%d.%02d", rnd.IntN(200), rnd.IntN(100)), units[rnd.IntN(len(units))])
		if rnd.IntN(5) == 0 {
			r = withComparator(r, "<")
		}
		if rnd.IntN(9) == 0 {
			r.Resource.(*record.Observation).Value = record.Value{Text: "see note"}
		}
		all = append(all, r)
	}
	look := func() (string, int) {
		var b strings.Builder
		n := 0
		for _, s := range series(t, all...) {
			fmt.Fprintf(&b, "%s %s %s\n", s.Unit, s.TrendWords(), fmt.Sprint(s.Gaps))
			for _, p := range s.Points {
				n++
				fmt.Fprintf(&b, "  %s %s %s %v\n", p.Line.ID, p.Value(), p.In(s.Unit), p.Converted())
				written, _ := new(big.Rat).SetString(p.Written.Value)
				if !p.Converted() && p.Value().Cmp(written) != 0 {
					t.Errorf("%s: %s is not %s", p.Line.ID, p.Value(), p.Written.Value)
				}
			}
			n += len(s.Others)
			for _, l := range s.Others {
				fmt.Fprintf(&b, "  %s\n", l.ID)
			}
		}
		return b.String(), n
	}
	want, n := look()
	if n != len(all) {
		t.Errorf("%d of %d stand in a series", n, len(all))
	}
	for range 5 {
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got, _ := look(); got != want {
			t.Fatalf("another order gives\n%s\nnot\n%s", got, want)
		}
	}
}

// BenchmarkSeries: results in one unit, and half of them to be converted.
func BenchmarkSeries(b *testing.B) {
	for name, units := range map[string][]string{"one-unit": {"mg/dL", "mg/dL"}, "converted": {"mg/dL", "g/L"}} {
		for _, size := range []int{500, 5000, 50000} {
			var all []record.Record
			for n := range size {
				all = append(all, lab(fmt.Sprint(n), fmt.Sprintf("20%02d-%02d-%02dT10:%02d:00Z", n%25, 1+n%12, 1+n%28, n%60), fmt.Sprintf("%d.5", 60+n%80), units[n%2]))
			}
			s := summarise(all...)
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s.Series(s.Results...)
				}
			})
		}
	}
}

// TestPlotStaysInItsBox however far apart the numbers are.
func TestPlotStaysInItsBox(t *testing.T) {
	for _, values := range [][]string{{"1"}, {"0", "0"}, {"1", "1e30"}, {"-5", "5"}, {"1e-30", "2e-30"}, {"0.0000000000000000001", "0"}} {
		var all []record.Record
		for n, v := range values {
			all = append(all, lab(fmt.Sprint(n), fmt.Sprintf("2024-01-%02d", n+1), v, "mg/dL"))
		}
		list := series(t, all...)
		for _, p := range []clinic.Plot{clinic.NewPlot(100, 50, list...), clinic.NewSpark(100, 50, list...)} {
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
