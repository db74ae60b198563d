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

// ranged gives a result the range of its report.
func ranged(r record.Record, low, high, unit string) record.Record {
	end := func(v string) record.Quantity {
		if v == "" {
			return record.Quantity{}
		}
		return record.Quantity{Value: v, Unit: unit, System: record.UCUM, Code: unit}
	}
	r.Resource.(*record.Observation).ReferenceRange = []record.ReferenceRange{{Range: record.Range{Low: end(low), High: end(high)}}}
	return r
}

func flag(r record.Record, code, words string) record.Record {
	r.Resource.(*record.Observation).Interpretation = []record.Concept{coded(words, record.InterpretationSystem, code)}
	return r
}

func onAxes(list []clinic.Series) []string {
	var ids []string
	for i := range list {
		for n := range list[i].Points {
			ids = append(ids, string(list[i].Points[n].Line.ID))
		}
	}
	return ids
}

// TestHazard01And26WithdrawnIsInNoSeries: what was entered in error, deleted or sent
// for the wrong patient is no point and no line beside them.
func TestHazard01And26WithdrawnIsInNoSeries(t *testing.T) {
	wrong := lab("x", "2024-02-01", "500", "mg/dL")
	wrong.Resource.(*record.Observation).Status = "entered-in-error"
	gone := replaced(lab("y", "2024-03-01", "600", "mg/dL"), record.Withdrawn)
	list := series(t, lab("a", "2024-01-01", "90", "mg/dL"), wrong, gone)
	if got := onAxes(list); len(got) != 1 || got[0] != "a" || len(list[0].Others) != 0 {
		t.Errorf("drawn %v, beside %d", got, len(list[0].Others))
	}
}

// TestHazard17NoUnitIsNoUnit: a number without one never stands among those with one.
func TestHazard17NoUnitIsNoUnit(t *testing.T) {
	bare := lab("b", "2024-02-01", "5", "")
	bare.Resource.(*record.Observation).Value.Quantity = record.Quantity{Value: "5"}
	list := series(t, lab("a", "2024-01-01", "90", "mg/dL"), bare)
	if len(list) != 2 || list[0].Unit != "" || list[1].Unit != "mg/dL" || list[1].Apart != "the other gives no unit" {
		t.Errorf("got %+v", list)
	}
}

// TestHazard19DigitsStay: 0.010 is shown with its three digits, and a calculated value
// with as many as its source wrote.
func TestHazard19DigitsStay(t *testing.T) {
	p := &series(t, lab("a", "2024-01-01", "0.010", "mg/dL"))[0].Points[0]
	if p.Shown() != "0.010" || p.In("mg/dL") != "0.010 mg/dL" || p.Value().Cmp(big.NewRat(1, 100)) != 0 {
		t.Errorf("got %s", p.In("mg/dL"))
	}
}

// TestHazard21UnknownUnitStandsAlone: shown as written, with nothing converted.
func TestHazard21UnknownUnitStandsAlone(t *testing.T) {
	odd := lab("b", "2024-02-01", "5", "")
	odd.Resource.(*record.Observation).Value.Quantity = record.Quantity{Value: "5", Unit: "units"}
	list := series(t, lab("a", "2024-01-01", "90", "mg/dL"), odd)
	if len(list) != 2 || list[0].Points[0].Converted() || list[0].Points[0].In("units") != "5 units" {
		t.Errorf("got %+v", list)
	}
}

// TestHazard22LooksAlikeAndIsNot: units that UCUM takes for one and that people do not.
func TestHazard22LooksAlikeAndIsNot(t *testing.T) {
	for name, c := range map[string]struct {
		loinc, one, two string
		axes            int
	}{
		"hemoglobin A1c is no percentage times ten":  {"4548-4", "%", "mmol/mol", 1},
		"nor is one without a code":                  {"", "%", "mmol/mol", 2},
		"units of fibrinogen and of D-dimer":         {"", "ng/mL{FEU}", "ng/mL{DDU}", 2},
		"for a body of 1.73 m2 and for the patient":  {"", "mL/min/{1.73_m2}", "mL/min", 2},
		"copies and their logarithm":                 {"", "{copies}/mL", "{Log_copies}/mL", 2},
		"a fraction and a percentage":                {"", "1", "%", 2},
		"a fraction of cells is one":                 {"4544-3", "L/L", "%", 1},
		"milliequivalents are no millimoles":         {"", "meq/L", "mmol/L", 2},
		"those of what is known are":                 {"2951-2", "meq/L", "mmol/L", 1},
		"mass and amount of what is not known":       {"", "mg/dL", "mmol/L", 2},
		"cells are counted with the word or without": {"", "10*3{cells}/uL", "10*9/L", 1},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := lab("a", "2024-01-01", "5.5", c.one), lab("b", "2024-02-01", "37", c.two)
			for _, r := range []record.Record{a, b} {
				if r.Resource.(*record.Observation).Code = text("A test"); c.loinc != "" {
					r.Resource.(*record.Observation).Code = coded("A test", record.LOINC, c.loinc)
				}
			}
			list := series(t, a, b)
			if len(list) != c.axes {
				t.Fatalf("got %d axes, want %d", len(list), c.axes)
			}
			if c.loinc == "4548-4" && list[0].Points[0].In("mmol/mol") != "37 mmol/mol (converted from 5.5 %)" {
				t.Errorf("got %s", list[0].Points[0].In("mmol/mol"))
			}
		})
	}
}

