package jpeg

import "encoding/binary"

// zigzag is the order of coefficients (T.81, figure A.6).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// quantization reads tables (T.81, B.2.4.1).
func (d *decoder) quantization(b []byte) error {
	for len(b) > 0 {
		wide, at := int(b[0]>>4), b[0]&15
		if wide > 1 || at > 3 || len(b) < 1+64*(wide+1) {
			return ErrDamaged
		}
		for n := range 64 {
			if wide == 1 {
				d.quant[at][n] = binary.BigEndian.Uint16(b[1+2*n:])
			} else {
				d.quant[at][n] = uint16(b[1+n])
			}
		}
		b = b[1+64*(wide+1):]
	}
	return nil
}

// prepareBlocks takes memory for the components (T.81, A.1.1 and A.2).
func (d *decoder) prepareBlocks() error {
	across, down := ceil(d.layout.Columns, 8*d.hmax), ceil(d.layout.Rows, 8*d.vmax)
	blocks := 0
	for n := range d.components {
		c := &d.components[n]
		c.columns, c.rows = across*c.h, down*c.v
		c.width, c.height = ceil(d.layout.Columns*c.h, d.hmax), ceil(d.layout.Rows*c.v, d.vmax)
		blocks += c.columns * c.rows
	}
	if blocks/4 > len(d.data) { // a block takes two bits at the least
		return ErrDamaged
	}
	for n := range d.components {
		d.components[n].plane = make([]uint16, d.components[n].columns*d.components[n].rows*64)
	}
	return nil
}

func ceil(a, b int) int { return (a + b - 1) / b }

// blocks reads a scan (T.81, F.2.1): of several components in units, of one in
// the blocks that it has.
func (d *decoder) blocks(r *bits, list []*component) error {
	across, down := ceil(d.layout.Columns, 8*d.hmax), ceil(d.layout.Rows, 8*d.vmax)
	if len(list) == 1 {
		across, down = ceil(list[0].width, 8), ceil(list[0].height, 8)
	}
	var block [64]int32
	for n := range across * down {
		if d.interval > 0 && n%d.interval == 0 {
			if n > 0 && !r.restart() {
				return ErrDamaged
			}
		}
		if n == 0 || d.interval > 0 && n%d.interval == 0 {
			for _, c := range list {
				c.pred = 0
			}
		}
		x, y := n%across, n/across
		for _, c := range list {
			h, v := c.h, c.v
			if len(list) == 1 {
				h, v = 1, 1
			}
			for k := range h * v {
				d.block(r, c, &block)
				at := ((y*v+k/h)*8*c.columns + x*h + k%h) * 8
				transform(&block, c.plane[at:], 8*c.columns, d.precision)
			}
		}
		if r.short() {
			return ErrDamaged
		}
	}
	return nil
}

// block reads one and takes its quantization back (T.81, F.2.2).
func (d *decoder) block(r *bits, c *component, block *[64]int32) {
	clear(block[:])
	dc, ac, quant := &d.dc[c.dc], &d.ac[c.ac], &d.quant[c.quant]
	r.ready()
	c.pred += dc.difference(r)
	block[0] = c.pred * int32(quant[0])
	for k := 1; k < 64; k++ {
		r.ready()
		rs := ac.next(r)
		run, n := int(rs>>4), int(rs&15)
		if n == 0 {
			if run < 15 {
				return
			}
			k += 15
			continue
		}
		if k += run; k > 63 {
			r.over = 1 << 20
			return
		}
		block[zigzag[k]] = extend(r.take(n), n) * int32(quant[k])
	}
}

func (b *bits) ready() {
	if b.n < 32 {
		b.fill()
	}
}
