package paper_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/carnet-phr/carnet/vault/paper"
)

func TestPixelsArriveAsTheyWere(t *testing.T) {
	whole := image.NewRGBA(image.Rect(0, 0, 5, 4))
	whole.SetRGBA(2, 3, color.RGBA{1, 2, 3, 255})
	part := whole.SubImage(image.Rect(0, 0, 3, 4)).(*image.RGBA)
	var b bytes.Buffer
	if err := paper.Write(&b, part, image.Pt(30, 40)); err != nil {
		t.Fatal(err)
	}
	got, full, err := paper.Read(b.Bytes())
	if err != nil || full != image.Pt(30, 40) || got.Bounds() != image.Rect(0, 0, 3, 4) || got.RGBAAt(2, 3) != (color.RGBA{1, 2, 3, 255}) {
		t.Errorf("got %v, %v, %v", got, full, err)
	}
}

// TestFalseSizes: whoever drew may lie about it.
func TestFalseSizes(t *testing.T) {
	head := func(n ...uint32) []byte {
		var b []byte
		for _, v := range n {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	for name, b := range map[string][]byte{
		"nothing":   nil,
		"head cut":  head(1, 1, 1),
		"no width":  append(head(0, 1, 1, 1), 0, 0, 0, 0),
		"no pixels": head(1, 1, 1, 1),
		"too many":  append(head(1, 1, 1, 1), make([]byte, 8)...),
		"overflow":  head(1<<31, 1<<31, 1, 1),
		"huge":      head(1<<16, 1<<16, 1, 1),
	} {
		if _, _, err := paper.Read(b); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(append(binary.BigEndian.AppendUint32(nil, 1), 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9, 9, 9, 9))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, _, err := paper.Read(b); err == nil {
			s := p.Bounds().Size()
			p.At(s.X-1, s.Y-1)
		}
	})
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h  float64
		width int
		want  image.Point
		ok    bool
	}{
		{595, 842, 1190, image.Pt(1190, 1684), true},
		{100, 100, 100_000, image.Pt(4096, 4096), true},
		{1e-9, 1e9, 500, image.Pt(1, paper.MostSide), true},
		{1e9, 1e-9, 500, image.Pt(500, 1), true},
		{0, 10, 10, image.Point{}, false},
		{math.NaN(), 10, 10, image.Point{}, false},
		{math.Inf(1), 10, 10, image.Point{}, false},
	} {
		got, ok := paper.Fit(c.w, c.h, c.width)
		if got != c.want || ok != c.ok {
			t.Errorf("%v x %v at %d: got %v, %v", c.w, c.h, c.width, got, ok)
		}
		if ok && got.X*got.Y > paper.MostPixels {
			t.Errorf("%v x %v at %d has %d pixels", c.w, c.h, c.width, got.X*got.Y)
		}
	}
}
