package dicom

import (
	"encoding/binary"
	"strings"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// tableLimit is how many values a table can have (PS3.3, C.7.6.3.1.5).
const tableLimit = 1 << 16

// table reads a table and its descriptor: how many values, the first that is
// mapped, bits of a value (PS3.3, C.11.1.1.1). nil for none that can be.
func table(d dataset, descriptor, data tag, signed bool) *imaging.Lookup {
	about, values := d.get(descriptor), d.get(data)
	if about == nil || len(about.Bytes) < 6 || values == nil {
		return nil
	}
	n, first, bits := tableSize(about.Bytes, signed)
	l := &imaging.Lookup{First: first, Bits: bits, Name: clip(d.text(tagTableName))}
	switch b := values.Bytes; {
	case len(b) >= 2*n:
		l.Values = make([]uint16, n)
		for i := range l.Values {
			l.Values[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
	case len(b) >= n && bits <= 8:
		l.Values = make([]uint16, n)
		for i := range l.Values {
			l.Values[i] = uint16(b[i])
		}
	default:
		return nil
	}
	return l
}

// tableSize reads a descriptor.
func tableSize(b []byte, signed bool) (n, first, bits int) {
	n = int(binary.LittleEndian.Uint16(b))
	if n == 0 {
		n = tableLimit
	}
	first = int(binary.LittleEndian.Uint16(b[2:]))
	if signed {
		first = int(int16(first))
	}
	return n, first, int(binary.LittleEndian.Uint16(b[4:]))
}

// paletteOf is the colours of an image of one sample (PS3.3, C.7.9).
func paletteOf(d dataset, l imaging.Layout) *imaging.Palette {
	if !strings.HasPrefix(l.Photometric, "PALETTE") {
		return nil
	}
	var p imaging.Palette
	for _, c := range []struct {
		to                         *imaging.Lookup
		descriptor, data, segments tag
	}{{&p.Red, tagRedDescriptor, tagRed, tagRedSegments}, {&p.Green, tagGreenDescriptor, tagGreen, tagGreenSegments}, {&p.Blue, tagBlueDescriptor, tagBlue, tagBlueSegments}} {
		t := table(d, c.descriptor, c.data, l.Signed)
		if t == nil {
			t = segmented(d, c.descriptor, c.segments, l.Signed)
		}
		if t == nil {
			return nil
		}
		*c.to = *t
	}
	return &p
}

// segmented spells a table out that is written in segments (PS3.3, C.7.9.2): runs
// of values, straight lines to a value, and segments again from a place.
func segmented(d dataset, descriptor, data tag, signed bool) *imaging.Lookup {
	about, e := d.get(descriptor), d.get(data)
	if about == nil || len(about.Bytes) < 6 || e == nil {
		return nil
	}
	n, first, bits := tableSize(about.Bytes, signed)
	words := make([]uint16, len(e.Bytes)/2)
	for i := range words {
		words[i] = binary.LittleEndian.Uint16(e.Bytes[2*i:])
	}
	s := segments{words: words, most: n}
	if !s.run(0, len(words), true, len(words)) || len(s.out) == 0 {
		return nil
	}
	return &imaging.Lookup{First: first, Bits: bits, Values: s.out}
}

// segments spells out at most as many values as the table has.
type segments struct {
	words []uint16
	out   []uint16
	most  int
}

// run takes at most n segments from a place on.
func (s *segments) run(at, end int, deep bool, n int) bool {
	for ; n > 0 && at+2 <= end && len(s.out) < s.most; n-- {
		kind, length := s.words[at], int(s.words[at+1])
		at += 2
		switch {
		case kind == 0 && at+length <= end:
			s.out = append(s.out, s.words[at:at+min(length, s.most-len(s.out))]...)
			at += length
		case kind == 1 && at < end && len(s.out) > 0:
			s.line(int(s.words[at]), length)
			at++
		case kind == 2 && deep && at+2 <= end:
			from := (int(s.words[at]) | int(s.words[at+1])<<16) / 2
			if from >= at-2 || !s.run(from, at-2, false, length) {
				return false
			}
			at += 2
		default:
			return false
		}
	}
	return true
}

// line goes from the last value to another one.
func (s *segments) line(to, length int) {
	from := int(s.out[len(s.out)-1])
	for i := 1; i <= length && len(s.out) < s.most; i++ {
		s.out = append(s.out, uint16(from+(to-from)*i/length))
	}
}

// word is an attribute of 16 bits, signed where the pixels are.
func word(d dataset, t tag, signed bool) (float64, bool) {
	e := d.get(t)
	if e == nil || len(e.Bytes) < 2 {
		return 0, false
	}
	v := binary.LittleEndian.Uint16(e.Bytes)
	if signed {
		return float64(int16(v)), true
	}
	return float64(v), true
}
