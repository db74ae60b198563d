package pdf

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/exchange/pdf/bidi"
)

// piece is a stretch of a line in one face. Its text names glyphs.
type piece struct {
	face int
	x, y float64 // points from the beginning of the line, and above it
	text string
	said string // what it and the pieces behind it say, where their glyphs do not
	span int    // how many pieces that are
}

// line is words as they stand on paper, from left to right.
type line struct {
	pieces []piece
	width  float64
}

// simple says that a text stands as it is written: one face has it all, and each
// letter keeps its shape and place.
func (d *document) simple(face int, text string) bool {
	f := d.faces[face]
	for _, r := range text {
		if r >= 0x300 && complexRune(r) || !f.has(r) {
			return false
		}
	}
	return true
}

// complexRune says that a character joins others, stands over them, turns their
// direction or is not seen.
func complexRune(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case semitic(r), invisible(r):
		return true
	}
	return unicode.Is(unicode.Mn, r)
}

// semitic characters run from right to left: the Hebrew and Arabic blocks.
func semitic(r rune) bool {
	return r >= 0x590 && r <= 0x8FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE
}

// invisible characters tell how others are read and have no look: joiners, marks
// of direction, isolates, choices of a variant.
func invisible(r rune) bool {
	return r >= 0x200C && r <= 0x200F || r >= 0x2066 && r <= 0x2069 || unicode.Is(unicode.Variation_Selector, r)
}

