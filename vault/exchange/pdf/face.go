package pdf

import (
	"encoding/binary"
	"errors"

	"github.com/carnet-phr/carnet/assets"
)

// face is a typeface as far as measuring needs it.
type face struct {
	data   []byte
	glyphs []uint16 // by character of the Basic Multilingual Plane; 0 for none
	runes  []rune   // by glyph
	widths []uint16 // by glyph, in units of the em
	perEm  float64
}

// The faces, in the order of [document.faces].
const (
	regular = iota
	bold
	oblique
	eastAsian // read when a text needs it
	faceCount
)

var errFont = errors.New("pdf: internal error: a typeface of ours cannot be read")

func newFaces() ([faceCount]*face, error) {
	var faces [faceCount]*face
	for i, data := range [][]byte{assets.FontRegular, assets.FontBold, assets.FontOblique} {
		f, err := newFace(data)
		if err != nil {
			return faces, err
		}
		faces[i] = f
	}
	return faces, nil
}

// newFace reads the tables head, hhea, hmtx and cmap of an OpenType file
// (https://learn.microsoft.com/typography/opentype/spec/otff).
func newFace(data []byte) (*face, error) {
	be := binary.BigEndian
	head, hhea, hmtx, cmap := fontTable(data, "head"), fontTable(data, "hhea"), fontTable(data, "hmtx"), fontTable(data, "cmap")
	if len(head) < 54 || len(hhea) < 36 || len(cmap) < 4 {
		return nil, errFont
	}
	const plane = 1 << 16
	f := &face{data: data, glyphs: make([]uint16, plane), perEm: float64(be.Uint16(head[18:]))}
	n := int(be.Uint16(hhea[34:]))
	if len(hmtx) < 4*n || n == 0 || f.perEm == 0 {
		return nil, errFont
	}
	for i := range n {
		f.widths = append(f.widths, be.Uint16(hmtx[4*i:]))
	}
	for i := range int(be.Uint16(cmap[2:])) {
		at := int(be.Uint32(cmap[4+8*i+4:]))
		if at+16 <= len(cmap) && be.Uint16(cmap[at:]) == 4 {
			f.segments(cmap[at:])
			f.name()
			return f, nil
		}
	}
	return nil, errFont
}

// fontTable is the bytes of one table, nil when it is not there.
func fontTable(data []byte, tag string) []byte {
	if len(data) < 12 {
		return nil
	}
	be := binary.BigEndian
	for i, n := 0, int(be.Uint16(data[4:])); i < n && 28+16*i <= len(data); i++ {
		r := data[12+16*i:]
		at, size := int(be.Uint32(r[8:])), int(be.Uint32(r[12:]))
		if string(r[:4]) == tag && at+size <= len(data) {
			return data[at : at+size]
		}
	}
	return nil
}

// segments reads a cmap subtable of format 4.
func (f *face) segments(t []byte) {
	be := binary.BigEndian
	n := int(be.Uint16(t[6:])) / 2
	if len(t) < 16+8*n {
		return
	}
	for i := range n {
		last, first := int(be.Uint16(t[14+2*i:])), int(be.Uint16(t[16+2*n+2*i:]))
		delta, offset := int(be.Uint16(t[16+4*n+2*i:])), int(be.Uint16(t[16+6*n+2*i:]))
		for c := first; c <= last && c < 0xFFFF; c++ {
			g := (c + delta) & 0xFFFF
			if offset != 0 {
				at := 16 + 6*n + 2*i + offset + 2*(c-first)
				if at+2 > len(t) {
					break
				}
				if g = int(be.Uint16(t[at:])); g != 0 {
					g = (g + delta) & 0xFFFF
				}
			}
			if g != 0 {
				f.glyphs[c] = uint16(g)
			}
		}
	}
}

// name gives each glyph a character.
func (f *face) name() {
	highest := uint16(0)
	for _, g := range f.glyphs {
		highest = max(highest, g)
	}
	f.runes = make([]rune, int(highest)+1)
	for r := len(f.glyphs) - 1; r > 0; r-- { // the first of several stays
		if g := f.glyphs[r]; g != 0 {
			f.runes[g] = rune(r)
		}
	}
}

// private characters name the glyphs that have no other (assets/fonts/README.md);
// those of a record mean something that we do not know.
func private(r rune) bool { return r >= 0xE000 && r <= 0xF8FF }

func (f *face) has(r rune) bool {
	return r >= 0 && int(r) < len(f.glyphs) && f.glyphs[r] != 0 && !private(r)
}

// width of a text at a size, in points.
func (f *face) width(s string, size float64) float64 {
	w := 0
	for _, r := range s {
		w += f.advance(r)
	}
	return float64(w) / f.perEm * size
}

func (f *face) advance(r rune) int {
	g := 0
	if int(r) < len(f.glyphs) {
		g = int(f.glyphs[r])
	}
	return int(f.widths[min(g, len(f.widths)-1)])
}
