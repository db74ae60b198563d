package jpeg

import (
	"encoding/binary"
	"errors"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Errors of a frame.
var (
	ErrDamaged   = errors.New("the packed frame (JPEG) is damaged; copy the file again from the disc or ask for it anew")
	ErrSize      = errors.New("the packed frame (JPEG) has another size than the header of its file says")
	ErrNotHere   = errors.New("the packed frame is of a kind of JPEG that is not shown here")
	errLateFrame = errors.New("the packed frame (JPEG) has no picture in it")
)

// Markers (T.81, table B.1).
const (
	markSOI  = 0xD8
	markEOI  = 0xD9
	markSOF0 = 0xC0
	markSOF1 = 0xC1
	markSOF3 = 0xC3
	markDHT  = 0xC4
	markSOS  = 0xDA
	markDQT  = 0xDB
	markDNL  = 0xDC
	markDRI  = 0xDD
	markAPPE = 0xEE
)

// component is one of a picture (T.81, B.2.2).
type component struct {
	id      byte
	h, v    int // sampling factors
	quant   int
	dc, ac  int
	columns int // blocks of a line, of whole units
	rows    int
	width   int // samples that count
	height  int
	pred    int32
	plane   []uint16 // of blocks; nil for lossless
	line    []int32  // differences of a line
}

// decoder takes one frame apart.
type decoder struct {
	layout     imaging.Layout
	data       []byte
	at         int
	process    byte
	precision  int
	components []component
	hmax, vmax int
	quant      [4][64]uint16
	dc, ac     [4]huffman
	interval   int // units between restarts
	adobe      int // colour transform; -1 where nothing says
	out        []byte
	done       map[byte]bool // components that were read
}

// Decode gives the stored values of a frame, and the Photometric Interpretation
// where the frame itself says that it is another one.
func Decode(l imaging.Layout, b []byte) ([]byte, string, error) {
	if err := l.Check(); err != nil {
		return nil, "", err
	}
	if l.Float || l.Width() > 2 || l.Allocated == 1 {
		return nil, "", imaging.ErrLayout
	}
	d := &decoder{layout: l, data: b, adobe: -1, done: map[byte]bool{}}
	if err := d.markers(); err != nil {
		return nil, "", err
	}
	if len(d.components) == 0 || len(d.done) < len(d.components) {
		return nil, "", errLateFrame
	}
	if d.process != markSOF3 {
		d.gather()
	}
	return d.out, d.photometric(), nil
}

// photometric is what the frame says of its colours: the Adobe marker of T.872,
// 6.5.3, else the names of its components.
func (d *decoder) photometric() string {
	if len(d.components) != 3 || d.process == markSOF3 {
		return ""
	}
	rgb := d.components[0].id == 'R' && d.components[1].id == 'G' && d.components[2].id == 'B'
	switch {
	case d.adobe == 0 || d.adobe < 0 && rgb:
		return "RGB"
	case d.adobe == 1:
		return "YBR_FULL"
	}
	return ""
}

// markers reads the segments one behind the other (T.81, B.1.1).
func (d *decoder) markers() error {
	if len(d.data) < 4 || d.data[0] != 0xFF || d.data[1] != markSOI {
		return ErrDamaged
	}
	d.at = 2
	for {
		m, ok := d.marker()
		if !ok || m == markEOI {
			return nil // what is lacking is found by who asks for it
		}
		if m >= 0xD0 && m <= 0xD7 || m == 1 {
			continue
		}
		if d.at+2 > len(d.data) {
			return nil
		}
		size := int(binary.BigEndian.Uint16(d.data[d.at:]))
		if size < 2 || d.at+size > len(d.data) {
			return ErrDamaged
		}
		segment := d.data[d.at+2 : d.at+size]
		d.at += size
		if err := d.segment(m, segment); err != nil {
			return err
		}
	}
}

// marker finds the next one.
func (d *decoder) marker() (byte, bool) {
	for d.at+1 < len(d.data) {
		if m := d.data[d.at+1]; d.data[d.at] == 0xFF && m != 0 && m != 0xFF {
			d.at += 2
			return m, true
		}
		d.at++
	}
	return 0, false
}

func (d *decoder) segment(m byte, b []byte) error {
	switch m {
	case markSOF0, markSOF1, markSOF3:
		return d.frame(m, b)
	case markDHT:
		return d.tables(b)
	case markDQT:
		return d.quantization(b)
	case markDRI:
		if len(b) < 2 {
			return ErrDamaged
		}
		d.interval = int(binary.BigEndian.Uint16(b))
	case markSOS:
		return d.scan(b)
	case markAPPE:
		if len(b) >= 12 && string(b[:5]) == "Adobe" {
			d.adobe = int(b[11])
		}
	case markDNL:
		return ErrNotHere
	default:
		if m >= 0xC2 && m <= 0xCF && m != 0xC8 && m != 0xCC {
			return ErrNotHere
		}
	}
	return nil
}

// frame reads the size of the picture and holds it against the layout (T.81, B.2.2).
func (d *decoder) frame(m byte, b []byte) error {
	if len(d.components) > 0 || len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return ErrDamaged
	}
	d.process, d.precision = m, int(b[0])
	rows, columns := int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	if rows != d.layout.Rows || columns != d.layout.Columns || int(b[5]) != d.layout.Samples {
		return ErrSize
	}
	if err := d.bits(); err != nil {
		return err
	}
	for n := range int(b[5]) {
		c := component{id: b[6+3*n], h: int(b[7+3*n] >> 4), v: int(b[7+3*n] & 15), quant: int(b[8+3*n])}
		if !c.sound() {
			return ErrDamaged
		}
		d.hmax, d.vmax = max(d.hmax, c.h), max(d.vmax, c.v)
		d.components = append(d.components, c)
	}
	if m == markSOF3 {
		return d.prepareLossless()
	}
	return d.prepareBlocks()
}

