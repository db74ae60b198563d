package jpeg

import "encoding/binary"

// bits reads coded bits up to a marker (T.81, F.2.2.5).
type bits struct {
	data []byte
	at   int
	acc  uint64 // the next bits, at the top
	n    int    // how many of them there are
	over int    // bytes that were taken behind the end, as zeros
}

// fill makes at least 32 bits ready.
func (b *bits) fill() {
	if b.at+4 <= len(b.data) {
		x := binary.BigEndian.Uint32(b.data[b.at:])
		if x&0x80808080&((x&0x7F7F7F7F)+0x01010101) == 0 { // no byte is FF
			b.acc |= uint64(x) << (32 - b.n)
			b.n += 32
			b.at += 4
			return
		}
	}
	for b.n <= 56 {
		v := byte(0)
		switch {
		case b.at >= len(b.data):
			b.over++
		case b.data[b.at] != 0xFF:
			v = b.data[b.at]
			b.at++
		case b.at+1 < len(b.data) && b.data[b.at+1] == 0:
			v = 0xFF
			b.at += 2
		default: // a marker
			b.over++
		}
		b.acc |= uint64(v) << (56 - b.n)
		b.n += 8
	}
}

// take gives n bits, at most 16 of those that are ready.
func (b *bits) take(n int) uint32 {
	v := uint32(b.acc >> 32 >> (32 - n))
	b.acc <<= n
	b.n -= n
	return v
}

// short says that more was taken than is there.
func (b *bits) short() bool { return b.over > 0 && b.n < 8*b.over }

// restart goes behind the next marker RSTn.
func (b *bits) restart() bool {
	if b.short() {
		return false
	}
	for b.at+1 < len(b.data) {
		if m := b.data[b.at+1]; b.data[b.at] == 0xFF && m >= 0xD0 && m <= 0xD7 {
			b.at += 2
			b.acc, b.n, b.over = 0, 0, 0
			return true
		} else if b.data[b.at] == 0xFF && m != 0xFF && m != 0 {
			return false
		}
		b.at++
	}
	return false
}

// extend gives a difference of n bits its sign (T.81, F.2.2.1).
func extend(v uint32, n int) int32 {
	if n > 0 && v < 1<<(n-1) {
		return int32(v) - 1<<n + 1
	}
	return int32(v)
}
