package pdf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// narrative writes a part of a note as its author laid it out: tables as tables,
// the rest as paragraphs.
func (f *flow) narrative(p sheet.Part) {
	n := string(p.Narrative)
	if !strings.Contains(n, "<table") || record.Visible(p.Narrative.Plain()) != p.Plain {
		f.say(body, p.Plain)
		return
	}
	for n != "" {
		from, to := outerTable(n)
		f.say(body, record.Visible(record.Narrative(n[:from]).Plain()))
		if from < to {
			f.grid(gridOf(n[from:to]), n[from:to])
		}
		n = n[to:]
	}
}

// outerTable finds the first table that no other holds; both ends are that of the
// text where there is none.
func outerTable(n string) (from, to int) {
	from = strings.Index(n, "<table")
	if from < 0 {
		return len(n), len(n)
	}
	depth := 0
	for at := from; ; {
		opening, closing := strings.Index(n[at:], "<table"), strings.Index(n[at:], "</table>")
		switch {
		case closing < 0:
			return from, len(n)
		case opening >= 0 && opening < closing:
			depth, at = depth+1, at+opening+len("<table")
		default:
			at += closing + len("</table>")
			if depth--; depth == 0 {
				return from, at
			}
		}
	}
}

// grid is a table of a narrative.
type grid struct {
	caption string
	rows    [][]gridCell
	columns int
}

// gridCell stands in a column; it may span more.
type gridCell struct {
	text          string
	head          bool
	column, width int
}

// gridOf reads a table (a [record.Narrative] is well formed). A cell that spans
// rows keeps its column free in those below it.
func gridOf(n string) grid {
	var g grid
	taken := map[int]int{} // rows that a column is still taken for
	for rest := n; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			break
		}
		tag, after, _ := strings.Cut(rest[i+1:], ">")
		rest = after
		name, _, _ := strings.Cut(tag, " ")
		switch name {
		case "caption":
			inner, behind := inside(rest, name)
			g.caption, rest = record.Visible(record.Narrative(inner).Plain()), behind
		case "tr":
			g.rows = append(g.rows, nil)
			for column := range taken {
				taken[column]--
			}
		case "td", "th":
			inner, behind := inside(rest, name)
			rest = behind
			if len(g.rows) == 0 {
				g.rows = append(g.rows, nil)
			}
			last := &g.rows[len(g.rows)-1]
			column := 0
			if k := len(*last); k > 0 {
				column = (*last)[k-1].column + (*last)[k-1].width
			}
			for taken[column] > 0 {
				column++
			}
			c := gridCell{record.Visible(record.Narrative(inner).Plain()), name == "th", column, span(tag, "colspan")}
			for k := range c.width {
				taken[column+k] = span(tag, "rowspan")
			}
			*last = append(*last, c)
			g.columns = max(g.columns, column+c.width)
		}
	}
	g.rows = slices.DeleteFunc(g.rows, func(r []gridCell) bool { return len(r) == 0 })
	return g
}

// inside is what an element holds, and what stands behind it.
func inside(rest, name string) (inner, behind string) {
	open, closing := "<"+name, "</"+name+">"
	depth := 1
	for at := 0; ; {
		end := strings.Index(rest[at:], closing)
		if end < 0 {
			return rest, ""
		}
		if begin := strings.Index(rest[at:], open); begin >= 0 && begin < end {
			depth, at = depth+1, at+begin+len(open)
			continue
		}
		if depth--; depth == 0 {
			return rest[:at+end], rest[at+end+len(closing):]
		}
		at += end + len(closing)
	}
}

func span(tag, name string) int {
	_, value, _ := strings.Cut(tag, name+`="`)
	value, _, _ = strings.Cut(value, `"`)
	if n, err := strconv.Atoi(value); err == nil && n > 1 {
		return min(n, mostColumns)
	}
	return 1
}

const mostColumns = 20 // more have no room on paper

// grid draws a table; one that paper has no room for stands as lines.
func (f *flow) grid(g grid, as string) {
	if g.columns > mostColumns {
		f.say(body, record.Visible(record.Narrative(as).Plain()))
		return
	}
	d := f.d
	if g.caption != "" {
		f.say(strong, g.caption)
	}
	cols := d.gridColumns(g)
	rows := g.rows
	if len(rows) > 1 && !slices.ContainsFunc(rows[0], func(c gridCell) bool { return !c.head || c.width > 1 }) {
		for _, c := range rows[0] {
			cols[c.column].title = c.text
		}
		rows = rows[1:]
		f.head(cols)
	} else {
		f.y += 2
	}
	for _, r := range rows {
		l := laid{cells: make([][]styled, len(cols))}
		for _, c := range r {
			s, width := body, 0.0
			if c.head {
				s = strong
			}
			for _, col := range cols[c.column : c.column+c.width] {
				width += col.width
			}
			l.cells[c.column] = d.cell(s, c.text, width-gutter, 0)
		}
		l.measure()
		f.row(cols, l)
	}
	f.y += 4
}

// gridColumns gives each column what its words need; where that is more than the
// page has, those that need less than their share keep it, and the others share
// what is left.
func (d *document) gridColumns(g grid) []column {
	cols := make([]column, g.columns)
	for _, r := range g.rows {
		for _, c := range r {
			if c.width == 1 {
				for text := range strings.SplitSeq(c.text, "\n") {
					cols[c.column].width = max(cols[c.column].width, d.width(strong, d.plain(text))+gutter+1)
				}
			}
		}
	}
	const least = 14 // points
	order := make([]int, len(cols))
	for i := range cols {
		order[i], cols[i].width = i, max(cols[i].width, least)
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(cols[a].width - cols[b].width) })
	left := d.content
	for k, i := range order {
		cols[i].width = min(cols[i].width, left/float64(len(order)-k))
		left -= cols[i].width
	}
	return cols
}