// bits holds the bits of a sample against the process and the layout.
func (d *decoder) bits() error {
	sound := d.precision == 8 || d.precision == 12
	if d.process == markSOF3 {
		sound = d.precision >= 2 && d.precision <= 16
	}
	switch {
	case !sound:
		return ErrDamaged
	case d.precision > 8*d.layout.Width():
		return ErrSize
	}
	return nil
}

func (c *component) sound() bool {
	return c.h >= 1 && c.h <= 4 && c.v >= 1 && c.v <= 4 && c.quant <= 3
}

// tables reads codes (T.81, B.2.4.2).
func (d *decoder) tables(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 {
			return ErrDamaged
		}
		counts, total := [16]byte(b[1:17]), 0
		for _, n := range counts {
			total += int(n)
		}
		class, at := b[0]>>4, b[0]&15
		if class > 1 || at > 3 || total > 256 || len(b) < 17+total {
			return ErrDamaged
		}
		h := &d.dc[at]
		if class == 1 {
			h = &d.ac[at]
		}
		if !h.set(&counts, b[17:17+total]) {
			return ErrDamaged
		}
		b = b[17+total:]
	}
	return nil
}

// scanned are the components of a scan (T.81, B.2.3), and what stands behind them.
func (d *decoder) scanned(b []byte) (list []*component, rest []byte, err error) {
	if len(d.components) == 0 || len(b) < 1 || b[0] < 1 || b[0] > 4 || len(b) < 4+2*int(b[0]) {
		return nil, nil, ErrDamaged
	}
	for n := range int(b[0]) {
		c := d.open(b[1+2*n])
		tables := b[2+2*n]
		if c == nil || tables>>4 > 3 || tables&15 > 3 {
			return nil, nil, ErrDamaged
		}
		d.done[c.id] = true
		c.dc, c.ac = int(tables>>4), int(tables&15)
		if !d.dc[c.dc].there || d.process != markSOF3 && !d.ac[c.ac].there {
			return nil, nil, ErrDamaged
		}
		list = append(list, c)
	}
	return list, b[1+2*int(b[0]):], nil
}

// open is a component that was not read yet; nil for none of that name.
func (d *decoder) open(id byte) *component {
	for n := range d.components {
		if d.components[n].id == id && !d.done[id] {
			return &d.components[n]
		}
	}
	return nil
}

func (d *decoder) scan(b []byte) error {
	list, rest, err := d.scanned(b)
	if err != nil {
		return err
	}
	r := &bits{data: d.data, at: d.at}
	if d.process == markSOF3 {
		err = d.lossless(r, list, int(rest[0]), int(rest[2]&15))
	} else {
		err = d.blocks(r, list)
	}
	d.at = r.at
	return err
}
