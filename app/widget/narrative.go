package widget

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/carnet-phr/carnet/vault/record"
)

// Block is a piece of narrative that stands on its own lines.
type Block struct {
	Kind  BlockKind
	Depth int    // of a list item
	Mark  string // of a list item: "•", "2."
	Runs  []Run
	Cells [][]Cell // of a table
}

// BlockKind tells blocks apart.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Title
	Item
	Table
	Verbatim
	SectionTitle
)

// Run is words in one style.
type Run struct {
	Text         string
	Bold, Italic bool
}

// Cell is one cell of a table.
type Cell struct {
	Runs []Run
	Head bool
	Span int // columns, at least 1
}

// Text is the words of runs.
func Text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return strings.TrimSpace(b.String())
}

// rowsPerTable keeps a table block small; longer tables become several blocks
// with the same columns.
const rowsPerTable = 30

// ParseNarrative reads a narrative into blocks, losing no word.
func ParseNarrative(n record.Narrative) []Block {
	nodes, err := html.ParseFragment(strings.NewReader(string(n)), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return []Block{{Runs: []Run{{Text: n.Plain()}}}}
	}
	var p narrativeParser
	for _, node := range nodes {
		p.walk(node, style{})
	}
	p.flush()
	return p.blocks
}

type style struct{ bold, italic, pre bool }

type list struct {
	ordered bool
	next    int
}

type narrativeParser struct {
	blocks []Block
	now    Block
	lists  []list
}

func (p *narrativeParser) flush() {
	if p.now.Kind != Verbatim {
		p.now.Runs = trimRuns(p.now.Runs)
	}
	if Text(p.now.Runs) != "" {
		p.blocks = append(p.blocks, p.now)
	}
	p.now = Block{}
}

func (p *narrativeParser) walk(n *html.Node, s style) {
	if n.Type == html.TextNode {
		p.text(n.Data, s)
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		p.now.Runs = append(trimEnd(p.now.Runs), Run{Text: "\n"})
	case atom.B, atom.Th, atom.Dt:
		s.bold = true
		p.within(n, s, n.DataAtom == atom.Dt, Paragraph)
	case atom.I:
		s.italic = true
		p.within(n, s, false, Paragraph)
	case atom.Ul, atom.Ol:
		p.flush()
		p.lists = append(p.lists, list{ordered: n.DataAtom == atom.Ol, next: 1})
		p.children(n, s)
		p.flush()
		p.lists = p.lists[:len(p.lists)-1]
	case atom.Li:
		p.item(n, s)
	case atom.Table:
		p.flush()
		p.table(n)
	case atom.H4, atom.Caption:
		p.within(n, s, true, Title)
	case atom.Pre:
		s.pre = true
		p.within(n, s, true, Verbatim)
	case atom.P, atom.Dl, atom.Dd:
		p.within(n, s, true, Paragraph)
	default:
		p.children(n, s)
	}
}

func (p *narrativeParser) children(n *html.Node, s style) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c, s)
	}
}

// within reads n's children, on lines of their own for a block.
func (p *narrativeParser) within(n *html.Node, s style, block bool, k BlockKind) {
	if !block {
		p.children(n, s)
		return
	}
	keep := p.now
	if Text(p.now.Runs) != "" || keep.Kind != Item {
		p.flush()
	}
	if p.now.Kind != Item {
		p.now.Kind = k
	}
	p.children(n, s)
	p.flush()
}

func (p *narrativeParser) item(n *html.Node, s style) {
	p.flush()
	mark := "•"
	if len(p.lists) > 0 {
		if l := &p.lists[len(p.lists)-1]; l.ordered {
			mark = strconv.Itoa(l.next) + "."
			l.next++
		}
	}
	p.now = Block{Kind: Item, Depth: max(0, len(p.lists)-1), Mark: mark}
	p.children(n, s)
	p.flush()
}

func (p *narrativeParser) text(data string, s style) {
	if !s.pre {
		data = collapse(data)
	}
	if data == "" || data == " " && (len(p.now.Runs) == 0 || strings.HasSuffix(p.now.Runs[len(p.now.Runs)-1].Text, " ")) {
		return
	}
	p.now.Runs = append(p.now.Runs, Run{Text: data, Bold: s.bold, Italic: s.italic})
}

// collapse makes any white space one space.
func collapse(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		if s != "" {
			return " "
		}
		return ""
	}
	if strings.ContainsAny(s[:1], " \t\r\n") {
		words = " " + words
	}
	if strings.ContainsAny(s[len(s)-1:], " \t\r\n") {
		words += " "
	}
	return words
}

func trimRuns(runs []Run) []Run {
	if len(runs) > 0 {
		runs[0].Text = strings.TrimLeft(runs[0].Text, " \n")
	}
	return trimEnd(runs)
}

func trimEnd(runs []Run) []Run {
	if n := len(runs); n > 0 {
		runs[n-1].Text = strings.TrimRight(runs[n-1].Text, " ")
	}
	return runs
}

// table reads rows and cells; nested tables become words of their cell.
func (p *narrativeParser) table(n *html.Node) {
	var rows [][]Cell
	hanging := map[int]int{} // column -> rows that a rowspan still fills
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.DataAtom == atom.Tr:
				rows = append(rows, tableRow(c, hanging))
			case c.DataAtom == atom.Caption:
				p.walk(c, style{})
			case c.Type == html.ElementNode:
				walk(c)
			case strings.TrimSpace(c.Data) != "":
				rows = append(rows, []Cell{{Runs: []Run{{Text: collapse(c.Data)}}, Span: 1}})
			}
		}
	}
	walk(n)
	for len(rows) > 0 {
		k := min(rowsPerTable, len(rows))
		p.blocks = append(p.blocks, Block{Kind: Table, Cells: rows[:k]})
		rows = rows[k:]
	}
}

func tableRow(tr *html.Node, hanging map[int]int) []Cell {
	var cells []Cell
	col := 0
	fill := func() {
		for hanging[col] > 0 {
			hanging[col]--
			cells = append(cells, Cell{Span: 1})
			col++
		}
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		fill()
		cell := Cell{Head: c.DataAtom == atom.Th, Span: span(c, "colspan")}
		cell.Runs = cellRuns(c, cell.Head)
		for i := 0; i < cell.Span; i++ {
			hanging[col+i] = span(c, "rowspan") - 1
		}
		cells = append(cells, cell)
		col += cell.Span
	}
	fill()
	return cells
}

// cellRuns is all words of a cell; its blocks stand on lines of their own.
func cellRuns(n *html.Node, bold bool) []Run {
	var p narrativeParser
	p.children(n, style{bold: bold})
	p.flush()
	var runs []Run
	for _, b := range p.blocks {
		if len(runs) > 0 {
			runs = append(runs, Run{Text: "\n"})
		}
		if b.Kind == Item {
			runs = append(runs, Run{Text: b.Mark + " "})
		}
		runs = append(runs, b.Runs...)
		for i, row := range b.Cells {
			if i > 0 {
				runs = append(runs, Run{Text: "\n"})
			}
			for j, c := range row {
				if j > 0 {
					runs = append(runs, Run{Text: " | "})
				}
				runs = append(runs, c.Runs...)
			}
		}
	}
	return runs
}

func span(n *html.Node, name string) int {
	const most = 50 // columns or rows that one cell may cover here
	for _, a := range n.Attr {
		if a.Key == name {
			if v, err := strconv.Atoi(a.Val); err == nil && v >= 1 {
				return min(v, most)
			}
		}
	}
	return 1
}
