package dicom

import "strings"

// iso2022 reads text with the code extensions of ISO 2022 as DICOM restricts
// them (PS3.5, 6.1.2.5).
type iso2022 struct {
	charset
	name   bool
	lo, hi *graphic
	out    strings.Builder
	ok     bool
}

// reset is the state at the beginning of a line, a value and a part of a name.
func (d *iso2022) reset() { d.lo, d.hi = d.g0, d.g1 }

func (d *iso2022) all(b []byte) {
	d.reset()
	for n := 0; n < len(b); {
		switch c := b[n]; {
		case c == 0x1B:
			n += d.escape(b[n:])
		case c >= 0x80:
			n += d.high(b[n:])
		case d.lo.double && c > ' ' && c < 0x7F:
			n += d.pair(b[n:])
		default:
			d.out.WriteByte(c)
			if c == '\n' || c == '\r' || c == '\f' || c == '\t' || c == '\\' || d.name && (c == '^' || c == '=') {
				d.reset()
			}
			n++
		}
	}
}

// escape takes an escape sequence and gives its length; what is none is shown.
func (d *iso2022) escape(b []byte) int {
	if d.shifts {
		for n := range graphics {
			g := &graphics[n]
			if strings.HasPrefix(string(b[1:min(len(b), 4)]), g.escape) {
				if g.high {
					d.hi = g
				} else {
					d.lo = g
				}
				return 1 + len(g.escape)
			}
		}
	}
	d.ok = false
	d.out.WriteRune('␛')
	return 1
}

// high takes a character of G1.
func (d *iso2022) high(b []byte) int {
	width := 1
	switch {
	case d.hi == nil:
		d.lost()
		return 1
	case d.hi.double && len(b) == 1:
		d.lost()
		return 1
	case d.hi.double:
		width = 2
	case d.hi.number == "13" && (b[0] < 0xA1 || b[0] > 0xDF): // half-width katakana alone
		d.lost()
		return 1
	}
	s, ok := decoded(d.hi.decode, b[:width])
	d.out.WriteString(s)
	d.ok = d.ok && ok
	return width
}

// pair takes a character of a double-byte set in G0.
func (d *iso2022) pair(b []byte) int {
	if len(b) < 2 || b[1] <= ' ' || b[1] >= 0x7F {
		d.ok = false
		d.out.WriteByte(b[0]) // as it stands
		return 1
	}
	s, ok := decoded(d.lo.decode, append([]byte(d.lo.before), b[0]|0x80, b[1]|0x80))
	d.out.WriteString(s)
	d.ok = d.ok && ok
	return 2
}

func (d *iso2022) lost() {
	d.ok = false
	d.out.WriteRune('\uFFFD')
}
