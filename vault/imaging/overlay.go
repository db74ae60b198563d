package imaging

import "image"

// Overlay is a plane of single bits that lies over an image: marks, text, the
// edge of the exposed field (PS3.3, C.9.2).
type Overlay struct {
	Rows, Columns int
	Row, Column   int    // where its first bit lies in the image, from 0; may be outside
	Frames        int    // that it has, 1 or more
	First         int    // frame of the image that its first one belongs to, from 0
	Kind          string // G for graphics, R for a region
	Label         string
	Bits          []byte // as stored; nil for one in the pixels
	Bit           int    // of the pixels, where Bits is nil
}

// Mask is what an overlay marks in a frame of an image, of that frame's size; nil
// for nothing there.
func (o *Overlay) Mask(f *Frame, frame int) *image.Alpha {
	if o.Bits == nil {
		return o.embedded(f)
	}
	n := frame - o.First
	plane := o.Rows * o.Columns
	if n < 0 || n >= max(1, o.Frames) || plane <= 0 || n > (8*len(o.Bits)-plane)/plane {
		return nil
	}
	dst := image.NewAlpha(image.Rect(0, 0, f.Columns, f.Rows))
	for y := max(0, -o.Row); y < min(o.Rows, f.Rows-o.Row); y++ {
		for x := max(0, -o.Column); x < min(o.Columns, f.Columns-o.Column); x++ {
			at := n*plane + y*o.Columns + x
			if o.Bits[at>>3]>>(at&7)&1 != 0 {
				dst.Pix[(y+o.Row)*dst.Stride+x+o.Column] = 255
			}
		}
	}
	return dst
}

// embedded takes a bit of the pixels that is no part of their values (retired;
// PS3.5, 8.1.2).
func (o *Overlay) embedded(f *Frame) *image.Alpha {
	if f.Samples != 1 || f.Width() > 2 || o.Bit < 0 || o.Bit >= f.Allocated || o.Bit <= f.High && o.Bit > f.High-f.Stored {
		return nil
	}
	dst := image.NewAlpha(image.Rect(0, 0, f.Columns, f.Rows))
	for n := range dst.Pix {
		if f.raw(n)>>o.Bit&1 != 0 {
			dst.Pix[n] = 255
		}
	}
	return dst
}
