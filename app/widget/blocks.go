package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// Narrative shows formatted text as its author laid it out.
func Narrative(n record.Narrative) fyne.CanvasObject {
	var blocks []func() fyne.CanvasObject
	for _, b := range ParseNarrative(n) {
		blocks = append(blocks, func() fyne.CanvasObject { return b.Object(nil) })
	}
	return Unrolled(8, blocks)
}

// Mark is a stretch of a block's text in which something was found.
type Mark struct {
	Holder  int // of [Block.Holders]
	Stretch     // bytes of the holder's text
	Now     bool
}

// Holders are the texts of a block as they are shown: its own, or those of a
// table's cells one after the other.
func (b Block) Holders() []string {
	if b.Kind != Table {
		return []string{visibleText(b.Runs)}
	}
	var texts []string
	for _, row := range b.Cells {
		for _, c := range row {
			texts = append(texts, visibleText(c.Runs))
		}
	}
	return texts
}

func visibleText(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(record.Visible(r.Text))
	}
	return b.String()
}

// Object shows a block, with marks in it.
func (b Block) Object(marks []Mark) fyne.CanvasObject {
	switch b.Kind {
	case SectionTitle:
		return newRuns(b.Runs, true, theme.SizeNameSubHeadingText, marks)
	case Title:
		return newRuns(b.Runs, true, "", marks)
	case Item:
		mark := NewLine(b.Mark, "", ui.ColorMuted)
		mark.Whole = true
		return Inset(0, 0, float32(4+18*b.Depth), 0, container.NewBorder(nil, nil, container.NewVBox(mark), nil, newRuns(b.Runs, false, "", marks)))
	case Table:
		return tableObject(b.Cells, marks)
	}
	return newRuns(b.Runs, false, "", marks)
}

func newRuns(runs []Run, bold bool, size fyne.ThemeSizeName, marks []Mark) fyne.CanvasObject {
	var segs []fw.RichTextSegment
	at := 0
	for _, r := range runs {
		for _, piece := range pieces(record.Visible(r.Text)) {
			for _, part := range parts(piece, at, marks) {
				s := fw.RichTextStyleInline
				if size != "" {
					s.SizeName = size
				}
				s.TextStyle = fyne.TextStyle{Bold: r.Bold || bold, Italic: r.Italic}
				if part.found {
					s.TextStyle.Bold, s.TextStyle.Underline, s.ColorName = true, part.now, theme.ColorNameWarning
				}
				segs = append(segs, &fw.TextSegment{Text: part.text, Style: s})
			}
			at += len(piece)
		}
	}
	t := fw.NewRichText(segs...)
	t.Wrapping = fyne.TextWrapWord
	return Flush(t)
}

// part is a piece of a text that is marked or not.
type part struct {
	text       string
	found, now bool
}

// parts cuts a text, which begins at a byte of its holder, where marks begin and
// end. The marks stand in their order.
func parts(text string, at int, marks []Mark) []part {
	var out []part
	done := 0
	for _, m := range marks {
		from, to := max(m.Start-at, done), min(m.End-at, len(text))
		if from >= to {
			continue
		}
		if from > done {
			out = append(out, part{text: text[done:from]})
		}
		out = append(out, part{text[from:to], true, m.Now})
		done = to
	}
	if done < len(text) || len(out) == 0 {
		out = append(out, part{text: text[done:]})
	}
	return out
}

// of are the marks of one holder.
func of(marks []Mark, holder int) []Mark {
	var out []Mark
	for _, m := range marks {
		if m.Holder == holder {
			out = append(out, m)
		}
	}
	return out
}

// pieces keeps one segment short, since wrapping is quadratic in its length.
func pieces(s string) []string {
	var out []string
	for len(s) > paragraphLimit {
		at := paragraphLimit
		for at > 0 && s[at] != ' ' && s[at] != '\n' {
			at--
		}
		if at == 0 {
			at = paragraphLimit
			for at > 1 && s[at]&0xC0 == 0x80 {
				at--
			}
		}
		out = append(out, s[:at])
		s = s[at:]
	}
	return append(out, s)
}

// tableObject lays the cells of a table out in columns whose widths follow
// their words.
func tableObject(rows [][]Cell, marks []Mark) fyne.CanvasObject {
	l := &tableLayout{height: new(float32)}
	c := &fyne.Container{Layout: l}
	n := 0
	for _, row := range rows {
		ground := ui.ColorPanel
		if len(row) > 0 && row[0].Head {
			ground = ui.ColorPlain
		}
		c.Objects = append(c.Objects, NewGround(ground, "", 0))
		l.rows = append(l.rows, row)
		for _, cell := range row {
			c.Objects = append(c.Objects, newRuns(cell.Runs, cell.Head, "", of(marks, n)))
			n++
		}
	}
	l.weights = columnWeights(rows)
	return container.NewStack(NewGround(ui.ColorBorder, "", 4), c)
}

// columnWeights are the shares of the width: by the longest word and the usual
// length of the cells of one column.
func columnWeights(rows [][]Cell) []float32 {
	var w []float32
	for _, row := range rows {
		col := 0
		for _, c := range row {
			for len(w) < col+c.Span {
				w = append(w, 4)
			}
			if c.Span == 1 {
				w[col] = max(w[col], min(float32(len([]rune(Text(c.Runs)))), 40))
			}
			col += c.Span
		}
	}
	return w
}

type tableLayout struct {
	rows    [][]Cell
	weights []float32
	height  *float32
}

const cellPad = 6

// MinSize implements [fyne.Layout].
func (l *tableLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(len(l.weights))*40, *l.height)
}

// Layout implements [fyne.Layout]. Each row is its ground, then its cells.
func (l *tableLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	total := float32(0)
	for _, w := range l.weights {
		total += w
	}
	y := float32(0)
	for _, row := range l.rows {
		ground := o[0]
		cells := o[1 : 1+len(row)]
		o = o[1+len(row):]
		x, high := float32(0), float32(0)
		col := 0
		for i, c := range row {
			w := float32(0)
			for k := col; k < col+c.Span && k < len(l.weights); k++ {
				w += l.weights[k] / total * size.Width
			}
			col += c.Span
			high = max(high, heightAt(cells[i], max(1, w-2*cellPad)))
			cells[i].Move(fyne.NewPos(x+cellPad, y+cellPad-2))
			x += w
		}
		high += 2*cellPad - 2
		ground.Move(fyne.NewPos(1, y+1))
		ground.Resize(fyne.NewSize(size.Width-2, high-1))
		y += high
	}
	*l.height = y + 1
}
