package imaging

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"strings"
)

// Presentation is how the stored values of a frame become what is shown (PS3.4,
// N.2): modality, window, and which end is white.
type Presentation struct {
	Modality Modality
	Windows  []Window // in the order of the file; the first is what is shown first
	Inverse  bool     // Presentation LUT Shape INVERSE
	Padding  *Padding
	Palette  *Palette
}

// First is the window that a frame is shown with first.
func (p Presentation) First(f *Frame) Window {
	if len(p.Windows) > 0 {
		return p.Windows[0]
	}
	if p.Palette == nil && f.Samples == 1 && f.Allocated > 1 {
		return Whole(f, p.Modality, p.Padding)
	}
	return Window{Center: 0.5, Width: 1, Curve: LinearExact}
}

// Draw shows a frame: a *image.Gray for an image of one sample, else a
// *image.RGBA. negative turns black and white around, besides what the file says;
// colours stay as they are.
func (p Presentation) Draw(f *Frame, w Window, negative bool) image.Image {
	switch {
	case f.Samples == 3:
		return f.colours()
	case p.Palette != nil && strings.HasPrefix(f.Photometric, "PALETTE") && f.Width() <= 2:
		return f.paletted(p.Palette)
	}
	dst := image.NewGray(image.Rect(0, 0, f.Columns, f.Rows))
	p.Gray(dst.Pix, f, w, negative)
	return dst
}

// Gray draws an image of one sample into dst, a byte for each pixel.
func (p Presentation) Gray(dst []byte, f *Frame, w Window, negative bool) {
	shade := p.shades(f.Layout, w, negative)
	switch f.Width() {
	case 1:
		var table [1 << 8]byte
		f.Layout.tabulate(table[:], shade)
		for n, v := range f.Values[:len(dst)] {
			dst[n] = table[v]
		}
	case 2:
		table := new([1 << 16]byte)
		f.Layout.tabulate(table[:], shade)
		values := f.Values[:2*len(dst)]
		for n := range dst {
			dst[n] = table[binary.LittleEndian.Uint16(values[2*n:])]
		}
	default:
		for n := range dst {
			dst[n] = shade(f.value(n))
		}
	}
}

// shades gives the grey of a stored value. Padding is black always.
func (p Presentation) shades(l Layout, w Window, negative bool) func(v float64) byte {
	inverse := (l.Photometric == "MONOCHROME1" || p.Inverse) != negative // both say the same (PS3.3, C.11.6.1.1)
	if l.Allocated == 1 && len(p.Windows) == 0 {
		w = Window{Center: 0.5, Width: 1, Curve: LinearExact}
	}
	return func(v float64) byte {
		if p.Padding.is(v) {
			return 0
		}
		y := byte(math.Round(255 * w.Part(p.Modality.Of(v))))
		if inverse {
			return 255 - y
		}
		return y
	}
}

// tabulate fills a table over all bits that are allocated. The function is asked
// once for each value.
func (l Layout) tabulate(table []byte, shade func(float64) byte) {
	shift := l.High + 1 - l.Stored
	for raw := 0; raw < 1<<l.Stored; raw++ {
		table[raw] = shade(float64(l.value(uint32(raw << shift))))
	}
	if shift == 0 && 1<<l.Stored == len(table) {
		return
	}
	for raw := len(table) - 1; raw >= 0; raw-- { // what is read lies below what is written
		table[raw] = table[raw>>shift&(1<<l.Stored-1)]
	}
}

func (f *Frame) paletted(p *Palette) *image.RGBA {
	var table [1 << 16]color.RGBA
	for raw := range 1 << min(16, 8*f.Width()) {
		table[raw] = p.at(float64(f.Layout.value(uint32(raw))))
	}
	dst := image.NewRGBA(image.Rect(0, 0, f.Columns, f.Rows))
	for n := range f.Rows * f.Columns {
		c := table[f.raw(n)]
		copy(dst.Pix[4*n:], []byte{c.R, c.G, c.B, c.A})
	}
	return dst
}
