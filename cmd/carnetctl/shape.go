package main

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// shape fills a polygon.
func (c canvas) shape(shade color.Color, points ...[2]float32) {
	bounds := c.Bounds()
	var r vector.Rasterizer
	r.Reset(bounds.Dx(), bounds.Dy())
	for n, p := range points {
		if n == 0 {
			r.MoveTo(p[0], p[1])
		} else {
			r.LineTo(p[0], p[1])
		}
	}
	r.ClosePath()
	r.Draw(c, bounds, image.NewUniform(shade), image.Point{})
}

func (c canvas) box(x, y, w, h float32, shade color.Color) {
	c.shape(shade, [2]float32{x, y}, [2]float32{x + w, y}, [2]float32{x + w, y + h}, [2]float32{x, y + h})
}

func (c canvas) stroke(x0, y0, x1, y1, width float32) {
	dx, dy := x1-x0, y1-y0
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return
	}
	nx, ny := -dy/length*width/2, dx/length*width/2
	c.shape(accent, [2]float32{x0 + nx, y0 + ny}, [2]float32{x1 + nx, y1 + ny}, [2]float32{x1 - nx, y1 - ny}, [2]float32{x0 - nx, y0 - ny})
}

func (c canvas) disc(x, y, radius float32, shade color.Color) {
	const corners = 24
	var points [][2]float32
	for n := range corners {
		a := 2 * math.Pi * float64(n) / corners
		points = append(points, [2]float32{x + radius*float32(math.Cos(a)), y + radius*float32(math.Sin(a))})
	}
	c.shape(shade, points...)
}