// spoken is a text without what we added to keep its order.
func spoken(s string) string {
	return strings.Map(func(r rune) rune {
		if r == lrm || r == rlm || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}

// amount is a bound, or a number with a Latin unit.
var amount = regexp.MustCompile(`[<>≤≥]=? ?[0-9٠-٩۰-۹]+(?:[.,٫][0-9٠-٩۰-۹]+)*(?: ?[A-Za-zµμ%°][A-Za-z0-9µμ/%²³^*.-]*)?|(?:\b[0-9]+|[٠-٩۰-۹]+)(?:[.,٫][0-9٠-٩۰-۹]+)* ?[A-Za-zµμ%°][A-Za-z0-9µμ/%²³^*.-]*`)

// amountsApart keeps "<0.5 mg" in that order inside of text that runs from right
// to left. By the rules alone it would read "mg 0.5>": right for who reads it
// from the right, the opposite for a doctor who does not (UAX #9 leaves such
// knowledge of the text to higher protocols, HL3).
func amountsApart(s string) string {
	if !strings.ContainsFunc(s, semitic) || strings.ContainsRune(s, '\u2066') {
		return s
	}
	return amount.ReplaceAllString(s, "\u2066$0\u2069")
}

// isolated keeps a text of another direction from pulling what stands beside it
// to its other side (UAX #9, 3.4).
func isolated(s string) string {
	if strings.ContainsFunc(s, semitic) {
		return "\u2068" + s + "\u2069"
	}
	return s
}

// compose lays out a line that is not simple.
func (d *document) compose(s style, text string) line {
	all := []rune(text)
	c := &composer{d: d, style: s, text: all}
	for _, run := range bidi.Visual(bidi.Levels(all, bidi.Auto)) {
		stretches := c.stretches(run)
		for i := range stretches {
			if run.RTL() {
				i = len(stretches) - 1 - i
			}
			c.stretch(stretches[i], run.RTL())
		}
	}
	c.end()
	return line{pieces: c.pieces, width: c.x}
}

// composer lays a line out from left to right.
type composer struct {
	d      *document
	style  style
	text   []rune
	pieces []piece
	x      float64

	open piece // not yet ended
	next float64
	word strings.Builder
}

// stretch is characters of one face and script.
type stretch struct {
	face     int
	script   language.Script
	from, to int
}

// stretches splits a run; what has no script of its own goes with what stands
// before it.
func (c *composer) stretches(run bidi.Run) []stretch {
	var all []stretch
	for i := run.From; i < run.To; i++ {
		r := c.text[i]
		face, script := c.d.faceOf(c.style.face, r), language.LookupScript(r)
		n := len(all)
		shared := script == language.Common || script == language.Inherited
		switch {
		case n > 0 && (invisible(r) || unicode.Is(unicode.Mn, r)):
			all[n-1].to = i + 1
		case n > 0 && all[n-1].face == face && (shared || all[n-1].script == script):
			all[n-1].to = i + 1
		case n > 0 && all[n-1].face == face && all[n-1].script == language.Common:
			all[n-1].to, all[n-1].script = i+1, script
		default:
			if shared {
				script = language.Common
			}
			all = append(all, stretch{face, script, i, i + 1})
		}
	}
	return all
}

func (c *composer) stretch(s stretch, rtl bool) {
	plain := !rtl
	for _, r := range c.text[s.from:s.to] {
		plain = plain && !complexRune(r)
	}
	f := c.d.faces[s.face]
	if plain {
		for _, r := range c.text[s.from:s.to] {
			c.glyph(s.face, r, 0, 0, float64(f.advance(r))/f.perEm)
		}
		return
	}
	direction := di.DirectionLTR
	if rtl {
		direction = di.DirectionRTL
	}
	out := c.d.shaper.Shape(shaping.Input{
		Text: c.text, RunStart: s.from, RunEnd: s.to, Direction: direction, Face: c.d.shape(s.face), Size: fixed.I(int(f.perEm)), Script: s.script, Language: "en",
	})
	for i := 0; i < len(out.Glyphs); {
		n := i + 1
		for n < len(out.Glyphs) && out.Glyphs[n].TextIndex() == out.Glyphs[i].TextIndex() {
			n++
		}
		c.cluster(s.face, out.Glyphs[i:n], rtl)
		i = n
	}
}

// cluster puts the glyphs that stand for some characters together.
func (c *composer) cluster(face int, glyphs []shaping.Glyph, rtl bool) {
	f, from := c.d.faces[face], glyphs[0].TextIndex()
	em := func(v fixed.Int26_6) float64 { return float64(v) / 64 / f.perEm }
	var source, drawn []rune
	for _, r := range c.text[from:min(from+glyphs[0].RunesCount(), len(c.text))] {
		if !invisible(r) {
			source = append(source, r)
		}
	}
	if len(source) == 0 {
		return
	}
	for _, g := range glyphs {
		r := rune(replacement)
		if int(g.GlyphID) < len(f.runes) && f.runes[g.GlyphID] != 0 {
			r = f.runes[g.GlyphID]
		}
		drawn = append(drawn, r)
	}
	// Readers turn what runs from right to left letter by letter, and take the
	// letters out of joined forms themselves: there, saying several at once would
	// turn them twice.
	said := !slices.Equal(source, drawn) && (!rtl || len(source) == 1) || slices.ContainsFunc(drawn, private)
	first := len(c.pieces)
	if said {
		c.end()
		first = len(c.pieces)
	}
	for i, g := range glyphs {
		c.glyph(face, drawn[i], em(g.XOffset), em(g.YOffset), em(g.Advance))
	}
	if said {
		c.end()
		c.pieces[first].said, c.pieces[first].span = string(source), len(c.pieces)-first
	}
}

// glyph puts one glyph at the end of the line; offsets and advance are in ems.
func (c *composer) glyph(face int, r rune, dx, dy, advance float64) {
	size, f := c.style.size, c.d.faces[face]
	x, y := c.x+dx*size, dy*size
	const same = 0.005 // points: what the file tells apart
	if c.word.Len() == 0 || c.open.face != face || y-c.open.y > same || c.open.y-y > same || x-c.next > same || c.next-x > same {
		c.end()
		c.open, c.next = piece{face: face, x: x, y: y}, x
	}
	c.word.WriteRune(r)
	c.next += float64(f.advance(r)) / f.perEm * size
	c.x += advance * size
}

func (c *composer) end() {
	if c.word.Len() > 0 {
		c.open.text = c.word.String()
		c.pieces = append(c.pieces, c.open)
		c.word.Reset()
	}
}

// faceOf is the face that a character stands in: the wanted one where it has it.
func (d *document) faceOf(wanted int, r rune) int {
	switch {
	case d.faces[wanted].has(r) || invisible(r):
		return wanted
	case d.faces[regular].has(r):
		return regular
	case d.faces[eastAsian] != nil && d.faces[eastAsian].has(r):
		return eastAsian
	}
	return wanted
}

// shape is a face as the shaper needs it.
func (d *document) shape(n int) *font.Face {
	if d.shapes[n] == nil {
		f, err := font.ParseTTF(bytes.NewReader(d.faces[n].data))
		if err != nil {
			panic("pdf: internal error: a typeface of ours cannot be read")
		}
		d.shapes[n] = f
	}
	return d.shapes[n]
}

// needEastAsian reads the large face; a document without its characters is
// spared the time and the bytes.
func (d *document) needEastAsian() {
	if d.faces[eastAsian] != nil {
		return
	}
	packed, err := gzip.NewReader(bytes.NewReader(assets.FontEastAsian))
	if err == nil {
		var data []byte
		if data, err = io.ReadAll(packed); err == nil {
			d.faces[eastAsian], err = newFace(data)
		}
	}
	if err != nil {
		panic("pdf: internal error: a typeface of ours cannot be read")
	}
}
