package view

import (
	"math"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Look is what is seen of an image. The zero value shows the whole image as its
// file says.
type Look struct {
	Window   *imaging.Window // nil for the file's first
	Negative bool
	Zoom     float64 // of the fitting size; 0 for 1
	Shift    Point   // of the image's center from the view's, in points of the view
}

const (
	mostZoom  = 32
	leastZoom = 1

	leastScale = 0.25 // on a screen with several points to one of the view, a pixel on each
)

// Canvas says how an image lies in a view.
type Canvas struct {
	Columns, Rows int
	Aspect        float64 // height of a pixel, its width being 1
	Width, Height float64 // of the view
}

// scale is how many points of the view a pixel's width has.
func (l Look) scale(f Canvas) float64 {
	return f.fit() * l.zoom()
}

func (l Look) zoom() float64 {
	if l.Zoom == 0 {
		return 1
	}
	return l.Zoom
}

func (f Canvas) aspect() float64 {
	if f.Aspect <= 0 {
		return 1
	}
	return f.Aspect
}

// fit is the scale at which the whole image is seen.
func (f Canvas) fit() float64 {
	if f.Columns < 1 || f.Rows < 1 {
		return 1
	}
	return max(1e-6, min(f.Width/float64(f.Columns), f.Height/(float64(f.Rows)*f.aspect())))
}

// Scale is how many points of the view a pixel's width has.
func (l Look) Scale(f Canvas) float64 { return l.scale(f) }

// Actual shows a pixel of the image on each point of the view; points is how many
// points of the screen the view's own point has.
func (l Look) Actual(f Canvas, points float64) Look {
	return l.at(f, 1/(points*f.fit()), Point{f.Width / 2, f.Height / 2})
}

// ToView is where a place of the image is seen.
func (l Look) ToView(f Canvas, p Point) Point {
	s := l.scale(f)
	return Point{
		f.Width/2 + l.Shift.X + (p.X-float64(f.Columns)/2)*s,
		f.Height/2 + l.Shift.Y + (p.Y-float64(f.Rows)/2)*s*f.aspect(),
	}
}

// ToImage is the place of the image that is seen at a point of the view.
func (l Look) ToImage(f Canvas, p Point) Point {
	s := l.scale(f)
	return Point{
		(p.X-f.Width/2-l.Shift.X)/s + float64(f.Columns)/2,
		(p.Y-f.Height/2-l.Shift.Y)/(s*f.aspect()) + float64(f.Rows)/2,
	}
}

// Zoomed magnifies by a factor and keeps the place under a point of the view there.
func (l Look) Zoomed(f Canvas, factor float64, at Point) Look {
	return l.at(f, l.zoom()*factor, at)
}

func (l Look) at(f Canvas, zoom float64, at Point) Look {
	under := l.ToImage(f, at)
	l.Zoom = min(max(zoom, min(leastZoom, leastScale/f.fit())), mostZoom/min(1, f.fit()))
	seen := l.ToView(f, under)
	l.Shift.X += at.X - seen.X
	l.Shift.Y += at.Y - seen.Y
	return l.held(f)
}

// Moved shifts the image, of which some stays in the view.
func (l Look) Moved(f Canvas, dx, dy float64) Look {
	l.Shift.X += dx
	l.Shift.Y += dy
	return l.held(f)
}

// held keeps the image in the view: no edge of it passes the middle, and what
// fits is in the middle.
func (l Look) held(f Canvas) Look {
	s := l.scale(f)
	bound := func(v, image, view float64) float64 {
		if image <= view*(1+1e-9) {
			return 0
		}
		return math.Max(-image/2, math.Min(v, image/2))
	}
	l.Shift.X = bound(l.Shift.X, float64(f.Columns)*s, f.Width)
	l.Shift.Y = bound(l.Shift.Y, float64(f.Rows)*s*f.aspect(), f.Height)
	return l
}

// Reset shows the whole image as its file says.
func (Look) Reset() Look { return Look{} }
