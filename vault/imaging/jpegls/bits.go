package jpegls

import (
	"encoding/binary"
	mathbits "math/bits"
)

// bits reads coded bits up to a marker: behind a byte FF one bit is left out
// (T.87, A.1).
type bits struct {
	data  []byte
	at    int
	acc   uint64 // the next bits, at the top
	n     int    // how many of them there are
	stuff bool   // the last byte was FF
	over  int    // bits that were taken behind the end, as zeros
}

// fill makes at least 32 bits ready.
func (b *bits) fill() {
	if !b.stuff && b.n <= 32 && b.at+4 <= len(b.data) {
		x := binary.BigEndian.Uint32(b.data[b.at:])
		if x&0x80808080&((x&0x7F7F7F7F)+0x01010101) == 0 { // no byte is FF
			b.acc |= uint64(x) << (32 - b.n)
			b.n += 32
			b.at += 4
			return
		}
	}
	for b.n <= 56 {
		v, width := byte(0), 8
		switch {
		case b.at >= len(b.data), b.stuff && b.data[b.at] >= 0x80, !b.stuff && b.marker():
			b.over += 8
		default:
			v = b.data[b.at]
			if b.stuff {
				width = 7
			}
			b.stuff = v == 0xFF
			b.at++
		}
		b.acc |= uint64(v) << (64 - width - b.n)
		b.n += width
	}
}

// marker says whether one stands here.
func (b *bits) marker() bool {
	return b.data[b.at] == 0xFF && (b.at+1 >= len(b.data) || b.data[b.at+1] >= 0x80)
}

// take gives n bits, at most 32.
func (b *bits) take(n int) int {
	if b.n < n {
		b.fill()
	}
	v := int(b.acc >> 1 >> (63 - n))
	b.acc <<= n
	b.n -= n
	return v
}

// short says that more was taken than is there.
func (b *bits) short() bool { return b.over > 0 && b.n < b.over }

// golomb reads a number (T.87, A.5.3). limit is how long its code can be, and
// wide how many bits one has that is longer.
func (b *bits) golomb(k, limit, wide int) int {
	if b.n < 32 {
		b.fill()
	}
	zeros := mathbits.LeadingZeros64(b.acc)
	if n := zeros + 1 + k; n <= b.n && zeros < limit-wide-1 {
		v := zeros<<k | int(b.acc<<(zeros+1)>>1>>(63-k))
		b.acc <<= n
		b.n -= n
		return v
	}
	return b.escaped(k, limit, wide)
}

// escaped reads a number whose code is long.
func (b *bits) escaped(k, limit, wide int) int {
	zeros := 0
	for b.take(1) == 0 {
		if zeros++; zeros >= limit {
			b.over = 1 << 30 // no code is as long
			return 0
		}
	}
	if zeros >= limit-wide-1 {
		return b.take(wide) + 1
	}
	return zeros<<k | b.take(k)
}

// restart goes behind the next marker RSTn.
func (b *bits) restart() bool {
	for b.at+1 < len(b.data) {
		if m := b.data[b.at+1]; b.data[b.at] == 0xFF && m >= 0x80 {
			if m < 0xD0 || m > 0xD7 {
				return false
			}
			*b = bits{data: b.data, at: b.at + 2}
			return true
		}
		b.at++
	}
	return false
}
