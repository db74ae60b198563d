package view

import (
	"image"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
)

// TestEnlarge holds it against x/image/draw, for parts and for what reaches over
// the edge.
func TestEnlarge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	src := image.NewGray(image.Rect(0, 0, 37, 23))
	for n := range src.Pix {
		src.Pix[n] = uint8(r.IntN(256))
	}
	for range 200 {
		sr := image.Rect(r.IntN(37), r.IntN(23), r.IntN(38), r.IntN(24))
		dr := image.Rect(-r.IntN(40), -r.IntN(40), 30+r.IntN(200), 30+r.IntN(200))
		if sr.Dx() < 2 || sr.Dy() < 2 {
			continue
		}
		got, want := image.NewRGBA(image.Rect(0, 0, 120, 90)), image.NewRGBA(image.Rect(0, 0, 120, 90))
		enlarge(got, dr, src, sr)
		draw.ApproxBiLinear.Scale(want, dr, src, sr, draw.Src, nil)
		for n := range got.Pix {
			if d := int(got.Pix[n]) - int(want.Pix[n]); d < -2 || d > 2 {
				t.Fatalf("%v to %v: byte %d is %d, want %d", sr, dr, n, got.Pix[n], want.Pix[n])
			}
		}
	}
	enlarge(image.NewRGBA(image.Rect(0, 0, 4, 4)), image.Rect(9, 9, 20, 20), src, src.Rect)
}
