package pdf

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// flow writes the pages after the first, from top to bottom.
type flow struct {
	d *document
	y float64
}

// room makes sure that h points are left on the page, else begins a new one; it
// says whether it did.
func (f *flow) room(h float64) bool {
	if f.y == 0 {
		f.y = marginTop
	}
	if f.y+h <= f.d.bottom {
		return false
	}
	f.d.newPage()
	f.y = marginTop
	return true
}

// headingRoom is what a section's heading needs with the beginning of its first
// table, so that no heading stands alone at the foot of a page.
const headingRoom = 130 // points

// heading begins a section and lists it in the outline.
func (f *flow) heading(id, title string) {
	f.room(headingRoom)
	if f.y > marginTop {
		f.y += 18
	}
	d := f.d
	d.starts[id] = d.page + 1
	title = d.plain(title)
	d.put(mark{kind: outline, text: title, y: f.y})
	d.write(marginX, f.y+title2.size, title2, title)
	f.y += title2.leading() + 2
	d.line(marginX, f.y, f.d.content, accent)
	f.y += 6
}

// say writes paragraphs; one that runs from right to left begins at the right.
func (f *flow) say(s style, text string) {
	for _, line := range f.d.wrap(s, text, f.d.content) {
		f.room(s.leading())
		if strings.HasPrefix(line, string(rlm)) {
			f.d.right(f.d.paper.width-marginX, f.y+s.size, s, line)
		} else {
			f.d.write(marginX, f.y+s.size, s, line)
		}
		f.y += s.leading()
	}
}

func (f *flow) section(x sheet.Section) {
	f.heading(x.ID, x.Title)
	if x.Banner != "" {
		f.say(body, x.Banner)
		f.y += 3
	} else if x.Count == 0 {
		f.say(body, "Nothing is recorded here.")
	}
	for _, t := range x.Tables {
		f.table(t)
	}
	for _, t := range x.Tests {
		f.test(t)
	}
	for _, n := range x.Notes {
		f.note(n)
	}
}

// subheading stands above one table.
func (f *flow) subheading(title, remark string) {
	f.room(56)
	f.y += 7
	f.say(title3, title)
	if remark != "" {
		f.say(small, remark)
	}
}

// plainStatus are the statuses that say no more than the title of their table.
var plainStatus = map[string]string{"Current": "active", "Given": "completed", "Done": "completed", "Visits and stays": "finished", "Studies": "available"}

func (f *flow) table(t sheet.Table) {
	cols := columns(t.Columns, f.d.content)
	for n, r := range t.Rows {
		l := f.d.layRow(r, cols, 0)
		l.below = f.d.details(slices.DeleteFunc(slices.Clone(r.Details), func(x record.Row) bool { return x.Label == "Status" && x.Value == plainStatus[t.Title] }), f.d.content-8)
		l.measure()
		if n == 0 {
			const titleAndHead = 50 // points
			f.room(titleAndHead + min(l.height, headingRoom))
			if t.Title != "" {
				f.subheading(t.Title, t.Remark)
			}
			f.head(cols)
		}
		f.row(cols, l)
	}
}

func (f *flow) head(cols []column) {
	f.room(40)
	f.y = f.d.drawHead(marginX, f.y, cols)
}

// row draws a row, on the next page when it does not fit; one that is taller
// than half a page is cut where the page ends.
func (f *flow) row(cols []column, l laid) {
	const worth = 70 // points for which a piece is begun
	tall := (f.d.bottom - marginTop) / 2
	for l.height > tall && f.y+l.height > f.d.bottom {
		if f.d.bottom-f.y < worth {
			f.next(cols)
		}
		var piece laid
		if piece, l = cut(l, f.d.bottom-f.y); len(l.cells) == 0 {
			l = piece
			break
		}
		f.y = f.d.drawRow(marginX, f.y, cols, piece)
	}
	if f.y+l.height > f.d.bottom {
		f.next(cols)
	}
	f.y = f.d.drawRow(marginX, f.y, cols, l)
}

// next goes on with a table on the next page.
func (f *flow) next(cols []column) {
	f.room(f.d.paper.height)
	f.y = f.d.drawHead(marginX, f.y, cols)
}

// cut splits a row at line ends: a piece of at most limit points, and what is left
// of it; a row without cells is none.
func cut(l laid, limit float64) (piece, rest laid) {
	limit -= 2 * rowPad
	piece, rest = laid{cells: make([][]styled, len(l.cells))}, laid{cells: make([][]styled, len(l.cells))}
	left := false
	for i, c := range l.cells {
		n := fittingLines(c, limit)
		piece.cells[i], rest.cells[i] = c[:n], c[n:]
		left = left || n < len(c)
	}
	rest.below = l.below
	if !left {
		piece.measure()
		n := fittingLines(l.below, limit-piece.height+2*rowPad)
		piece.below, rest.below = l.below[:n], l.below[n:]
	}
	piece.measure()
	if !left && len(rest.below) == 0 {
		return piece, laid{}
	}
	rest.measure()
	return piece, rest
}

// fittingLines is how many lines there is room for.
func fittingLines(lines []styled, room float64) int {
	for n, line := range lines {
		if room -= line.style.leading(); room < 0 {
			return n
		}
	}
	return len(lines)
}