// TestHazard25CorrectionTakesThePlace of the value before it.
func TestHazard25CorrectionTakesThePlace(t *testing.T) {
	corrected := lab("b", "2024-01-01", "95", "mg/dL")
	corrected.Resource.(*record.Observation).Status = "corrected"
	if got := onAxes(series(t, replaced(lab("a", "2024-01-01", "950", "mg/dL"), record.Corrected), corrected)); len(got) != 1 || got[0] != "b" {
		t.Errorf("drawn %v", got)
	}
}

// TestHazard27FlagIsTheSenders: none is worked out from the range, and "normal" is no
// warning.
func TestHazard27FlagIsTheSenders(t *testing.T) {
	list := series(t, ranged(lab("a", "2024-01-01", "500", "mg/dL"), "70", "100", "mg/dL"), flag(lab("b", "2024-02-01", "90", "mg/dL"), "N", "Normal"), flag(lab("c", "2024-03-01", "91", "mg/dL"), "H", "High"))
	spots := clinic.NewPlot(100, 50, list...).Lines[0].Spots
	if spots[0].Flag || spots[1].Flag || !spots[2].Flag || list[0].Points[0].Flag() != "" || list[0].Points[2].Flag() != "High" {
		t.Errorf("got %+v", spots)
	}
}

// TestHazard28EachReportsOwnRange: converted with its value, said to be in its own unit,
// and drawn beside its own points alone.
func TestHazard28EachReportsOwnRange(t *testing.T) {
	list := series(t, ranged(lab("a", "2024-01-01", "90", "mg/dL"), "70", "100", "mg/dL"), lab("b", "2024-02-01", "91", "mg/dL"), ranged(lab("c", "2024-03-01", "0.92", "g/L"), "", "1.1", "g/L"))
	p := &list[0].Points[2]
	if p.Low != nil || p.High.Cmp(big.NewRat(110, 1)) != 0 || p.Range() != "at most 1.1 g/L" {
		t.Errorf("got %v to %v, %s", p.Low, p.High, p.Range())
	}
	words := lab("d", "2024-04-01", "0.92", "g/L")
	words.Resource.(*record.Observation).ReferenceRange = []record.ReferenceRange{{Text: "0.7-1.1"}}
	list = series(t, ranged(lab("a", "2024-01-01", "90", "mg/dL"), "70", "100", "mg/dL"), lab("b", "2024-02-01", "91", "mg/dL"), ranged(lab("c", "2024-03-01", "0.92", "g/L"), "", "1.1", "g/L"), words)
	if got := list[0].Points[3].Range(); list[0].Unit != "g/L" && got != "0.7-1.1 (in g/L)" {
		t.Errorf("got %q", got)
	}
	bands := clinic.NewPlot(300, 50, list...).Bands
	if len(bands) != 2 || bands[0].X+bands[0].Width > bands[1].X || bands[1].Bottom != 50 {
		t.Errorf("got %+v", bands)
	}
}

// TestHazard30AnotherBodyIsNoPoint: a fetus' or donor's value stands in a test of its
// own, and on no axis.
func TestHazard30AnotherBodyIsNoPoint(t *testing.T) {
	other := lab("b", "2024-02-01", "140", "mg/dL")
	other.Resource.(*record.Observation).Focus = []string{"fetus"}
	s := summarise(lab("a", "2024-01-01", "90", "mg/dL"), other)
	if got := onAxes(s.Series(s.Results...)); len(got) != 1 || got[0] != "a" {
		t.Errorf("drawn %v", got)
	}
}

