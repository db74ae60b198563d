package jpegls

import (
	"encoding/binary"
	"errors"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Errors of a frame.
var (
	ErrDamaged = errors.New("the packed frame (JPEG-LS) is damaged; copy the file again from the disc or ask for it anew")
	ErrSize    = errors.New("the packed frame (JPEG-LS) has another size than the header of its file says")
	ErrNotHere = errors.New("the packed frame is of a kind of JPEG-LS that is not shown here")
)

// Markers (T.87, C.1.1, and T.81, table B.1).
const (
	markSOI   = 0xD8
	markEOI   = 0xD9
	markSOS   = 0xDA
	markDRI   = 0xDD
	markAPP8  = 0xE8
	markSOF55 = 0xF7
	markLSE   = 0xF8
)

// decoder takes one frame apart.
type decoder struct {
	layout    imaging.Layout
	data      []byte
	at        int
	precision int
	ids       []byte // of the components
	presets   presets
	interval  int // lines between restarts
	done      int // components that were read
	out       []byte
}

// Decode gives the stored values of a frame.
func Decode(l imaging.Layout, b []byte) ([]byte, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	if l.Float || l.Width() > 2 || l.Allocated == 1 {
		return nil, imaging.ErrLayout
	}
	d := &decoder{layout: l, data: b}
	if len(b) < 4 || b[0] != 0xFF || b[1] != markSOI {
		return nil, ErrDamaged
	}
	d.at = 2
	for len(d.ids) == 0 || d.done < len(d.ids) {
		m, segment, ok := d.next()
		if !ok || m == markEOI {
			return nil, ErrDamaged
		}
		if err := d.segment(m, segment); err != nil {
			return nil, err
		}
	}
	return d.out, nil
}

// next finds the next marker and what belongs to it.
func (d *decoder) next() (m byte, segment []byte, ok bool) {
	for ; d.at+1 < len(d.data); d.at++ {
		if m = d.data[d.at+1]; d.data[d.at] == 0xFF && m >= 0x80 && m != 0xFF {
			break
		}
	}
	if d.at += 2; d.at > len(d.data) {
		return 0, nil, false
	}
	if m == markEOI || m >= 0xD0 && m <= markSOI {
		return m, nil, true
	}
	if d.at+2 > len(d.data) {
		return 0, nil, false
	}
	size := int(binary.BigEndian.Uint16(d.data[d.at:]))
	if size < 2 || d.at+size > len(d.data) {
		return 0, nil, false
	}
	segment = d.data[d.at+2 : d.at+size]
	d.at += size
	return m, segment, true
}

func (d *decoder) segment(m byte, b []byte) error {
	switch m {
	case markSOF55:
		return d.frame(b)
	case markLSE:
		return d.extension(b)
	case markDRI:
		if len(b) < 2 || len(b) > 4 {
			return ErrDamaged
		}
		d.interval = 0
		for _, v := range b {
			d.interval = d.interval<<8 | int(v)
		}
	case markSOS:
		return d.scan(b)
	case markAPP8:
		if len(b) >= 5 && string(b[:4]) == "mrfx" && b[4] != 0 { // a maker's colours
			return ErrNotHere
		}
	}
	return nil
}

// frame reads the size and holds it against the layout (T.87, C.2.2).
func (d *decoder) frame(b []byte) error {
	if len(d.ids) > 0 || len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return ErrDamaged
	}
	d.precision = int(b[0])
	rows, columns := int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	switch {
	case rows != d.layout.Rows || columns != d.layout.Columns || int(b[5]) != d.layout.Samples || d.precision > 8*d.layout.Width():
		return ErrSize
	case d.precision < 2:
		return ErrDamaged
	case d.layout.Rows > 64*len(d.data): // a line takes a bit at the least
		return ErrDamaged
	}
	for n := range int(b[5]) {
		if b[7+3*n] != 0x11 {
			return ErrNotHere
		}
		d.ids = append(d.ids, b[6+3*n])
	}
	d.out = make([]byte, d.layout.Size())
	return nil
}

// extension reads presets (T.87, C.2.4.1).
func (d *decoder) extension(b []byte) error {
	switch {
	case len(b) < 1:
		return ErrDamaged
	case b[0] != 1:
		return ErrNotHere
	case len(b) < 11:
		return ErrDamaged
	}
	at := func(n int) int { return int(binary.BigEndian.Uint16(b[1+2*n:])) }
	d.presets = presets{at(0), at(1), at(2), at(3), at(4)}
	return nil
}

// scan reads one component, or all of them (T.87, C.2.3).
func (d *decoder) scan(b []byte) error {
	if len(d.ids) == 0 || len(b) < 1 || len(b) < 4+2*int(b[0]) {
		return ErrDamaged
	}
	n := int(b[0])
	near, order, point := int(b[1+2*n]), b[2+2*n], b[3+2*n]
	if n < 1 || d.done+n > len(d.ids) || order > 2 || n > 1 && order == 0 || order > 0 && n < len(d.ids) {
		return ErrDamaged
	}
	if err := d.named(b[1:1+2*n], point); err != nil {
		return err
	}
	p, ok := d.presets.settled(d.precision, near)
	if !ok {
		return ErrDamaged
	}
	c := newCoding(p, near)
	r := &bits{data: d.data, at: d.at}
	if err := d.lines(r, c, n, order == 2 && n > 1); err != nil {
		return err
	}
	d.at, d.done = r.at, d.done+n
	return nil
}

// named holds the components of a scan against those of the frame. Neither
// palettes nor cut bits are taken.
func (d *decoder) named(b []byte, point byte) error {
	for k := 0; k < len(b); k += 2 {
		switch {
		case b[k] != d.ids[d.done+k/2]:
			return ErrDamaged
		case b[k+1] != 0 || point&15 != 0:
			return ErrNotHere
		}
	}
	return nil
}

// lines decodes the lines of n components.
func (d *decoder) lines(r *bits, c *coding, n int, together bool) error {
	before, now, run := make([][]int32, n), make([][]int32, n), make([]int, n)
	for k := range n {
		before[k], now[k] = make([]int32, d.layout.Columns+2), make([]int32, d.layout.Columns+2)
	}
	for y := range d.layout.Rows {
		if d.interval > 0 && y > 0 && y%d.interval == 0 {
			if r.short() || !r.restart() {
				return ErrDamaged
			}
			c.begin()
			for k := range n {
				clear(before[k])
				run[k] = 0
			}
		}
		if together {
			c.triple(r, before, now)
		} else {
			for k := range n {
				c.run = run[k]
				c.line(r, before[k], now[k])
				run[k] = c.run
			}
		}
		if r.short() {
			return ErrDamaged
		}
		for k := range n {
			d.store(y, d.done+k, now[k][1:1+d.layout.Columns])
		}
		before, now = now, before
	}
	return nil
}

// store writes a line of one component.
func (d *decoder) store(y, sample int, line []int32) {
	samples := d.layout.Samples
	at := y*d.layout.Columns*samples + sample
	if d.layout.Width() == 1 {
		for _, v := range line {
			d.out[at] = byte(v)
			at += samples
		}
		return
	}
	for _, v := range line {
		binary.LittleEndian.PutUint16(d.out[2*at:], uint16(v))
		at += samples
	}
}
