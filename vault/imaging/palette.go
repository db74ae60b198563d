package imaging

import "image/color"

// Palette gives each stored value a colour (PS3.3, C.7.9).
type Palette struct{ Red, Green, Blue Lookup }

func (p *Palette) at(v float64) color.RGBA {
	eight := func(l *Lookup) uint8 {
		n := l.at(v)
		if l.Bits > 8 {
			return uint8(n >> 8)
		}
		return uint8(n)
	}
	return color.RGBA{eight(&p.Red), eight(&p.Green), eight(&p.Blue), 255}
}
