package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/csv"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func export(t testing.TB, l *sheettest.Library, scope exchange.Scope) (rows []map[string]string, raw []byte) {
	t.Helper()
	var b bytes.Buffer
	sel := l.Select(t, scope)
	if err := csv.Format.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	raw = b.Bytes()
	if err := csv.Format.Verify(t.Context(), exchange.Source{FS: fstest.MapFS{"a.csv": {Data: raw}}, Path: "a.csv"}, sel); err != nil {
		t.Errorf("verify: %v", err)
	}
	text, marked := bytes.CutPrefix(raw, []byte("\ufeff"))
	if !marked {
		t.Error("no byte order mark")
	}
	lines, err := stdcsv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range lines[1:] {
		row := map[string]string{}
		for n, c := range cells {
			row[lines[0][n]] = c
		}
		rows = append(rows, row)
	}
	return rows, raw
}

func observed(l *sheettest.Library, name string, q record.Quantity) {
	l.Add(&record.Observation{Status: "final", Code: record.Concept{Text: name}, Effective: record.At("2021-03-05"), Value: record.Value{Quantity: q}}, sheettest.Self())
}

func find(t testing.TB, rows []map[string]string, what string) map[string]string {
	t.Helper()
	for _, r := range rows {
		if r["what"] == what {
			return r
		}
	}
	t.Fatalf("no row %q", what)
	return nil
}

// TestHazard19ExactDecimals: a number leaves as it was written.
func TestHazard19ExactDecimals(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	r := rand.New(rand.NewPCG(1, 1))
	want := map[string]string{}
	for n := range 20_000 {
		v := fmt.Sprintf("%d.%0*d", r.IntN(1000), 1+r.IntN(6), r.IntN(10))
		if n%3 == 0 {
			v = "-" + v
		}
		name := fmt.Sprint("test ", n)
		want[name] = v
		observed(l, name, record.Quantity{Value: v, Unit: "mg/dL"})
	}
	rows, _ := export(t, l, exchange.Scope{})
	seen := 0
	for _, row := range rows {
		if v, ok := want[row["what"]]; ok {
			if seen++; row["value"] != v {
				t.Errorf("got %q, want %q", row["value"], v)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d", seen, len(want))
	}
}

// TestHazard18Comparator: the comparator has a column of its own, and units are
// as written.
func TestHazard18Comparator(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	for _, c := range []record.Comparator{"<", "<=", ">", ">="} {
		observed(l, "troponin"+string(c), record.Quantity{Comparator: c, Value: "0.5", Unit: "µg/L", System: record.UCUM, Code: "ug/L"})
	}
	observed(l, "bare", record.Quantity{Value: "7"})
	rows, _ := export(t, l, exchange.Scope{})
	for _, c := range []string{"<", "<=", ">", ">="} {
		if r := find(t, rows, "troponin"+c); r["comparator"] != c || r["value"] != "0.5" || r["unit"] != "µg/L" || r["UCUM"] != "ug/L" {
			t.Errorf("%s: got %v", c, r)
		}
	}
	if r := find(t, rows, "bare"); r["unit"] != "" || r["UCUM"] != "" {
		t.Errorf("a unit was made up: %v", r)
	}
}

// TestFormulas: no cell begins a formula; a plain number is no formula.
func TestFormulas(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	for _, bad := range []string{"=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", "\r=1", "＝1+1", "-1 tablet", "=-1"} {
		l.Add(&record.Condition{Code: record.Concept{Text: bad}, Note: []string{bad}}, sheettest.Self())
		observed(l, bad, record.Quantity{Value: "-1.5e3", Unit: bad})
	}
	rows, _ := export(t, l, exchange.Scope{})
	numbers := 0
	for _, r := range rows {
		for heading, c := range r {
			if c == "-1.5e3" && heading == "value" {
				numbers++
				continue
			}
			if strings.IndexAny(c, "=+-@\t\r") == 0 || strings.HasPrefix(c, "＝") {
				t.Errorf("%s: %q begins a formula", heading, c)
			}
		}
	}
	if numbers != 9 {
		t.Errorf("%d plain numbers, want 9", numbers)
	}
}

// TestHazard23Missing: no value is no 0, and says why.
func TestHazard23Missing(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	l.Add(&record.Observation{Status: "final", Code: record.Concept{Text: "lost"}, DataAbsentReason: record.Concept{Text: "specimen clotted"}}, sheettest.Self())
	rows, _ := export(t, l, exchange.Scope{})
	if r := find(t, rows, "lost"); r["value"] != "" || r["missing"] != "specimen clotted" {
		t.Errorf("got %v", r)
	}
}

// TestHazard29Parts: the parts of a reading are lines of their own, with the
// whole's date and source.
func TestHazard29Parts(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	l.Add(sheettest.Pressure("2021-03-05", "120", "80"), sheettest.Self())
	rows, _ := export(t, l, exchange.Scope{})
	var parts []string
	for _, r := range rows {
		if r["part"] != "" {
			parts = append(parts, r["value"]+" "+r["date"])
		}
	}
	if strings.Join(parts, ",") != "120 2021-03-05,80 2021-03-05" {
		t.Errorf("got %v", parts)
	}
}

// TestHazard51Partial: every line says what the table leaves out, and whose word
// it is; what was made in error is not in it (hazard 1).
func TestHazard51Partial(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	observed(l, "sodium", record.Quantity{Value: "140"})
	hidden := l.Add(&record.Condition{Code: record.Concept{Text: "hidden thing"}}, sheettest.Self()).ID
	l.Add(&record.Condition{Code: record.Concept{Text: "an error"}, VerificationStatus: "entered-in-error"}, sheettest.Self())
	rows, raw := export(t, l, exchange.Scope{Exclude: []record.ID{hidden}, From: "2020-01-01"})
	r := find(t, rows, "sodium")
	if !strings.Contains(r["left out of this table"], "withheld by the patient") || !strings.Contains(r["left out of this table"], "1 January 2020") || r["recorded by"] != "entered by the patient" || r["exported"] == "" {
		t.Errorf("got %v", r)
	}
	if bytes.Contains(raw, []byte("hidden thing")) || bytes.Contains(raw, []byte("an error")) {
		t.Error("it tells what is held back, or was an error")
	}
}

func FuzzCells(f *testing.F) {
	f.Add("=1", "\"a,b\"\r\n")
	f.Fuzz(func(t *testing.T, name, unit string) {
		l := sheettest.New(&record.Patient{})
		observed(l, name, record.Quantity{Value: "1", Unit: unit})
		export(t, l, exchange.Scope{})
	})
}
