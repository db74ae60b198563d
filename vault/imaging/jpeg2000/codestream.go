package jpeg2000

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Errors of a frame.
var (
	ErrDamaged = errors.New("the packed frame (JPEG 2000) is damaged; copy the file again from the disc or ask for it anew")
	ErrSize    = errors.New("the packed frame (JPEG 2000) has another size than the header of its file says")
	ErrNotHere = errors.New("the packed frame is of a kind of JPEG 2000 that is not shown here")
)

// Markers (T.800, table A.2) and a bit of Rsiz (T.814, A.2).
const (
	markSOC        = 0xFF4F
	markSIZ        = 0xFF51
	highThroughput = 1 << 14
)

// tilesLimit is how many tiles a frame may have: OpenJPEG takes some kilobytes for
// each before it has read any.
const tilesLimit = 16384

// boxed is how a JP2 file begins (T.800, I.5.1). DICOM wants a bare codestream
// (PS3.5, A.4.4), and files with a whole JP2 in them are met.
var boxed = []byte{0, 0, 0, 12, 'j', 'P', ' ', ' '}

// codestream is what is to be decoded of a frame.
func codestream(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, boxed) {
		return b, nil
	}
	for len(b) >= 8 {
		size, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		if size == 1 && len(b) >= 16 {
			size, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if size == 0 { // to the end
			size = uint64(len(b))
		}
		if size < head || size > uint64(len(b)) {
			break
		}
		if string(b[4:8]) == "jp2c" {
			return b[head:size], nil
		}
		b = b[size:]
	}
	return nil, ErrDamaged
}

// size is what a codestream says of itself (T.800, A.5.1).
type size struct {
	columns, rows int
	samples       int
	precision     int
	signed        bool
	other         bool // it is of a kind that is not taken
}

// grid is the reference grid of a codestream, in its own words (T.800, B.2 and B.3).
type grid struct {
	width, height, left, top                 int64
	tileWidth, tileHeight, tileLeft, tileTop int64
}

func (g grid) sound() bool {
	return g.width > g.left && g.height > g.top && g.tileWidth > 0 && g.tileHeight > 0 && g.tileLeft <= g.left && g.tileTop <= g.top
}

func (g grid) tiles() int64 {
	return ((g.width - g.tileLeft + g.tileWidth - 1) / g.tileWidth) * ((g.height - g.tileTop + g.tileHeight - 1) / g.tileHeight)
}

// sizeOf reads the first segment of a codestream.
func sizeOf(b []byte) (s size, err error) {
	segment, err := firstSegment(b)
	if err != nil {
		return s, err
	}
	field := func(n int) int64 { return int64(binary.BigEndian.Uint32(segment[4+4*n:])) }
	g := grid{field(0), field(1), field(2), field(3), field(4), field(5), field(6), field(7)}
	s.samples = int(binary.BigEndian.Uint16(segment[36:]))
	components := segment[38:]
	if s.samples == 0 || len(components) != 3*s.samples || !g.sound() {
		return s, ErrDamaged
	}
	s.columns, s.rows = int(g.width-g.left), int(g.height-g.top)
	s.precision, s.signed = int(components[0]&0x7F)+1, components[0]&0x80 != 0
	s.other = binary.BigEndian.Uint16(segment[2:])&highThroughput != 0 || g.tiles() > tilesLimit || s.precision > 32
	for one := range slices.Chunk(components, 3) {
		s.other = s.other || one[0] != components[0] || one[1] != 1 || one[2] != 1
	}
	return s, nil
}

// firstSegment gives the segment SIZ, with which a codestream begins.
func firstSegment(b []byte) ([]byte, error) {
	const least = 38 + 3 // with one component
	if len(b) < 4+least || binary.BigEndian.Uint16(b) != markSOC || binary.BigEndian.Uint16(b[2:]) != markSIZ {
		return nil, ErrDamaged
	}
	length := int(binary.BigEndian.Uint16(b[4:]))
	if length < least || length > len(b)-4 {
		return nil, ErrDamaged
	}
	return b[4 : 4+length], nil
}

// fits says whether the layout of the file is that of the codestream.
func (s size) fits(l imaging.Layout) bool {
	return s.columns == l.Columns && s.rows == l.Rows && s.samples == l.Samples && s.precision <= 8*l.Width()
}
