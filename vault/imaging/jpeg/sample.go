package jpeg

import "encoding/binary"

// gather writes the components into pixels, each brought to the size of the picture.
func (d *decoder) gather() {
	d.out = make([]byte, d.layout.Size())
	line := make([]uint16, d.layout.Columns+2*d.hmax+2)
	for n := range d.components {
		c := &d.components[n]
		h, v := d.hmax/c.h, d.vmax/c.v
		for y := range d.layout.Rows {
			switch {
			case h == 2 && d.hmax == 2*c.h && v == 1 && d.vmax == c.v && c.width > 2:
				c.smooth(line, y)
			case h == 2 && d.hmax == 2*c.h && v == 2 && d.vmax == 2*c.v && c.width > 2:
				c.smoother(line, y)
			default:
				row := c.row(y * c.v / d.vmax)
				for x := range d.layout.Columns {
					line[x] = row[min(x*c.h/d.hmax, c.width-1)]
				}
			}
			d.write(y, n, line)
		}
	}
}

// row is a line of the samples that a component has.
func (c *component) row(y int) []uint16 {
	y = min(max(y, 0), c.height-1)
	return c.plane[y*8*c.columns:][:c.width]
}

// smooth doubles a line: a new sample is three parts of the nearer one and one of
// the farther one.
func (c *component) smooth(line []uint16, y int) {
	in := c.row(y)
	last := len(in) - 1
	for x, v := range in {
		a, b := in[max(x-1, 0)], in[min(x+1, last)]
		line[2*x] = uint16((3*uint32(v) + uint32(a) + 1) >> 2)
		line[2*x+1] = uint16((3*uint32(v) + uint32(b) + 2) >> 2)
	}
	line[0], line[2*last+1] = in[0], in[last]
}

// smoother doubles lines and columns.
func (c *component) smoother(line []uint16, y int) {
	near, far := c.row(y/2), c.row(y/2-1+y%2*2)
	last := len(near) - 1
	sum := func(x int) uint32 { return 3*uint32(near[x]) + uint32(far[x]) }
	for x := range near {
		v := sum(x)
		line[2*x] = uint16((3*v + sum(max(x-1, 0)) + 8) >> 4)
		line[2*x+1] = uint16((3*v + sum(min(x+1, last)) + 7) >> 4)
	}
	line[0], line[2*last+1] = uint16((4*sum(0)+8)>>4), uint16((4*sum(last)+7)>>4)
}

func (d *decoder) write(y, sample int, line []uint16) {
	samples := d.layout.Samples
	at := y*d.layout.Columns*samples + sample
	if d.layout.Width() == 1 {
		for _, v := range line[:d.layout.Columns] {
			d.out[at] = byte(v)
			at += samples
		}
		return
	}
	for _, v := range line[:d.layout.Columns] {
		binary.LittleEndian.PutUint16(d.out[2*at:], v)
		at += samples
	}
}