// TestHazard35And38NoDateIsInvented: a result dated by its year stands there and takes
// no part in a trend; one without a date is not placed by the day of its release.
func TestHazard35And38NoDateIsInvented(t *testing.T) {
	var all []record.Record
	for n, at := range []string{"2020", "2021", "2022", "2023-05", "2024-01-01"} {
		all = append(all, lab(fmt.Sprint(n), at, fmt.Sprint(90+n), "mg/dL"))
	}
	undated := lab("u", "", "99", "mg/dL")
	undated.Resource.(*record.Observation).Issued = "2024-06-01"
	list := series(t, append(all, undated)...)
	if len(list[0].Points) != 5 || list[0].Trend.Direction != "" || len(list[0].Others) != 1 {
		t.Errorf("%d points, trend %q, %d beside", len(list[0].Points), list[0].Trend.Words(), len(list[0].Others))
	}
	if p := list[0].Points[0]; p.Until.Sub(p.At).Hours() < 360*24 {
		t.Errorf("2020 is %s to %s", p.At, p.Until)
	}
}

// TestHazard45SeenTwiceIsOnePoint: a result that two files state is one record, and
// one point with two sources.
func TestHazard45SeenTwiceIsOnePoint(t *testing.T) {
	r := lab("a", "2024-01-01", "90", "mg/dL")
	r.Provenance = append(r.Provenance, record.Provenance{Original: "another", Asserter: record.ByOrganisation})
	if got := onAxes(series(t, r)); len(got) != 1 {
		t.Errorf("drawn %v", got)
	}
}

// TestHazard49HomeReadingsAreNoTrendOfTheClinics: they are drawn together, and no trend
// is told of the mixture.
func TestHazard49HomeReadingsAreNoTrendOfTheClinics(t *testing.T) {
	var all []record.Record
	for n := range 8 {
		r := lab(fmt.Sprint(n), fmt.Sprintf("2024-%02d-01", n+1), fmt.Sprint(90+n), "mg/dL")
		if n%2 == 0 {
			r.Provenance[0].Asserter = record.ByPatient
		}
		all = append(all, r)
	}
	if s := series(t, all...)[0]; len(s.Points) != 8 || s.Trend.Direction != "" {
		t.Errorf("%d points, trend %q", len(s.Points), s.Trend.Words())
	}
}

// TestDisputedIsMarkedAndNoTrend: what the patient disputes is drawn, said to be
// disputed, and no trend rests on it.
func TestDisputedIsMarkedAndNoTrend(t *testing.T) {
	var all []record.Record
	for n := range 4 {
		all = append(all, lab(fmt.Sprint(n), fmt.Sprintf("2024-%02d-01", n+1), fmt.Sprint(90+n), "mg/dL"))
	}
	all[2].Overlay = &record.Overlay{Disputed: true}
	list := series(t, all...)
	spot := clinic.NewPlot(100, 50, list...).Lines[0].Spots[2]
	if list[0].Trend.Direction != "" || !spot.Open || !strings.HasSuffix(spot.Label, "disputed by the patient") {
		t.Errorf("trend %q, %+v", list[0].Trend.Words(), spot)
	}
}

// TestConversionsAreReversible: what was told in another unit, told back, is what was
// written, exactly; and the same for its range.
func TestConversionsAreReversible(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 5))
	tests := map[string][]string{
		"2345-7": {"mg/dL", "mmol/L", "g/L", "ug/mL"}, "4548-4": {"%", "mmol/mol"}, "8310-5": {"Cel", "[degF]"}, "2160-0": {"mg/dL", "umol/L"}, "17861-6": {"mg/dL", "mmol/L", "meq/L"},
	}
	for loinc, units := range tests {
		for range 200 {
			written := fmt.Sprintf("%d.%0*d", rnd.IntN(300), 1+rnd.IntN(3), rnd.IntN(10))
			result := func(id, at, value, unit string) record.Record {
				r := ranged(lab(id, at, value, unit), value, "", unit)
				r.Resource.(*record.Observation).Code = coded("A test", record.LOINC, loinc)
				return r
			}
			from, to := units[rnd.IntN(len(units))], units[rnd.IntN(len(units))]
			there := series(t, result("a", "2024-01-01", written, from), result("b", "2024-02-01", "1", to), result("c", "2024-03-01", "1", to))
			if len(there) != 1 {
				t.Fatalf("%s and %s do not join", from, to)
			}
			told := there[0].Points[0].Value()
			if told.Cmp(there[0].Points[0].Low) != 0 {
				t.Fatalf("%s %s: the value is %s, the end of its range %s", written, from, told, there[0].Points[0].Low)
			}
			places, exact := told.FloatPrec()
			if !exact {
				continue // no decimal: 1/3
			}
			back := series(t, result("a", "2024-01-01", told.FloatString(places), to), result("b", "2024-02-01", "1", from), result("c", "2024-03-01", "1", from))
			want, _ := new(big.Rat).SetString(written)
			if places < 50 && back[0].Points[0].Value().Cmp(want) != 0 {
				t.Fatalf("%s %s is %s %s, and back %s", written, from, told, to, back[0].Points[0].Value())
			}
		}
	}
}
