package rle_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/rle"
)

func layout(rows, columns, samples, bits int) imaging.Layout {
	return imaging.Layout{Rows: rows, Columns: columns, Samples: samples, Allocated: bits, Stored: bits, High: bits - 1}
}

// pack writes a frame (PS3.5, G.3.1): runs of three and more as runs, the rest as it is.
func pack(l imaging.Layout, values []byte) []byte {
	step := l.Samples * l.Width()
	head, body := make([]byte, 64), []byte(nil)
	binary.LittleEndian.PutUint32(head, uint32(step))
	for n := range step {
		binary.LittleEndian.PutUint32(head[4+4*n:], uint32(64+len(body)))
		at := n/l.Width()*l.Width() + l.Width() - 1 - n%l.Width()
		var plane []byte
		for ; at < len(values); at += step {
			plane = append(plane, values[at])
		}
		body = append(body, segment(plane)...)
		if len(body)%2 != 0 {
			body = append(body, 0)
		}
	}
	return append(head, body...)
}

func segment(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		run := 1
		for run < len(b) && run < 128 && b[run] == b[0] {
			run++
		}
		if run > 2 {
			out = append(out, byte(1-run), b[0])
			b = b[run:]
			continue
		}
		n := min(len(b), 1+rand.N(128))
		out = append(append(out, byte(n-1)), b[:n]...)
		b = b[n:]
	}
	return out
}

// smooth are values with runs.
func smooth(n int) []byte {
	b := make([]byte, n)
	v := byte(0)
	for i := range b {
		if rand.N(5) == 0 {
			v += byte(rand.N(7))
		}
		b[i] = v
	}
	return b
}

func TestRoundTrip(t *testing.T) {
	for _, l := range []imaging.Layout{layout(1, 1, 1, 8), layout(17, 31, 1, 8), layout(64, 200, 1, 16), layout(9, 9, 3, 8), layout(13, 7, 3, 16), layout(8, 8, 1, 32), layout(8, 8, 3, 32)} {
		for range 20 {
			want := smooth(l.Size())
			got, err := rle.Decode(l, pack(l, want))
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%+v: differs, %v", l, err)
			}
		}
	}
}

// TestKnown is the example of Apple Technical Note TN1023, on which PackBits rests.
func TestKnown(t *testing.T) {
	packed := []byte{0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA}
	want := []byte{0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA}
	head := make([]byte, 64)
	head[0], head[4] = 1, 64
	got, err := rle.Decode(layout(4, 6, 1, 8), append(head, packed...))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %x, %v", got, err)
	}
}

func TestBroken(t *testing.T) {
	l := layout(20, 20, 1, 16)
	whole := pack(l, smooth(l.Size()))
	for n := range whole {
		if _, err := rle.Decode(l, whole[:n]); err == nil && n < len(whole)-1 {
			t.Errorf("%d of %d bytes were taken for a frame", n, len(whole))
		}
	}
	if _, err := rle.Decode(imaging.Layout{Rows: 65535, Columns: 65535, Samples: 3, Allocated: 32, Stored: 32, High: 31}, whole); err == nil {
		t.Error("a frame of 48 GiB was not refused")
	}
}

func FuzzDecode(f *testing.F) {
	l := layout(5, 7, 1, 16)
	f.Add(uint8(5), uint8(7), true, pack(l, smooth(l.Size())))
	f.Fuzz(func(t *testing.T, rows, columns uint8, wide bool, b []byte) {
		l := layout(int(rows), int(columns), 1, 8)
		if wide {
			l.Allocated, l.Stored, l.High = 16, 16, 15
		}
		if got, err := rle.Decode(l, b); err == nil && len(got) != l.Size() {
			t.Errorf("%d bytes, want %d", len(got), l.Size())
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	l := layout(512, 512, 1, 16)
	packed := pack(l, smooth(l.Size()))
	b.SetBytes(int64(l.Size()))
	for b.Loop() {
		if _, err := rle.Decode(l, packed); err != nil {
			b.Fatal(err)
		}
	}
}
