package pdf

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// column is a column of a table on paper.
type column struct {
	title string
	width float64
	right bool // figures: aligned at the right
	bold  bool // what a row is read for
}

const gutter = 7 // points between columns

// columns shares a width out; the last column names the sources.
func columns(of []sheet.Column, width float64) []column {
	const sourceWidth = 34 // points
	total := 0.0
	for _, c := range of {
		total += c.Share
	}
	var out []column
	for _, c := range of {
		out = append(out, column{title: c.Title, width: (width - sourceWidth) * c.Share / total, bold: len(out) == 0})
	}
	return append(out, column{title: "Source", width: sourceWidth, right: true})
}

// styled is one line of a cell.
type styled struct {
	text  string
	style style
}

// laid is a row with its cells broken into lines.
type laid struct {
	cells  [][]styled
	below  []styled // across the whole width
	height float64
	plot   *clinic.Plot // drawn in the cell of that number
	plotIn int
}

const rowPad = 2.1 // points above and below the lines of a row

// layRow breaks a row into lines; most limits the lines of a cell, 0 for none.
func (d *document) layRow(r sheet.Row, cols []column, most int) laid {
	return d.layRowAs(body, r, cols, most)
}

// layRowAs is layRow in another style than body.
func (d *document) layRowAs(plain style, r sheet.Row, cols []column, most int) laid {
	var l laid
	for i, text := range append(append([]string(nil), r.Cells...), brackets(r.Sources)) {
		s := plain
		switch {
		case cols[i].bold:
			s.face = bold
		case i == len(r.Cells):
			s = small
		}
		l.cells = append(l.cells, d.cell(s, text, cols[i].width-gutter*float64(1-b2i(i == len(r.Cells))), most))
	}
	width := cols[0].width - gutter
	l.cells[0] = append(l.cells[0], d.cell(tagged, strings.Join(tags(r), " · "), width, most)...)
	l.measure()
	return l
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tags are the words under the first cell.
func tags(r sheet.Row) []string {
	t := append([]string(nil), r.Tags...)
	if r.Patient {
		t = append(t, "entered by the patient")
	}
	return t
}

func (d *document) cell(s style, text string, width float64, most int) []styled {
	lines := d.wrap(s, text, width)
	if most > 0 {
		lines = d.most(s, lines, most, width)
	}
	out := make([]styled, 0, len(lines))
	for _, line := range lines {
		out = append(out, styled{line, s})
	}
	return out
}

func (l *laid) measure() {
	l.height = 0
	for _, c := range l.cells {
		l.height = max(l.height, height(c))
	}
	l.height += height(l.below) + 2*rowPad
}

func height(lines []styled) float64 {
	h := 0.0
	for _, line := range lines {
		h += line.style.leading()
	}
	return h
}

// details are a row's further facts, across the page.
func (d *document) details(rows []record.Row, width float64) []styled {
	return d.cell(small, pairWords(rows), width, 0)
}

// pairWords are labels and values in one line.
func pairWords(rows []record.Row) string {
	var parts []string
	for _, r := range rows {
		parts = append(parts, r.Label+": "+isolated(r.Value))
	}
	return strings.Join(parts, "  ·  ")
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "  ·  " + b
}

// brackets are source numbers: "[1] [3]".
func brackets(numbers []int) string {
	var s []string
	for _, n := range numbers {
		s = append(s, fmt.Sprintf("[%d]", n))
	}
	return strings.Join(s, " ")
}

// heads are the titles of columns, broken into lines, and their height.
func (d *document) heads(cols []column) (lines [][]styled, h float64) {
	for _, c := range cols {
		l := d.cell(label, c.title, c.width-gutter*float64(1-b2i(c.right)), 0)
		lines, h = append(lines, l), max(h, height(l))
	}
	return lines, h
}

// drawHead draws the titles of columns at y and gives the y below.
func (d *document) drawHead(x, y float64, cols []column) float64 {
	lines, h := d.heads(cols)
	if h == 0 {
		return y
	}
	at := x
	for i, c := range cols {
		d.drawLines(at, y+h-height(lines[i]), c, lines[i])
		at += c.width
	}
	d.line(x, y+h+1.5, at-x, hair)
	return y + h + 1.5
}

// drawRow draws a row at y and gives the y below.
func (d *document) drawRow(x, y float64, cols []column, l laid) float64 {
	at, width := x, 0.0
	for i, c := range l.cells {
		d.drawLines(at, y+rowPad, cols[i], c)
		if l.plot != nil && i == l.plotIn {
			d.plot(at, y+rowPad+1, *l.plot)
		}
		at += cols[i].width
		width += cols[i].width
	}
	if len(l.below) > 0 {
		d.drawLines(x+8, y+l.height-rowPad-height(l.below), column{width: width - 8}, l.below)
	}
	d.line(x, y+l.height, width, hair)
	return y + l.height
}

func (d *document) drawLines(x, y float64, c column, lines []styled) {
	for _, line := range lines {
		base := y + line.style.size
		if c.right {
			d.right(x+c.width, base, line.style, line.text)
		} else {
			d.write(x, base, line.style, line.text)
		}
		y += line.style.leading()
	}
}
