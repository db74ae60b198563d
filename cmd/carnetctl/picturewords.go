package main

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// heading is what is drawn, and which way it goes.
func (c canvas) heading(y float32, list []clinic.Series) {
	s := &list[0]
	title := record.Visible(s.Title)
	switch {
	case len(list) > 1:
		title += ", " + record.Visible(s.Part) + " and " + record.Visible(list[1].Part) + " (dashed)"
	case s.Part != "":
		title += ", " + record.Visible(s.Part)
	}
	said := record.Visible(s.Unit)
	if s.Unit == "" {
		said = "the source gives no unit"
	}
	for i := range list {
		if w := list[i].TrendWords(); w != "" {
			said += "; " + w
		}
	}
	if w := apart(s); w != "" {
		said += "; " + w
	}
	c.words(c.face, plotLeft, y-34, title, ink)
	c.words(c.small, plotLeft, y-14, said, faint)
}

// legend is what the marks of a plot mean, those that it has.
func legend(list []clinic.Series, p clinic.Plot) []string {
	var said []string
	if len(p.Bands) > 0 {
		said = append(said, "band: the sender's range")
	}
	for _, x := range []struct {
		words string
		has   func(*clinic.Point) bool
	}{
		{"ring: flagged by the sender", (*clinic.Point).Flagged},
		{"arrow: a bound such as <5", func(d *clinic.Point) bool { return !d.Exact() }},
		{"open: not final, or disputed", func(d *clinic.Point) bool { return !d.Final() }},
		{"some values were converted", (*clinic.Point).Converted},
	} {
		if clinic.Some(list, x.has) {
			said = append(said, x.words)
		}
	}
	if len(p.Marks) > 0 {
		said = append(said, "cross: a result in words")
	}
	return said
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
