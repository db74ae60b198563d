package imaging

import (
	"encoding/binary"
	"errors"
	"math"
)

// Frame is the stored values of one frame: least significant byte first, row by
// row, the samples of a pixel together. It is not changed once it is made, and
// safe for concurrent use.
type Frame struct {
	Layout
	Values []byte
}

var errValues = errors.New("a frame has not the size that its header says")

// NewFrame holds stored values against their layout.
func NewFrame(l Layout, values []byte) (*Frame, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	if len(values) != l.Size() {
		return nil, errValues
	}
	return &Frame{l, values}, nil
}

// raw is the n-th value of 8, 16 or 32 bits with all bits that are allocated.
func (f *Frame) raw(n int) uint32 {
	switch f.Width() {
	case 1:
		return uint32(f.Values[n])
	case 2:
		return uint32(binary.LittleEndian.Uint16(f.Values[2*n:]))
	}
	return binary.LittleEndian.Uint32(f.Values[4*n:])
}

// At is the value of a sample of a pixel, as stored: before rescaling.
func (f *Frame) At(column, row, sample int) float64 {
	return f.value((row*f.Columns+column)*f.Samples + sample)
}

func (f *Frame) value(n int) float64 {
	switch {
	case f.Float && f.Allocated == 32:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(f.Values[4*n:])))
	case f.Float:
		return math.Float64frombits(binary.LittleEndian.Uint64(f.Values[8*n:]))
	}
	return float64(f.Layout.value(f.raw(n)))
}

// value takes the bits that are the value out of those that are allocated
// (PS3.5, 8.1.1).
func (l Layout) value(raw uint32) int64 {
	v := int64(raw >> (l.High + 1 - l.Stored) & (1<<l.Stored - 1))
	if l.Signed && v>>(l.Stored-1) != 0 {
		v -= 1 << l.Stored
	}
	return v
}

// Range is the least and the greatest stored value of an image of one sample,
// without padding. ok is false where there is none.
func (f *Frame) Range(padding *Padding) (least, greatest float64, ok bool) {
	least, greatest = math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if !padding.is(v) && !math.IsNaN(v) && !math.IsInf(v, 0) {
			least, greatest = min(least, v), max(greatest, v)
		}
	}
	if f.Width() > 2 {
		for n := range f.Rows * f.Columns {
			take(f.value(n * f.Samples))
		}
		return least, greatest, least <= greatest
	}
	var seen [1 << 16]bool // most values come often
	for n := range f.Rows * f.Columns {
		seen[f.raw(n*f.Samples)] = true
	}
	for raw, there := range seen {
		if there {
			take(float64(f.Layout.value(uint32(raw))))
		}
	}
	return least, greatest, least <= greatest
}

// Padding is the stored values that are no part of the image (PS3.3, C.7.5.1.1.2).
type Padding struct{ Least, Greatest float64 }

func (p *Padding) is(v float64) bool { return p != nil && v >= p.Least && v <= p.Greatest }
