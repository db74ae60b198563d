package html

import (
	"strconv"

	"golang.org/x/net/html"
)

// fitSpans makes the spans of every table fit its grid: a cell ends with its
// row group, no two cells lie over each other, and no column is there in which
// no cell begins. Senders count rows and columns that they then leave out; the
// cells keep their places under their headers.
func fitSpans(n *html.Node) {
	if n.Type == html.ElementNode && n.Data == "table" {
		fitTable(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		fitSpans(c)
	}
}

// placed is a cell with where it begins and how far it goes.
type placed struct {
	cell             *html.Node
	column           int
	columns, rowspan int
}

func fitTable(table *html.Node) {
	var cells []placed
	begun := map[int]bool{} // columns in which a cell begins
	for group := table.FirstChild; group != nil; group = group.NextSibling {
		cells = append(cells, placeGroup(group, begun)...)
	}
	for _, p := range cells {
		columns := 0
		for c := p.column; c < p.column+p.columns; c++ {
			if begun[c] {
				columns++
			}
		}
		setSpan(p.cell, "colspan", columns)
		setSpan(p.cell, "rowspan", p.rowspan)
	}
}

// placeGroup lays the cells of one row group on a grid, as a browser does
// (HTML, 4.9.12 "forming a table").
func placeGroup(group *html.Node, begun map[int]bool) []placed {
	var cells []placed
	rows := elements(group, "tr")
	taken := map[int]int{} // by column: rows that a cell from above still covers
	for r, row := range rows {
		column := 0
		covered := map[int]int{}
		for _, cell := range elements(row, "td", "th") {
			for taken[column] > 0 {
				column++
			}
			p := placed{cell: cell, column: column, rowspan: min(span(cell, "rowspan"), len(rows)-r)}
			for want := span(cell, "colspan"); p.columns < want && taken[column] == 0; column++ {
				covered[column] = p.rowspan
				p.columns++
			}
			begun[p.column] = true
			cells = append(cells, p)
		}
		for c := range taken {
			taken[c] = max(0, taken[c]-1)
		}
		for c, n := range covered {
			taken[c] = n - 1
		}
	}
	return cells
}

func elements(n *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for _, name := range names {
			if c.Type == html.ElementNode && c.Data == name {
				found = append(found, c)
			}
		}
	}
	return found
}

// span is a span attribute; 1 when there is none.
func span(cell *html.Node, name string) int {
	for _, a := range cell.Attr {
		if n, err := strconv.Atoi(a.Val); a.Key == name && err == nil && n > 0 {
			return n
		}
	}
	return 1
}

func setSpan(cell *html.Node, name string, n int) {
	var kept []html.Attribute
	for _, a := range cell.Attr {
		if a.Key != name {
			kept = append(kept, a)
		}
	}
	if n > 1 {
		kept = append(kept, html.Attribute{Key: name, Val: strconv.Itoa(n)})
	}
	cell.Attr = kept
}
