package pdf

import (
	"fmt"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// The margins of a page, in points.
const (
	marginX      = 40
	marginTop    = 40
	marginBottom = 50
)

// ink is a colour.
type ink struct{ r, g, b int }

// The colours: black text, one accent, one colour for what must be asked about.
var (
	black  = ink{20, 26, 30}
	soft   = ink{85, 98, 106}
	accent = ink{11, 90, 112}
	amber  = ink{122, 61, 0}
	hair   = ink{213, 221, 225}
	wash   = ink{238, 245, 247}
	white  = ink{255, 255, 255}
)

// style is how words look.
type style struct {
	face int
	size float64
	ink  ink
}

// The styles of running text.
var (
	body   = style{regular, 7.6, black}
	strong = style{bold, 7.6, black}
	small  = style{regular, 6.8, soft}
	label  = style{regular, 6.6, soft}
	tagged = style{oblique, 6.6, amber}
	title2 = style{bold, 13, accent}
	title3 = style{bold, 9.2, accent}
)

func (s style) leading() float64 { return s.size * 1.26 }

// markKind tells the marks apart.
type markKind int

// The marks.
const (
	words markKind = iota
	rule
	box     // filled
	frame   // outlined
	stroke  // a line through points
	spot    // a small disc; hollow for a bound
	link    // an area that leads to a page
	outline // an entry in the list of contents
)

// mark is one thing on a page. Words stand on their baseline.
type mark struct {
	kind       markKind
	x, y, w, h float64
	text       string
	pieces     []piece // of words that need more than one face or direction
	style      style
	points     [][2]float64
	hollow     bool
	page       int // for links
	level      int // for entries in the outline
}

// document is pages of marks.
type document struct {
	sheet   *sheet.Sheet
	paper   Paper
	content float64 // points between the margins
	bottom  float64 // where the content of a page ends
	faces   [faceCount]*face
	shaper  shaping.HarfbuzzShaper
	shapes  [faceCount]*font.Face // for the shaper, made when needed
	pages   [][]mark
	page    int            // the one being written, from 0
	starts  map[string]int // page of each section, from 1
	unshown map[string]int // characters that the typeface lacks, by script
}

func newDocument(s *sheet.Sheet, on Paper) (*document, error) {
	faces, err := newFaces()
	if err != nil {
		return nil, err
	}
	return &document{sheet: s, paper: on, content: on.width - 2*marginX, bottom: on.height - marginBottom, faces: faces, pages: make([][]mark, 1), starts: map[string]int{}, unshown: map[string]int{}}, nil
}

func (d *document) newPage() {
	d.pages = append(d.pages, nil)
	d.page = len(d.pages) - 1
}

func (d *document) put(m mark) { d.pages[d.page] = append(d.pages[d.page], m) }

// write puts words, already made drawable, with their baseline at y.
func (d *document) write(x, y float64, s style, text string) {
	switch {
	case text == "":
	case d.simple(s.face, text):
		d.put(mark{kind: words, x: x, y: y, w: d.faces[s.face].width(text, s.size), text: text, style: s})
	default:
		l := d.compose(s, text)
		d.put(mark{kind: words, x: x, y: y, w: l.width, text: spoken(text), pieces: l.pieces, style: s})
	}
}

// right puts words that end at x.
func (d *document) right(x, y float64, s style, text string) {
	d.write(x-d.width(s, text), y, s, text)
}

func (d *document) line(x, y, w float64, c ink) {
	d.put(mark{kind: rule, x: x, y: y, w: w, style: style{ink: c}})
}

func (d *document) width(s style, text string) float64 {
	if d.simple(s.face, text) {
		return d.faces[s.face].width(text, s.size)
	}
	return d.compose(s, text).width
}

// footers puts the person, the number of pages and what is withheld at the foot
// of every page.
func (d *document) footers() {
	s := d.sheet
	who := d.plain(isolated(s.Who.Name) + ", born " + s.Who.Birth)
	about := "Health record as of " + s.Made
	if s.For != "" {
		about += ", prepared for " + isolated(s.For)
	}
	for _, n := range s.Notices {
		about += ". " + n
	}
	about = d.plain(about)
	for i := range d.pages {
		d.page = i
		y := d.paper.height - 30.0
		d.line(marginX, y-9, d.content, hair)
		number := fmt.Sprintf("page %d of %d", i+1, len(d.pages))
		room := d.content - d.width(label, number) - 20
		name := d.clip(style{bold, 6.8, black}, who, room*0.6)
		d.write(marginX, y, style{bold, 6.8, black}, name)
		d.right(d.paper.width-marginX, y, label, number)
		d.write(marginX, y+8.5, label, d.clip(label, about, d.content))
	}
}
