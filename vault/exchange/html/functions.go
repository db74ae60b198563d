package html

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// functions are what the template may call.
func functions(c *cleaner) template.FuncMap {
	return template.FuncMap{
		"list":      newBlock,
		"first":     func(keys []sheet.Key, n int) []sheet.Key { return keys[:min(n, len(keys))] },
		"doubts":    func(d []sheet.Doubt, n int) []sheet.Doubt { return d[:min(n, len(d))] },
		"over":      over,
		"spark":     newSpark,
		"charts":    newCharts,
		"paths":     paths,
		"arrow":     arrow,
		"anchor":    anchor,
		"less":      func(a, b float64) float64 { return a - b },
		"bar":       bar,
		"shortYear": shortYear,
		"yearID":    func(year string) string { return strings.ReplaceAll(strings.ToLower(year), " ", "-") },
		"short":     func(s string) bool { return len(s) <= shortCell },
		"num":       num,
		"depth":     func(d int) int { return max(0, min(d, deepest)) },
		"narrative": func(n record.Narrative) template.HTML {
			return template.HTML(c.clean(n)) // passed the closed list of elements
		},
	}
}

const shortCell = 26 // bytes of a cell that keeps to one line

const deepest = 3 // levels of a note's sections that are indented

// over is how many of a list stand beyond the first n.
func over(list any, n int) int {
	switch l := list.(type) {
	case []sheet.Key:
		return max(0, len(l)-n)
	case []sheet.Doubt:
		return max(0, len(l)-n)
	}
	return 0
}

// block is a list of the front page with its first rows.
type block struct {
	sheet.Block
	Class string
	Shown []sheet.Row
	More  int
}

func newBlock(b sheet.Block, class string, n int) block {
	n = min(n, len(b.Rows))
	return block{Block: b, Class: class, Shown: b.Rows[:n], More: len(b.Rows) - n}
}

// bar is where the bar of a year begins, in a strip that is 40 high: a year with
// anything at all is seen.
func bar(n, most int) string {
	const height = 40
	return num(height - max(2, float64(height*n)/float64(max(1, most))))
}

func num(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// shortYear is "24" of a year, and a dash of what has none.
func shortYear(year string) string {
	if len(year) != len("2024") {
		return "–"
	}
	return year[2:]
}
