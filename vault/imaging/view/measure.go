package view

import (
	"math"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Point is a place in an image, in pixels from its left upper corner.
type Point struct{ X, Y float64 }

// Length is the distance of two points.
type Length struct {
	Pixels      float64
	Millimetres float64       // 0 where nothing says how large a pixel is
	Plane       imaging.Plane // where the millimetres are true
	Calibration string
}

// Measure is the distance of two points. Millimetres of the detector or of a film
// are not those of the body: who shows them says so (PS3.3, 10.7).
func Measure(s imaging.Spacing, a, b Point) Length {
	dx, dy := b.X-a.X, b.Y-a.Y
	l := Length{Pixels: math.Hypot(dx, dy)}
	if s.Plane != imaging.Unknown && s.Row > 0 && s.Column > 0 {
		l.Millimetres, l.Plane, l.Calibration = math.Hypot(dx*s.Column, dy*s.Row), s.Plane, s.Calibration
	}
	return l
}
