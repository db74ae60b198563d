package jpegls

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
)

func layout(rows, columns, samples, stored int) imaging.Layout {
	l := imaging.Layout{Rows: rows, Columns: columns, Samples: samples, Allocated: 8, Stored: stored, High: stored - 1}
	if stored > 8 {
		l.Allocated = 16
	}
	return l
}

// picture are the samples of each component: runs, slopes and noise, up to most.
func picture(l imaging.Layout, most int) [][]int32 {
	out := make([][]int32, l.Samples)
	for k := range out {
		v, step := rand.N(most+1), 0
		for range l.Rows * l.Columns {
			if rand.N(20) == 0 {
				step = rand.N(5) - 2
			}
			if rand.N(60) == 0 {
				v, step = rand.N(most+1), 0
			}
			v = min(max(v+step*rand.N(3), 0), most)
			out[k] = append(out[k], int32(v))
		}
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	for _, precision := range []int{2, 7, 8, 10, 12, 15, 16} {
		for _, near := range []int{0, 1, 3} {
			for _, order := range []int{0, 1, 2} {
				for _, own := range []presets{{}, {maxval: 1<<precision - 1 - (1<<precision)/8, reset: 31}, {t1: near + 1, t2: near + 2, t3: 1<<precision - 1}} {
					samples := 3
					if order == 0 {
						samples = 1 + 2*rand.N(2)
					}
					p, ok := own.settled(precision, near)
					if !ok {
						continue
					}
					l := layout(1+rand.N(20), 1+rand.N(60), samples, precision)
					values := picture(l, p.maxval)
					for _, lines := range []int{0, 1, 3} {
						packed := encode(l.Rows, l.Columns, precision, near, order, lines, own, values)
						got, err := Decode(l, packed)
						if err != nil || !alike(l, got, values, near) {
							t.Fatalf("%d bits, near %d, order %d, %+v, restart %d, %+v: differs, %v", precision, near, order, own, lines, l, err)
						}
					}
				}
			}
		}
	}
}

func alike(l imaging.Layout, got []byte, values [][]int32, near int) bool {
	for k := range values {
		for n, want := range values[k] {
			at := n*l.Samples + k
			v := int(got[at*l.Width()])
			if l.Width() == 2 {
				v = int(binary.LittleEndian.Uint16(got[2*at:]))
			}
			if d := v - int(want); d > near || d < -near {
				return false
			}
		}
	}
	return true
}

// TestKnown is the worked example of T.87, annex H.3.
func TestKnown(t *testing.T) {
	packed := []byte{
		0xFF, 0xD8, 0xFF, 0xF7, 0x00, 0x0B, 0x08, 0x00, 0x04, 0x00, 0x04, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00,
		0xC0, 0x00, 0x00, 0x6C, 0x80, 0x20, 0x8E, 0x01, 0xC0, 0x00, 0x00, 0x57, 0x40, 0x00, 0x00, 0x6E, 0xE6, 0x00, 0x00, 0x01, 0xBC, 0x18, 0x00, 0x00, 0x05, 0xD8, 0x00, 0x00, 0x91, 0x60,
		0xFF, 0xD9,
	}
	want := []byte{0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145}
	got, err := Decode(layout(4, 4, 1, 8), packed)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestBroken(t *testing.T) {
	l := layout(20, 30, 1, 12)
	whole := encode(l.Rows, l.Columns, 12, 0, 0, 4, presets{}, picture(l, 4095))
	for n := range len(whole) - 4 {
		if _, err := Decode(l, whole[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for a frame", n, len(whole))
		}
	}
	for name, other := range map[string]imaging.Layout{"rows": layout(21, 30, 1, 12), "columns": layout(20, 29, 1, 12), "samples": layout(20, 30, 3, 12), "bits": layout(20, 30, 1, 8)} {
		if _, err := Decode(other, whole); err == nil {
			t.Errorf("other %s were taken", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	l := layout(5, 7, 3, 8)
	for order := range 3 {
		f.Add(uint8(5), uint8(7), false, true, encode(5, 7, 8, order, order, 2, presets{}, picture(l, 255)))
	}
	l = layout(5, 7, 1, 16)
	f.Add(uint8(5), uint8(7), true, false, encode(5, 7, 16, 0, 0, 0, presets{reset: 31}, picture(l, 65535)))
	f.Fuzz(func(t *testing.T, rows, columns uint8, wide, colour bool, b []byte) {
		l := layout(int(rows), int(columns), 1, 8)
		if wide {
			l = layout(int(rows), int(columns), 1, 16)
		}
		if colour {
			l.Samples = 3
		}
		if got, err := Decode(l, b); err == nil && len(got) != l.Size() {
			t.Errorf("%d bytes, want %d", len(got), l.Size())
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	l := layout(512, 512, 1, 12)
	packed := encode(l.Rows, l.Columns, 12, 0, 0, 0, presets{}, picture(l, 4095))
	b.SetBytes(int64(l.Size()))
	for b.Loop() {
		if _, err := Decode(l, packed); err != nil {
			b.Fatal(err)
		}
	}
}
