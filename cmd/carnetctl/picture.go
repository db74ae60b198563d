package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/clinic"
)

// The measures of a picture, in pixels.
const (
	pictureWidth = 900
	plotLeft     = 90
	plotTop      = 64 // of each plot below the one before it
	plotWide     = pictureWidth - plotLeft - 40
	plotHigh     = 240
	plotBottom   = 62
	plotInset    = 12 // keeps the dots of the ends off the words beside them
	dotsLeft     = plotLeft + plotInset
	mostPlots    = 12
)

var (
	paper  = color.RGBA{255, 255, 255, 255}
	ink    = color.RGBA{27, 40, 46, 255}
	faint  = color.RGBA{96, 110, 118, 255}
	grid   = color.RGBA{226, 231, 234, 255}
	banded = color.RGBA{214, 230, 235, 255}
	accent = color.RGBA{11, 94, 117, 255}
	warned = color.RGBA{176, 58, 16, 255} // what its sender flagged
)

// canvas draws shapes and words with smooth edges.
type canvas struct {
	*image.RGBA
	face, small font.Face
}

// picture draws series below each other, those of a pressure together, as PNG. left is
// how many are too many for one picture.
func picture(list []clinic.Series) (b []byte, left int, err error) {
	axes := clinic.Axes(list)
	if len(axes) == 0 {
		return nil, 0, errors.New("no result can be drawn: none is a number with a date")
	}
	for _, a := range axes[min(len(axes), mostPlots):] {
		left += len(a)
	}
	axes = axes[:min(len(axes), mostPlots)]
	c := canvas{RGBA: image.NewRGBA(image.Rect(0, 0, pictureWidth, len(axes)*(plotTop+plotHigh+plotBottom)))}
	draw.Draw(c, c.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	f, err := opentype.Parse(assets.FontRegular)
	if err != nil {
		return nil, 0, fmt.Errorf("read the typeface: %w", err)
	}
	for _, x := range []struct {
		face *font.Face
		size float64
	}{{&c.face, 18}, {&c.small, 13}} {
		if *x.face, err = opentype.NewFace(f, &opentype.FaceOptions{Size: x.size, DPI: 72}); err != nil {
			return nil, 0, fmt.Errorf("read the typeface: %w", err)
		}
	}
	for n, a := range axes {
		c.plot(float32(n*(plotTop+plotHigh+plotBottom)+plotTop), a)
	}
	var out bytes.Buffer
	err = png.Encode(&out, c)
	return out.Bytes(), left, err
}

// plot draws one axis with its top at y.
func (c canvas) plot(y float32, list []clinic.Series) {
	p := clinic.NewPlot(plotWide-2*plotInset, plotHigh, list...)
	c.heading(y, list)
	for _, b := range p.Bands {
		c.box(dotsLeft+float32(b.X), y+float32(b.Top), float32(b.Width), float32(b.Bottom-b.Top), banded)
	}
	for _, t := range p.Ticks {
		c.box(plotLeft, y+float32(t.At), plotWide, 1, grid)
		c.right(c.small, plotLeft-8, y+float32(t.At)+5, t.Text, faint)
	}
	for _, m := range p.Marks {
		c.cross(dotsLeft+float32(m.X), y+plotHigh-7)
	}
	for _, l := range p.Lines {
		c.line(y, l)
	}
	c.times(y+plotHigh+26, p)
	c.words(c.small, plotLeft, y+plotHigh+46, strings.Join(legend(list, p), "; "), faint)
}

// times writes the axis of time.
func (c canvas) times(y float32, p clinic.Plot) {
	if len(p.Times) == 0 {
		p.Times = []clinic.Tick{{At: 0, Text: p.First}, {At: p.Width, Text: p.Last}}
		if p.First == p.Last {
			p.Times = p.Times[:1]
		}
	}
	for _, t := range p.Times {
		wide := float32(font.MeasureString(c.small, t.Text).Ceil())
		x := min(max(dotsLeft+float32(t.At)-wide/2, plotLeft), plotLeft+plotWide-wide)
		c.box(dotsLeft+float32(t.At), y-25, 1, 5, faint)
		c.words(c.small, x, y, t.Text, faint)
	}
}

// line draws a series: no line runs through a bound or a gap.
func (c canvas) line(y float32, l clinic.PlotLine) {
	const dash = 8
	for _, run := range l.Runs() {
		for n := 1; n < len(run); n++ {
			x0, y0, x1, y1 := dotsLeft+float32(run[n-1].X), y+float32(run[n-1].Y), dotsLeft+float32(run[n].X), y+float32(run[n].Y)
			if !l.Second {
				c.stroke(x0, y0, x1, y1, 2)
				continue
			}
			pieces := max(1, float32(math.Round(math.Hypot(float64(x1-x0), float64(y1-y0))/dash)))
			for i := float32(0); i < pieces; i++ {
				from, to := i/pieces, (i+0.6)/pieces
				c.stroke(x0+(x1-x0)*from, y0+(y1-y0)*from, x0+(x1-x0)*to, y0+(y1-y0)*to, 2)
			}
		}
	}
	for _, s := range l.Spots {
		c.spot(dotsLeft+float32(s.X), y+float32(s.Y), s)
	}
}

// spot is a dot, open where it is not final; of a bound an arrow to the side on which
// the value lies. What its sender flagged has a ring around it.
func (c canvas) spot(x, y float32, s clinic.Spot) {
	shade := accent
	if s.Flag {
		shade = warned
		c.disc(x, y, 8.5, warned)
		c.disc(x, y, 7, paper)
	}
	switch {
	case s.Bound:
		s.X, s.Y = float64(x), float64(y)
		c.shape(shade, narrowed(s.Arrow(6))...)
		s.Y += (s.Arrow(6)[2][1] - s.Y) / 8
		c.shape(paper, narrowed(s.Arrow(3.6))...)
	case s.Open:
		c.disc(x, y, 4.5, shade)
		c.disc(x, y, 2.8, paper)
	default:
		c.disc(x, y, 4.5, shade)
	}
}

func narrowed(points [3][2]float64) [][2]float32 {
	var out [][2]float32
	for _, p := range points {
		out = append(out, [2]float32{float32(p[0]), float32(p[1])})
	}
	return out
}

// cross stands for a result in words.
func (c canvas) cross(x, y float32) {
	c.stroke(x-4, y-4, x+4, y+4, 1.6)
	c.stroke(x-4, y+4, x+4, y-4, 1.6)
}
