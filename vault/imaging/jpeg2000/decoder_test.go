package jpeg2000

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
)

const columns, rows = 16, 12

func layout(samples, stored int, signed bool, photometric string) imaging.Layout {
	l := imaging.Layout{Rows: rows, Columns: columns, Samples: samples, Allocated: 8, Stored: stored, High: stored - 1, Signed: signed, Photometric: photometric}
	if stored > 8 {
		l.Allocated = 16
	}
	return l
}

func packed(t testing.TB, sample string) []byte {
	t.Helper()
	b, err := hex.DecodeString(sample)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// installed skips a test where there is no OpenJPEG.
func installed(t testing.TB) {
	t.Helper()
	if !There() {
		t.Skip("NOT TESTED: OpenJPEG is not installed (libopenjp2-7)")
	}
}

func TestDecode(t *testing.T) {
	installed(t)
	pixel := func(f func(x, y int) int) (all []int) {
		for y := range rows {
			for x := range columns {
				all = append(all, f(x, y))
			}
		}
		return all
	}
	gray := pixel(func(x, y int) int { return (13*x + 7*y) % 256 })
	signed := pixel(func(x, y int) int { return ((517*x-911*y)%4096+4096)%4096 - 2048 })
	var colour []int
	for y := range rows {
		for x := range columns {
			colour = append(colour, 16*x%256, 20*y%256, x*y%256)
		}
	}
	for _, c := range []struct {
		name, sample string
		layout       imaging.Layout
		want         []int
		within       int
		photometric  string
	}{
		{"8 bits", gray8, layout(1, 8, false, "MONOCHROME2"), gray, 0, ""},
		{"8 bits in 16", gray8, layout(1, 12, false, "MONOCHROME2"), gray, 0, ""},
		{"12 bits with a sign", signed12, layout(1, 12, true, "MONOCHROME2"), signed, 0, ""},
		{"colours", rgb, layout(3, 8, false, "YBR_RCT"), colour, 0, "RGB"},
		{"colours by their own name", rgb, layout(3, 8, false, "RGB"), colour, 0, ""},
		{"a JP2 file, with loss", lossy, layout(3, 8, false, "YBR_ICT"), colour, 48, "RGB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, photometric, err := Decode(c.layout, packed(t, c.sample))
			if err != nil || photometric != c.photometric || len(got) != c.layout.Size() {
				t.Fatalf("%d bytes, %q, %v", len(got), photometric, err)
			}
			for i, want := range c.want {
				v := 0
				switch {
				case c.layout.Width() == 1:
					v = int(got[i])
				case c.layout.Signed:
					v = int(int16(binary.LittleEndian.Uint16(got[2*i:])))
				default:
					v = int(binary.LittleEndian.Uint16(got[2*i:]))
				}
				if v < want-c.within || v > want+c.within {
					t.Fatalf("value %d is %d, want %d", i, v, want)
				}
			}
		})
	}
}

// TestHeaderDecides: the size and the sign are those of the file's header, and a
// codestream of another size is refused before anything is decoded.
func TestHeaderDecides(t *testing.T) {
	for _, l := range []imaging.Layout{layout(3, 8, false, "RGB"), {Rows: rows, Columns: columns + 1, Samples: 1, Allocated: 8, Stored: 8, High: 7}, {Rows: 1, Columns: 1, Samples: 1, Allocated: 8, Stored: 8, High: 7}} {
		if _, _, err := Decode(l, packed(t, gray8)); !errors.Is(err, ErrSize) {
			t.Errorf("%+v: %v, want another size", l, err)
		}
	}
	if _, _, err := Decode(layout(1, 8, true, ""), packed(t, signed12)); !errors.Is(err, ErrSize) {
		t.Errorf("12 bits in 8: %v", err)
	}
	throughput := packed(t, gray8)
	throughput[6] |= highThroughput >> 8
	if _, _, err := Decode(layout(1, 8, false, ""), throughput); !errors.Is(err, ErrNotHere) {
		t.Errorf("High-Throughput JPEG 2000: %v", err)
	}
	tiles := packed(t, gray8)
	copy(tiles[24:], []byte{0, 0, 0, 1, 0, 0, 0, 1}) // tiles of one pixel
	if s, err := sizeOf(tiles); err != nil || s.other {
		t.Errorf("192 tiles: %+v, %v", s, err)
	}
	copy(tiles[8:], []byte{0, 0, 1, 0, 0, 0, 1, 0})
	if s, err := sizeOf(tiles); err != nil || !s.other {
		t.Errorf("65,536 tiles: %+v, %v", s, err)
	}
	for _, c := range []struct {
		signed bool
		from   size
		in     int32
		want   int32
	}{
		{true, size{precision: 12}, 0xFFF, -1},
		{true, size{precision: 12}, 0x7FF, 0x7FF},
		{false, size{precision: 12, signed: true}, -1, 0xFFF},
		{true, size{precision: 12, signed: true}, -5, -5},
	} {
		one := []int32{c.in}
		if c.from.settle(one, c.signed); one[0] != c.want {
			t.Errorf("%+v: %d becomes %d, want %d", c.from, c.in, one[0], c.want)
		}
	}
}

// TestDamaged: whatever is missing or changed, there is an error or a picture of the
// right size, and never more.
func TestDamaged(t *testing.T) {
	installed(t)
	l := layout(1, 12, true, "MONOCHROME2")
	whole := packed(t, signed12)
	for n := range len(whole) - 2 {
		if got, _, err := Decode(l, whole[:n]); err == nil && len(got) != l.Size() {
			t.Fatalf("%d bytes of it: %d values", n, len(got))
		}
	}
	for n := range len(whole) {
		for _, bit := range []byte{1, 0x10, 0x80} {
			b := packed(t, signed12)
			b[n] ^= bit
			if got, _, err := Decode(l, b); err == nil && len(got) != l.Size() {
				t.Fatalf("byte %d: %d values", n, len(got))
			}
		}
	}
	if _, _, err := Decode(l, whole[:60]); !errors.Is(err, ErrDamaged) {
		t.Errorf("the beginning of one: %v", err)
	}
}

// FuzzSize reads hostile beginnings.
func FuzzSize(f *testing.F) {
	for _, s := range []string{gray8, signed12, rgb, lossy} {
		f.Add(packed(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b, err := codestream(b)
		if err != nil {
			return
		}
		s, err := sizeOf(b)
		if err == nil && (s.columns < 1 || s.rows < 1 || s.samples < 1 || s.precision < 1 || s.precision > 128) {
			t.Errorf("%+v", s)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	installed(b)
	l, one := layout(1, 12, true, "MONOCHROME2"), packed(b, signed12)
	for b.Loop() {
		if _, _, err := Decode(l, one); err != nil {
			b.Fatal(err)
		}
	}
}
