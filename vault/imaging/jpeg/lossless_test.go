package jpeg_test

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/jpeg"
)

func layout(rows, columns, samples, stored int) imaging.Layout {
	l := imaging.Layout{Rows: rows, Columns: columns, Samples: samples, Allocated: 8, Stored: stored, High: stored - 1}
	if stored > 8 {
		l.Allocated = 16
	}
	return l
}

// picture are values that neighbours mostly share, each below 1 << stored.
func picture(l imaging.Layout, loud int) []uint16 {
	out := make([]uint16, l.Rows*l.Columns*l.Samples)
	v := 1 << (l.Stored - 1)
	for n := range out {
		v += rand.N(2*loud+1) - loud
		if rand.N(50) == 0 {
			v = rand.N(1 << l.Stored)
		}
		v = min(max(v, 0), 1<<l.Stored-1)
		out[n] = uint16(v)
	}
	return out
}

func stored(l imaging.Layout, values []uint16) []byte {
	var out []byte
	for _, v := range values {
		if l.Width() == 1 {
			out = append(out, byte(v))
		} else {
			out = binary.LittleEndian.AppendUint16(out, v)
		}
	}
	return out
}

// writer writes bits with a zero byte behind each FF (T.81, F.1.2.3).
type writer struct {
	out []byte
	acc uint64
	n   int
}

func (w *writer) put(v uint64, n int) {
	w.acc, w.n = w.acc<<n|v&(1<<n-1), w.n+n
	for w.n >= 8 {
		b := byte(w.acc >> (w.n - 8))
		if w.out, w.n = append(w.out, b), w.n-8; b == 0xFF {
			w.out = append(w.out, 0)
		}
	}
}

func (w *writer) flush() {
	if w.n > 0 {
		w.put(0xFF, 8-w.n)
	}
}

// encode writes a lossless frame whose codes of the 17 categories have 5 bits, or
// 2 to 16 bits where skewed, and whose components stand together.
func encode(l imaging.Layout, values []uint16, predictor, point, lines int, skewed bool) []byte {
	out := []byte{0xFF, 0xD8, 0xFF, 0xC3, 0, byte(8 + 3*l.Samples), byte(l.Stored)}
	out = binary.BigEndian.AppendUint16(out, uint16(l.Rows))
	out = append(binary.BigEndian.AppendUint16(out, uint16(l.Columns)), byte(l.Samples))
	for n := range l.Samples {
		out = append(out, byte(n+1), 0x11, 0)
	}
	counts, length, code := [16]byte{4: 17}, [17]int{}, [17]uint64{}
	for n := range length {
		length[n], code[n] = 5, uint64(n)
	}
	if skewed { // 0, 10, 110 and on to sixteen ones less one
		counts = [16]byte{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}
		for n := range length {
			length[n] = min(n+1, 16)
			code[n] = (1<<length[n] - 1) &^ 1
		}
		code[16] = 0xFFFF // what T.81 forbids to be all ones, and readers take
	}
	out = append(out, 0xFF, 0xC4, 0, 2+17+17, 0)
	out = append(out, counts[:]...)
	for n := range byte(17) {
		out = append(out, n)
	}
	if lines > 0 {
		out = append(out, 0xFF, 0xDD, 0, 4)
		out = binary.BigEndian.AppendUint16(out, uint16(lines*l.Columns))
	}
	out = append(out, 0xFF, 0xDA, 0, byte(6+2*l.Samples), byte(l.Samples))
	for n := range l.Samples {
		out = append(out, byte(n+1), 0)
	}
	out = append(out, byte(predictor), 0, byte(point))
	w := &writer{out: out}
	at := func(x, y, s int) int { return int(values[(y*l.Columns+x)*l.Samples+s]) >> point }
	for y := range l.Rows {
		first := y == 0 || lines > 0 && y%lines == 0
		if y > 0 && first {
			w.flush()
			w.out = append(w.out, 0xFF, 0xD0+byte(y/lines-1)%8)
		}
		for x := range l.Columns {
			for s := range l.Samples {
				p := 1 << (l.Stored - point - 1)
				switch {
				case first && x > 0:
					p = at(x-1, y, s)
				case !first && x == 0:
					p = at(x, y-1, s)
				case !first:
					a, b, c := at(x-1, y, s), at(x, y-1, s), at(x-1, y-1, s)
					p = []int{0, a, b, c, a + b - c, a + (b-c)>>1, b + (a-c)>>1, (a + b) >> 1}[predictor]
				}
				d := int(int16(at(x, y, s) - p))
				n := bits.Len(uint(max(d, -d)))
				w.put(code[n], length[n])
				if d < 0 {
					d--
				}
				if n < 16 {
					w.put(uint64(d), n)
				}
			}
		}
	}
	w.flush()
	return append(w.out, 0xFF, 0xD9)
}

