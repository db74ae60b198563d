package jpeg

import (
	"encoding/binary"
	"slices"
)

// prepareLossless takes memory for the picture: components of one size alone are
// met in medicine.
func (d *decoder) prepareLossless() error {
	for n := range d.components {
		if c := &d.components[n]; c.h != d.components[0].h || c.v != d.components[0].v {
			return ErrNotHere
		}
		d.components[n].line = make([]int32, d.layout.Columns)
	}
	if d.layout.Size()/64 > len(d.data)*8 { // a sample takes a bit at the least, most pictures more
		return ErrDamaged
	}
	d.out = make([]byte, d.layout.Size())
	return nil
}

// lossless reads a scan (T.81, H.2): differences from a prediction, which is
// numbered as in table H.1. point is how many low bits were cut off.
func (d *decoder) lossless(r *bits, list []*component, predictor, point int) error {
	if predictor < 1 || predictor > 7 || point >= d.precision {
		return ErrDamaged
	}
	columns, rows := d.layout.Columns, d.layout.Rows
	if d.interval > 0 && d.interval%columns != 0 { // H.1.1: a whole number of lines
		return ErrNotHere
	}
	lines := make([][2][]int32, len(list)) // of each component: the line before and this one
	for n := range lines {
		lines[n] = [2][]int32{make([]int32, columns), make([]int32, columns)}
	}
	fresh := true
	for y := range rows {
		if d.interval > 0 && y > 0 && y%(d.interval/columns) == 0 {
			if !r.restart() {
				return ErrDamaged
			}
			fresh = true
		}
		d.differences(r, list)
		if r.short() {
			return ErrDamaged
		}
		for n, c := range list {
			before, now := lines[n][0], lines[n][1]
			predict(predictor, c.line, before, now, fresh, int32(1)<<(d.precision-point-1))
			d.store(y, d.index(c), now, point)
			lines[n] = [2][]int32{now, before}
		}
		fresh = false
	}
	return nil
}

// index is the place of a component in a pixel.
func (d *decoder) index(c *component) int {
	return slices.IndexFunc(d.components, func(o component) bool { return o.id == c.id })
}

// differences reads a line of each component (T.81, H.1.2.2).
func (d *decoder) differences(r *bits, list []*component) {
	if len(list) == 1 {
		h, line := &d.dc[list[0].dc], list[0].line
		for x := range line {
			if r.n < 32 {
				r.fill()
			}
			if e := h.whole[r.acc>>(64-quick)]; e != 0 {
				r.acc <<= uint(e & 0xFF)
				r.n -= int(e & 0xFF)
				line[x] = e >> 8
				continue
			}
			line[x] = h.difference(r)
		}
		return
	}
	for x := range d.layout.Columns {
		for _, c := range list {
			if r.n < 32 {
				r.fill()
			}
			c.line[x] = d.dc[c.dc].difference(r)
		}
	}
}

// difference reads one. 32 bits must be ready.
func (h *huffman) difference(r *bits) int32 {
	if e := h.whole[r.acc>>(64-quick)]; e != 0 {
		r.acc <<= uint(e & 0xFF)
		r.n -= int(e & 0xFF)
		return e >> 8
	}
	switch n := int(h.next(r)); {
	case n == 16:
		return 32768
	case n > 16:
		r.over = 1 << 20
		return 0
	default:
		return extend(r.take(n), n)
	}
}

// predict adds a line of differences to what is predicted (T.81, H.1.2.1), modulo
// 2^16. start is the prediction of the first sample of all.
func predict(predictor int, diff, before, now []int32, fresh bool, start int32) {
	if fresh {
		before = nil
		predictor = 1
	}
	left := start
	if before != nil {
		left = before[0]
	}
	left = (left + diff[0]) & 0xFFFF
	now[0] = left
	if predictor == 1 {
		for x := 1; x < len(diff); x++ {
			left = (left + diff[x]) & 0xFFFF
			now[x] = left
		}
		return
	}
	before = before[:len(diff)]
	now = now[:len(diff)]
	corner := before[0]
	for x := 1; x < len(diff); x++ {
		above := before[x]
		p := above
		switch predictor {
		case 3:
			p = corner
		case 4:
			p = left + above - corner
		case 5:
			p = left + (above-corner)>>1
		case 6:
			p = above + (left-corner)>>1
		case 7:
			p = (left + above) >> 1
		}
		left = (p + diff[x]) & 0xFFFF
		now[x] = left
		corner = above
	}
}

// store writes a line of one component.
func (d *decoder) store(y, sample int, line []int32, point int) {
	samples := d.layout.Samples
	if d.layout.Width() == 1 {
		out := d.out[y*d.layout.Columns*samples+sample:]
		for x, v := range line {
			out[x*samples] = byte(v << point)
		}
		return
	}
	out := d.out[2*(y*d.layout.Columns*samples+sample):]
	for x, v := range line {
		binary.LittleEndian.PutUint16(out[2*x*samples:], uint16(v<<point))
	}
}
