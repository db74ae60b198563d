package view

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// overlayInk is the colour of planes that lie over the image.
var overlayInk = color.RGBA{0xFF, 0xD0, 0x60, 0xFF}

// Picture shows a frame in its own size, with the planes that lie over it.
func Picture(i *imaging.Image, f *imaging.Frame, n int, l Look, overlays bool) image.Image {
	p := i.Of(n).Presentation
	w := l.Window
	if w == nil {
		first := p.First(f)
		w = &first
	}
	shown := p.Draw(f, *w, l.Negative)
	if !overlays {
		return shown
	}
	var over *image.RGBA
	for k := range i.Overlays {
		mask := i.Overlays[k].Mask(f, n)
		if mask == nil {
			continue
		}
		if over == nil {
			over = image.NewRGBA(shown.Bounds())
			draw.Draw(over, over.Rect, shown, shown.Bounds().Min, draw.Src)
		}
		draw.DrawMask(over, over.Rect, image.NewUniform(overlayInk), image.Point{}, mask, mask.Rect.Min, draw.Over)
	}
	if over == nil {
		return shown
	}
	return over
}

// Render draws what is seen of a picture into an image of the view's size, which
// is width by height points of the screen; what lies outside is black. fast draws
// less smoothly, for while something moves.
func Render(shown image.Image, l Look, aspect float64, width, height int, fast bool) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	for n := 3; n < len(dst.Pix); n += 4 {
		dst.Pix[n] = 0xFF
	}
	b := shown.Bounds()
	f := Canvas{b.Dx(), b.Dy(), aspect, float64(width), float64(height)}
	from, to := l.ToImage(f, Point{0, 0}), l.ToImage(f, Point{f.Width, f.Height})
	// Only what is seen is drawn, whole pixels at the edges.
	sr := image.Rect(int(math.Floor(from.X)), int(math.Floor(from.Y)), int(math.Ceil(to.X)), int(math.Ceil(to.Y))).Intersect(image.Rect(0, 0, b.Dx(), b.Dy()))
	if sr.Empty() {
		return dst
	}
	lo, hi := l.ToView(f, Point{float64(sr.Min.X), float64(sr.Min.Y)}), l.ToView(f, Point{float64(sr.Max.X), float64(sr.Max.Y)})
	dr := image.Rect(int(math.Round(lo.X)), int(math.Round(lo.Y)), int(math.Round(hi.X)), int(math.Round(hi.Y)))
	if dr.Empty() {
		return dst
	}
	smaller := dr.Dx() < sr.Dx() || dr.Dy() < sr.Dy()
	grey, isGrey := shown.(*image.Gray)
	switch {
	case isGrey && (!smaller || fast):
		enlarge(dst, dr, grey, sr.Add(b.Min))
	case !smaller || fast: // exact where pixels become larger
		draw.ApproxBiLinear.Scale(dst, dr, shown, sr.Add(b.Min), draw.Src, nil)
	default:
		draw.BiLinear.Scale(dst, dr, shown, sr.Add(b.Min), draw.Src, nil)
	}
	return dst
}

// Thumbnail is a picture that fits into a square.
func Thumbnail(shown image.Image, aspect float64, side int) *image.RGBA {
	b := shown.Bounds()
	f := Canvas{b.Dx(), b.Dy(), aspect, float64(side), float64(side)}
	s := f.fit()
	dst := image.NewRGBA(image.Rect(0, 0, max(1, int(math.Round(float64(b.Dx())*s))), max(1, int(math.Round(float64(b.Dy())*s*f.aspect())))))
	draw.BiLinear.Scale(dst, dst.Rect, shown, b, draw.Src, nil)
	return dst
}
