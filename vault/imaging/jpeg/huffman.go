package jpeg

// quick is how many bits are looked up at once.
const quick = 12

// huffman is a table of codes (T.81, annex C and F.2.2.3).
type huffman struct {
	lookup [1 << quick]uint16 // length << 8 | symbol; 0 for a longer code
	whole  [1 << quick]int32  // difference << 8 | length of code and difference; 0 for longer ones
	limit  [18]uint32         // of each length: one more than its last code, at the top of 16 bits
	first  [17]int            // of each length: its first symbol, less its first code
	symbol []byte
	there  bool
}

// set makes the table of the numbers of codes of each length and their symbols.
func (h *huffman) set(counts *[16]byte, symbols []byte) bool {
	*h = huffman{symbol: append([]byte(nil), symbols...), there: true}
	code, at := uint32(0), 0
	for length := 1; length <= 16; length++ {
		n := int(counts[length-1])
		h.first[length] = at - int(code)
		if code+uint32(n) > 1<<length {
			return false
		}
		for range n {
			if length <= quick {
				base := code << (quick - length)
				for i := range uint32(1) << (quick - length) {
					h.lookup[base+i] = uint16(length)<<8 | uint16(symbols[at])
				}
			}
			code++
			at++
		}
		h.limit[length] = code << (16 - length)
		code <<= 1
	}
	h.limit[17] = 1 << 16
	h.differences()
	return true
}

// differences fills whole: most differences are looked up with their code.
func (h *huffman) differences() {
	for i := range h.lookup {
		length, n := int(h.lookup[i]>>8), int(h.lookup[i]&0xFF)
		if length == 0 || n > 15 || length+n > quick {
			continue
		}
		v := uint32(i) >> (quick - length - n) & (1<<n - 1)
		h.whole[i] = extend(v, n)<<8 | int32(length+n)
	}
}

// next reads a symbol; 0 where there is no such code. 16 bits must be ready.
func (h *huffman) next(b *bits) byte {
	if e := h.lookup[b.acc>>(64-quick)]; e != 0 {
		b.acc <<= e >> 8
		b.n -= int(e >> 8)
		return byte(e)
	}
	return h.long(b)
}

func (h *huffman) long(b *bits) byte {
	top := uint32(b.acc >> 48)
	for length := 1; length <= 16; length++ {
		if top < h.limit[length] {
			at := int(top>>(16-length)) + h.first[length]
			b.take(length)
			if at < 0 || at >= len(h.symbol) {
				return 0
			}
			return h.symbol[at]
		}
	}
	b.over = 1 << 20 // no code is as this one
	return 0
}
