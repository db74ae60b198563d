package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The measures of a picture, in pixels.
const (
	pictureWidth = 900
	plotLeft     = 90
	plotTop      = 64 // of each plot below the one before it
	plotWide     = pictureWidth - plotLeft - 40
	plotHigh     = 240
	plotBottom   = 44
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

// picture draws series below each other, those of a pressure together, as PNG.
func picture(title string, list []clinic.Series) ([]byte, error) {
	groups := plotted(list)
	if len(groups) == 0 {
		return nil, fmt.Errorf("%s has no result that can be drawn: no number with a date", visible(title))
	}
	c := canvas{RGBA: image.NewRGBA(image.Rect(0, 0, pictureWidth, len(groups)*(plotTop+plotHigh+plotBottom)))}
	draw.Draw(c, c.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	f, err := opentype.Parse(assets.FontRegular)
	if err != nil {
		return nil, fmt.Errorf("read the typeface: %w", err)
	}
	for _, x := range []struct {
		face *font.Face
		size float64
	}{{&c.face, 18}, {&c.small, 13}} {
		if *x.face, err = opentype.NewFace(f, &opentype.FaceOptions{Size: x.size, DPI: 72}); err != nil {
			return nil, fmt.Errorf("read the typeface: %w", err)
		}
	}
	for n, g := range groups {
		c.plot(float32(n*(plotTop+plotHigh+plotBottom)+plotTop), g)
	}
	var b bytes.Buffer
	err = png.Encode(&b, c)
	return b.Bytes(), err
}

// plotted are the series that have points, the two of a pressure together.
func plotted(list []clinic.Series) [][]clinic.Series {
	var groups [][]clinic.Series
	for _, s := range list {
		last := len(groups) - 1
		switch {
		case len(s.Points) == 0:
		case s.Second() && last >= 0 && groups[last][0].Part == clinic.Systolic && groups[last][0].Unit == s.Unit:
			groups[last] = append(groups[last], s)
		case len(groups) < mostPlots:
			groups = append(groups, []clinic.Series{s})
		}
	}
	return groups
}

// plot draws one group with its top at y.
func (c canvas) plot(y float32, list []clinic.Series) {
	p := clinic.NewPlot(plotWide, plotHigh, list...)
	c.heading(y, list)
	if p.Banded {
		c.box(plotLeft, y+float32(p.BandTop), plotWide, float32(p.BandBottom-p.BandTop), banded)
	}
	for _, t := range p.Ticks {
		c.box(plotLeft, y+float32(t.Y), plotWide, 1, grid)
		c.right(c.small, plotLeft-8, y+float32(t.Y)+5, t.Text, faint)
	}
	for _, l := range p.Lines {
		c.line(y, l)
	}
	c.words(c.small, plotLeft, y+plotHigh+22, p.First, faint)
	if p.Last != p.First {
		c.right(c.small, plotLeft+plotWide, y+plotHigh+22, p.Last, faint)
	}
}

func (c canvas) heading(y float32, list []clinic.Series) {
	s := list[0]
	title := record.Visible(s.Title)
	if s.Part != "" && len(list) == 1 {
		title += ", " + record.Visible(s.Part)
	}
	unit := record.Visible(s.Unit)
	if unit == "" {
		unit = "the source gives no unit"
	}
	c.words(c.face, plotLeft, y-34, title, ink)
	for _, x := range list {
		if w := x.TrendWords(); w != "" {
			unit += "; " + w
		}
	}
	if low, high := s.Band(); len(list) == 1 && (low != nil || high != nil) {
		unit += "; band: range of the sender"
	}
	c.words(c.small, plotLeft, y-14, unit, faint)
}

// line draws a series: no line runs through a bound or a gap.
func (c canvas) line(y float32, l clinic.PlotLine) {
	for n, s := range l.Spots {
		if n > 0 && !s.Hollow && !s.Break && !l.Spots[n-1].Hollow {
			before := l.Spots[n-1]
			c.stroke(plotLeft+float32(before.X), y+float32(before.Y), plotLeft+float32(s.X), y+float32(s.Y), 2)
		}
	}
	for _, s := range l.Spots {
		c.spot(plotLeft+float32(s.X), y+float32(s.Y), s)
	}
}

// spot is a dot; of a bound an arrow to the side on which the value lies.
func (c canvas) spot(x, y float32, s clinic.Spot) {
	shade := accent
	if s.Flag {
		shade = warned
	}
	if !s.Hollow {
		c.disc(x, y, 4.5, shade)
		return
	}
	d := float32(9)
	if s.Upward {
		d = -d
	}
	c.shape(shade, [2]float32{x - 6, y}, [2]float32{x + 6, y}, [2]float32{x, y + d})
	c.shape(paper, [2]float32{x - 3, y + d/6}, [2]float32{x + 3, y + d/6}, [2]float32{x, y + d*2/3})
}

func (c canvas) words(face font.Face, x, y float32, s string, shade color.Color) {
	d := font.Drawer{Dst: c, Src: image.NewUniform(shade), Face: face, Dot: fixed.P(int(x), int(y))}
	d.DrawString(fitting(d.Face, s, pictureWidth-int(x)-10))
}

// fitting cuts words that are too long for the picture, and says so.
func fitting(face font.Face, s string, width int) string {
	if font.MeasureString(face, s).Ceil() <= width {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && font.MeasureString(face, string(r)+"…").Ceil() > width {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

func (c canvas) right(face font.Face, x, y float32, s string, shade color.Color) {
	c.words(face, x-float32(font.MeasureString(face, s).Ceil()), y, s, shade)
}