func TestLossless(t *testing.T) {
	for predictor := 1; predictor <= 7; predictor++ {
		for _, stored1 := range []int{2, 7, 8, 10, 12, 16} {
			for _, samples := range []int{1, 3} {
				for _, c := range []struct {
					point, lines int
					skewed       bool
				}{{0, 0, false}, {0, 0, true}, {1, 0, false}, {0, 1, false}, {0, 3, true}} {
					l := layout(1+rand.N(20), 1+rand.N(30), samples, stored1)
					values := picture(l, 1+rand.N(9))
					packed := encode(l, values, predictor, c.point, c.lines, c.skewed)
					for n := range values {
						values[n] = values[n] >> c.point << c.point
					}
					got, photometric, err := jpeg.Decode(l, packed)
					if err != nil || photometric != "" || !bytes.Equal(got, stored(l, values)) {
						t.Fatalf("predictor %d, %+v, %+v: differs, %v", predictor, c, l, err)
					}
				}
			}
		}
	}
}

func TestBroken(t *testing.T) {
	l := layout(20, 30, 1, 12)
	whole := encode(l, picture(l, 5), 1, 0, 4, false)
	for n := range len(whole) - 4 {
		if _, _, err := jpeg.Decode(l, whole[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for a frame", n, len(whole))
		}
	}
	for name, other := range map[string]imaging.Layout{"rows": layout(21, 30, 1, 12), "columns": layout(20, 29, 1, 12), "samples": layout(20, 30, 3, 12), "bits": layout(20, 30, 1, 8)} {
		if _, _, err := jpeg.Decode(other, whole); err == nil {
			t.Errorf("other %s were taken", name)
		}
	}
	huge := layout(65535, 4000, 1, 16)
	if _, _, err := jpeg.Decode(huge, encode(layout(1, 1, 1, 16), []uint16{0}, 1, 0, 0, false)); err == nil {
		t.Error("a frame of 500 MB in 60 bytes was taken")
	}
}

func FuzzDecode(f *testing.F) {
	l := layout(5, 7, 1, 12)
	f.Add(uint8(5), uint8(7), true, false, encode(l, picture(l, 3), 4, 0, 1, true))
	l = layout(5, 7, 3, 8)
	f.Add(uint8(5), uint8(7), false, true, encode(l, picture(l, 3), 1, 1, 0, false))
	f.Add(uint8(16), uint8(16), false, false, gray(16, 16, 80))
	f.Fuzz(func(t *testing.T, rows, columns uint8, wide, colour bool, b []byte) {
		l := layout(int(rows), int(columns), 1, 8)
		if wide {
			l = layout(int(rows), int(columns), 1, 16)
		}
		if colour {
			l.Samples = 3
		}
		if got, _, err := jpeg.Decode(l, b); err == nil && len(got) != l.Size() {
			t.Errorf("%d bytes, want %d", len(got), l.Size())
		}
	})
}

func BenchmarkLossless(b *testing.B) {
	l := layout(512, 512, 1, 12)
	packed := encode(l, picture(l, 6), 1, 0, 0, false)
	b.SetBytes(int64(l.Size()))
	for b.Loop() {
		if _, _, err := jpeg.Decode(l, packed); err != nil {
			b.Fatal(err)
		}
	}
}
