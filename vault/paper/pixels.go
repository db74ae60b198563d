package paper

import (
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math"
)

// headSize is the bytes before the pixels: width and height of what was drawn,
// and of the whole.
const headSize = 16

// PixelsLimit is how many bytes drawn pixels have at most on their way.
const PixelsLimit = headSize + 4*MostPixels

var errPixels = errors.New("what was drawn of this file cannot be used")

// Write writes drawn pixels, and the size that they stand for, to who shows them.
func Write(w io.Writer, drawn *image.RGBA, full image.Point) error {
	size := drawn.Bounds().Size()
	head := make([]byte, 0, headSize)
	for _, n := range []int{size.X, size.Y, full.X, full.Y} {
		head = binary.BigEndian.AppendUint32(head, uint32(n))
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for y := range size.Y {
		at := y * drawn.Stride
		if _, err := w.Write(drawn.Pix[at : at+4*size.X]); err != nil {
			return err
		}
	}
	return nil
}

// Read takes what [Write] wrote, and trusts no number in it.
func Read(b []byte) (drawn *image.RGBA, full image.Point, err error) {
	if len(b) < headSize {
		return nil, full, errPixels
	}
	n := [4]int{}
	for i := range n {
		v := binary.BigEndian.Uint32(b[4*i:])
		if v == 0 || v > math.MaxInt32 {
			return nil, full, errPixels
		}
		n[i] = int(v)
	}
	if n[0] > MostSide || n[1] > MostSide || n[0]*n[1] > MostPixels || len(b) != headSize+4*n[0]*n[1] {
		return nil, full, errPixels
	}
	return &image.RGBA{Pix: b[headSize:], Stride: 4 * n[0], Rect: image.Rect(0, 0, n[0], n[1])}, image.Pt(n[2], n[3]), nil
}

// Fit is the size in pixels of something so wide and high when it is drawn width
// pixels wide, or as much less as [MostPixels] and [MostSide] ask for. ok is false
// for what has no size.
func Fit(w, h float64, width int) (size image.Point, ok bool) {
	if !(w > 0) || !(h > 0) || math.IsInf(w, 1) || math.IsInf(h, 1) || width < 1 {
		return size, false
	}
	scale := min(float64(width), MostSide) / w
	if scale*w*scale*h > MostPixels {
		scale = math.Sqrt(MostPixels / w / h)
	}
	scale = min(scale, MostSide/max(w, h))
	return image.Pt(max(1, int(scale*w)), max(1, int(scale*h))), true
}
