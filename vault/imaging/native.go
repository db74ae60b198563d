package imaging

import (
	"encoding/binary"
	"errors"
)

// Words is how the bytes of values that are not compressed are ordered (PS3.5,
// 7.3 and A.3).
type Words int

// The orders.
const (
	LittleEndian Words = iota
	BigEndian          // values of 16 and 32 bits
	BigWords           // bytes and bits in words of 16 bits, the most significant first
)

// ErrShort says that a frame has fewer bytes than its size needs.
var ErrShort = errors.New("the data of this frame end too early; copy the file again from the disc or ask for it anew")

// Native takes a frame that is not compressed apart. bit is the first bit of the
// frame in b where single bits are stored; b may be changed.
func Native(l Layout, b []byte, order Words, bit int) ([]byte, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	if order == BigWords && l.Width() == 1 {
		swap(b, 2)
	} else if order != LittleEndian && l.Width() > 1 {
		swap(b, l.Width())
	}
	if bit < 0 || bit > 7 || int64(len(b)) < (l.Bits()+int64(bit)+7)/8 {
		return nil, ErrShort
	}
	switch {
	case l.Allocated == 1:
		return unpackBits(b, bit, l.Size()), nil
	case l.Subsampled():
		return unpackPairs(b, l.Size()), nil
	case l.Planar && l.Samples > 1:
		return Interleave(b[:l.Size()], l.Samples, l.Width()), nil
	}
	return b[:l.Size():l.Size()], nil
}

// swap turns words of n bytes around; what is left over at the end stays.
func swap(b []byte, n int) {
	switch n {
	case 2:
		for ; len(b) >= 2; b = b[2:] {
			b[0], b[1] = b[1], b[0]
		}
	case 4:
		for ; len(b) >= 4; b = b[4:] {
			binary.LittleEndian.PutUint32(b, binary.BigEndian.Uint32(b))
		}
	case 8:
		for ; len(b) >= 8; b = b[8:] {
			binary.LittleEndian.PutUint64(b, binary.BigEndian.Uint64(b))
		}
	}
}

// unpackBits gives each bit a byte, the least significant bit first (PS3.5, 8.1.1).
func unpackBits(b []byte, bit, n int) []byte {
	out := make([]byte, n)
	for i := range out {
		at := bit + i
		out[i] = b[at>>3] >> (at & 7) & 1
	}
	return out
}

// unpackPairs spells two pixels out that share their colour: Y1 Y2 Cb Cr
// (PS3.3, C.7.6.3.1.2).
func unpackPairs(b []byte, n int) []byte {
	out := make([]byte, n)
	for at := 0; at < n; at += 6 {
		p := b[at/6*4:][:4]
		copy(out[at:], []byte{p[0], p[2], p[3], p[1], p[2], p[3]})
	}
	return out
}

// Interleave puts the samples of each pixel together that lie in planes.
func Interleave(b []byte, samples, width int) []byte {
	out := make([]byte, len(b))
	plane := len(b) / samples
	for s := range samples {
		p := b[s*plane:][:plane]
		for i := 0; i+width <= len(p); i += width {
			copy(out[i*samples+s*width:][:width], p[i:])
		}
	}
	return out
}
