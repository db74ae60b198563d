// Package rle takes frames of RLE Lossless apart (DICOM PS3.5, annex G).
package rle

import (
	"encoding/binary"
	"errors"

	"github.com/carnet-phr/carnet/vault/imaging"
)

const (
	headerSize    = 64 // bytes: a number of segments, and fifteen offsets
	segmentsLimit = 15
)

// Errors of a frame.
var (
	ErrHeader = errors.New("the packed frame (RLE) has an impossible header; the file is damaged")
	ErrShort  = errors.New("the packed frame (RLE) ends too early; copy the file again from the disc or ask for it anew")
)

// Decode gives the stored values of a frame. A segment holds one byte of one
// sample of all pixels, the most significant byte first.
func Decode(l imaging.Layout, b []byte) ([]byte, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	width := l.Width()
	if l.Allocated == 1 || l.Float {
		return nil, imaging.ErrLayout
	}
	if len(b) < headerSize || binary.LittleEndian.Uint32(b) != uint32(l.Samples*width) || l.Samples*width > segmentsLimit {
		return nil, ErrHeader
	}
	const most = 64 // values that one packed byte can give: a run of 128 takes two
	if l.Size()/most > len(b) {
		return nil, ErrShort
	}
	out := make([]byte, l.Size())
	step := l.Samples * width
	for n := range step {
		from := int64(binary.LittleEndian.Uint32(b[4+4*n:]))
		to := int64(len(b))
		if n+1 < step {
			to = int64(binary.LittleEndian.Uint32(b[8+4*n:]))
		}
		if from < headerSize || to < from || to > int64(len(b)) {
			return nil, ErrHeader
		}
		at := n/width*width + width - 1 - n%width
		if !unpack(out, at, step, b[from:to]) {
			return nil, ErrShort
		}
	}
	return out, nil
}

// unpack writes a segment to every step-th byte of dst from at on (PS3.5, G.3.2).
// Some makers write more than the frame holds; that is left out.
func unpack(dst []byte, at, step int, b []byte) bool {
	for at < len(dst) {
		if len(b) < 2 {
			return false
		}
		switch n := int(int8(b[0])); {
		case n >= 0:
			run := min(n+1, len(b)-1)
			for _, v := range b[1 : 1+run] {
				if at >= len(dst) {
					return true
				}
				dst[at] = v
				at += step
			}
			if run < n+1 && at < len(dst) {
				return false
			}
			b = b[1+run:]
		case n == -128:
			b = b[1:]
		default:
			v := b[1]
			for range 1 - n {
				if at >= len(dst) {
					return true
				}
				dst[at] = v
				at += step
			}
			b = b[2:]
		}
	}
	return true
}
