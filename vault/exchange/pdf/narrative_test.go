package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// drawn is a grid as text: each cell with its column.
func drawn(g grid) string {
	var b strings.Builder
	for _, r := range g.rows {
		for _, c := range r {
			fmt.Fprintf(&b, "%d:%s ", c.column, c.text)
		}
		b.WriteString("/ ")
	}
	return b.String()
}

func TestCellsStandInTheirColumns(t *testing.T) {
	for n, want := range map[string]string{
		"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>":                                "0:A 1:B / 0:1 1:2 / ",
		`<table><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>`: "0:A 1:1 / 1:2 / 0:3 1:4 / ",
		`<table><tr><td colspan="2">A</td><td>1</td></tr><tr><td>2</td><td>3</td><td>4</td></tr></table>`:          "0:A 2:1 / 0:2 1:3 2:4 / ",
		`<table><tr><td>1</td><td rowspan="3">A</td></tr><tr><td>2</td><td>3</td></tr></table>`:                    "0:1 1:A / 0:2 2:3 / ",
		"<table><tr><td>x<table><tr><td>in</td><td>side</td></tr></table></td><td>y</td></tr></table>":             "0:x\nin | side 1:y / ",
		"<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>&lt;0.5</td></tr></tbody></table>":                "0:A / 0:<0.5 / ",
		"<table></table>": "",
	} {
		if got := drawn(gridOf(n)); got != want {
			t.Errorf("%s: got %q, want %q", n, got, want)
		}
	}
}

// TestTablesOfNotesAreTables has one that is longer than a page: its head stands on
// each.
func TestTablesOfNotesAreTables(t *testing.T) {
	var w record.NarrativeWriter
	put := func(name, text string) {
		w.Open(name, "", "")
		w.Text(text)
		w.Close(name)
	}
	put("p", "before it")
	w.Open("table", "", "")
	put("caption", "What was measured")
	row := func(name string, cells ...string) {
		w.Open("tr", "", "")
		for _, c := range cells {
			put(name, c)
		}
		w.Close("tr")
	}
	row("th", "Analyte", "Reading")
	for i := range 120 {
		row("td", fmt.Sprint("analyte ", i), fmt.Sprintf("<0.%03d", i))
	}
	w.Close("table")
	put("p", "behind it")
	l := sheettest.New(&record.Patient{})
	l.Add(&record.DocumentReference{Status: "current", Title: "Letter", Section: []record.Section{{Title: "Findings", Text: w.Narrative()}}}, sheettest.Self())
	d := lay(t, l.Select(t, exchange.Scope{}))
	text := reading(d).Lists["notes/Letter"]
	last := -1
	for _, want := range []string{"before it", "What was measured", "Analyte", "analyte 0", "<0.000", "analyte 119", "<0.119", "behind it"} {
		at := strings.Index(text, want)
		if at <= last {
			t.Errorf("got %q at %d, want it behind %d", want, at, last)
		}
		last = at
	}
	if n := strings.Count(text, "Reading"); n < 2 {
		t.Errorf("got the head of the table %d times, want it on each page", n)
	}
	if strings.Contains(text, "|") {
		t.Error("got bars between cells, want columns")
	}
}

func FuzzGrid(f *testing.F) {
	f.Add(`<table><tr><td rowspan="9" colspan="3">a</td></tr></table>`)
	f.Add("<table><table><td><th></table>")
	f.Add("<p>x</p><table>")
	f.Fuzz(func(t *testing.T, n string) {
		for n != "" {
			from, to := outerTable(n)
			g := gridOf(n[from:to])
			for _, r := range g.rows {
				for _, c := range r {
					if c.column < 0 || c.width < 1 || c.column+c.width > g.columns {
						t.Fatalf("%q: got a cell from %d, %d wide, of %d columns", n, c.column, c.width, g.columns)
					}
				}
			}
			if to <= 0 {
				t.Fatalf("%q: got no way on", n)
			}
			n = n[to:]
		}
	})
}
