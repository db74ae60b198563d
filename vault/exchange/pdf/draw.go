package pdf

import (
	"context"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/carnet-phr/carnet/assets"
)

// family is the name of the typeface inside the file.
const family = "DejaVuSansCondensed"

var faceStyles = [3]string{"", "B", "I"}

// draw writes the pages as a PDF.
func (d *document) draw(ctx context.Context, w io.Writer, made time.Time) error {
	p := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: d.paper.width, Ht: d.paper.height}})
	for i, data := range [][]byte{assets.FontRegular, assets.FontBold, assets.FontOblique} {
		p.AddUTF8FontFromBytes(family, faceStyles[i], data)
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
			n.p.SetFont(family, faceStyles[m.style.face], m.style.size)
			n.p.SetTextColor(c.r, c.g, c.b)
			n.style = m.style
		}
		n.p.Text(m.x, m.y, m.text)
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
			n.p.SetFont(family, "", 8)
		}
		n.p.Bookmark(m.text, m.level, m.y)
	}
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
