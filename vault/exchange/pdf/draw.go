package pdf

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// family is the name of the typeface inside the file.
const family = "DejaVuSansCondensed"

// faceNames are the faces inside the file.
var faceNames = [faceCount]struct{ family, style string }{{family, ""}, {family, "B"}, {family, "I"}, {"DroidSansFallback", ""}}

// draw writes the pages as a PDF.
func (d *document) draw(ctx context.Context, w io.Writer, made time.Time) error {
	p := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: d.paper.width, Ht: d.paper.height}})
	for i, f := range d.faces {
		if f != nil {
			p.AddUTF8FontFromBytes(faceNames[i].family, faceNames[i].style, f.data)
		}
	}
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true) // the same record gives the same bytes
	p.SetTitle(d.plain(d.sheet.Who.Name+", born "+d.sheet.Who.Birth+": health record"), true)
	p.SetSubject("Health record as of "+d.sheet.Made, true)
	p.SetCreator("Carnet "+d.sheet.Version, true)
	p.SetLang("en")
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetDisplayMode("fullwidth", "continuous")
	links := make([]int, len(d.pages))
	for i := range links {
		links[i] = p.AddLink()
	}
	for i, marks := range d.pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.AddPage()
		p.SetLink(links[i], 0, i+1)
		pen := &pen{p: p, links: links}
		for _, m := range marks {
			pen.draw(m)
		}
		d.pages[i] = nil // drawn: the pages of a long record need not lie in memory twice
	}
	if err := p.Output(w); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

// pen draws marks and remembers what it last set.
type pen struct {
	p     *fpdf.Fpdf
	links []int
	style style
}

func (n *pen) draw(m mark) {
	c := m.style.ink
	switch m.kind {
	case words:
		if n.style != m.style {
			n.face(m.style.face, m.style.size)
			n.p.SetTextColor(c.r, c.g, c.b)
			n.style = m.style
		}
		n.words(m)
	case rule:
		n.pencil(c, 0.5)
		n.p.Line(m.x, m.y, m.x+m.w, m.y)
	case box:
		n.p.SetFillColor(c.r, c.g, c.b)
		n.p.Rect(m.x, m.y, m.w, m.h, "F")
	case frame:
		n.pencil(c, 0.8)
		n.p.Rect(m.x, m.y, m.w, m.h, "D")
	case stroke:
		n.pencil(c, 0.9)
		n.p.MoveTo(m.points[0][0], m.points[0][1])
		for _, at := range m.points[1:] {
			n.p.LineTo(at[0], at[1])
		}
		n.p.DrawPath("D")
	case spot:
		n.spot(m)
	case link:
		n.p.Link(m.x, m.y, m.w, m.h, n.links[m.page-1])
	case outline:
		if n.style == (style{}) {
			n.face(regular, 8)
		}
		n.p.Bookmark(m.text, m.level, m.y)
	}
}

func (n *pen) face(face int, size float64) {
	n.p.SetFont(faceNames[face].family, faceNames[face].style, size)
}

// words draws a line. Its glyphs stand from left to right and are told by their
// characters, also joined forms of Arabic, from which readers find the order and
// the letters; a glyph without a character says what it stands for (ActualText,
// ISO 32000-1 14.9.4).
func (n *pen) words(m mark) {
	if m.pieces == nil {
		n.p.Text(m.x, m.y, m.text)
		return
	}
	face, span := m.style.face, 0
	for _, piece := range m.pieces {
		if piece.span > 0 {
			span = piece.span
			n.p.RawWriteStr("/Span <</ActualText " + utf16Hex(piece.said) + ">> BDC")
		}
		if piece.face != face {
			n.face(piece.face, m.style.size)
			face = piece.face
		}
		n.p.Text(m.x+piece.x, m.y-piece.y, piece.text)
		if span--; span == 0 {
			n.p.RawWriteStr("EMC")
		}
	}
	if face != m.style.face {
		n.style = style{}
	}
}

func utf16Hex(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}

func (n *pen) spot(m mark) {
	c := m.style.ink
	if m.hollow {
		n.pencil(c, 0.6)
		n.p.SetFillColor(white.r, white.g, white.b)
		n.p.Circle(m.x, m.y, m.w, "FD")
		return
	}
	n.p.SetFillColor(c.r, c.g, c.b)
	n.p.Circle(m.x, m.y, m.w, "F")
}

func (n *pen) pencil(c ink, width float64) {
	n.p.SetDrawColor(c.r, c.g, c.b)
	n.p.SetLineWidth(width)
}
