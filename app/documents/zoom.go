package documents

import "fyne.io/fyne/v2"

// fit is how large a page or picture is shown.
type fit int

const (
	toWidth fit = iota // as wide as the window
	toWhole            // all of it in sight
	byScale            // as zoom.scale says
)

const (
	zoomStep  = 1.25
	zoomLeast = 0.1
	zoomMost  = 8
)

// zoom gives the size in which something is shown.
type zoom struct {
	fit   fit
	scale float32   // of own
	own   fyne.Size // its own size
	room  fyne.Size // of the window
}

// size is that in the window.
func (z zoom) size() fyne.Size {
	s := z.factor()
	return fyne.NewSize(z.own.Width*s, z.own.Height*s)
}

// factor is how much larger than its own size it is shown.
func (z zoom) factor() float32 {
	if z.own.Width <= 0 || z.own.Height <= 0 {
		return 1
	}
	switch z.fit {
	case toWidth:
		return max(z.room.Width, 1) / z.own.Width
	case toWhole:
		return max(1e-3, min(z.room.Width/z.own.Width, z.room.Height/z.own.Height))
	}
	return z.scale
}

// by makes it larger or smaller than it is now.
func (z zoom) by(times float32) zoom {
	z.scale = min(zoomMost, max(zoomLeast, z.factor()*times))
	z.fit = byScale
	return z
}

// exactly shows it in its own size.
func (z zoom) exactly() zoom {
	z.fit, z.scale = byScale, 1
	return z
}

// pixels is how wide it is on a screen with so many pixels to a point.
func (z zoom) pixels(scale float32) int { return max(1, int(z.size().Width*scale+0.5)) }
