package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Colours over a picture are the same in every look: its ground is black.
var (
	pictureGround = color.NRGBA{0, 0, 0, 0xFF}
	pictureInk    = color.NRGBA{0xF2, 0xF5, 0xF5, 0xFF}
	pictureShade  = color.NRGBA{0, 0, 0, 0xA0}
	pictureMark   = color.NRGBA{0xFF, 0xD8, 0x4A, 0xFF}
)

const (
	pictureGap  = 8
	pictureEdge = 2
)

type pictureRenderer struct {
	p       *Picture
	ground  *canvas.Rectangle
	image   *canvas.Image
	frame   *canvas.Rectangle
	over    []fyne.CanvasObject
	objects []fyne.CanvasObject
}

func newPictureRenderer(p *Picture) *pictureRenderer {
	r := &pictureRenderer{p: p, ground: canvas.NewRectangle(pictureGround), image: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}, frame: canvas.NewRectangle(color.Transparent)}
	r.frame.StrokeWidth = pictureEdge
	r.update()
	return r
}

// Layout implements [fyne.WidgetRenderer].
func (r *pictureRenderer) Layout(size fyne.Size) {
	for _, o := range []fyne.CanvasObject{r.ground, r.image, r.frame} {
		o.Resize(size)
	}
	r.update()
}

// MinSize implements [fyne.WidgetRenderer].
func (*pictureRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 160) }

// Refresh implements [fyne.WidgetRenderer].
func (r *pictureRenderer) Refresh() {
	r.update()
	canvas.Refresh(r.p)
}

// Objects implements [fyne.WidgetRenderer].
func (r *pictureRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements [fyne.WidgetRenderer].
func (*pictureRenderer) Destroy() {}

// update makes what lies over the picture anew.
func (r *pictureRenderer) update() {
	r.over = nil
	size := r.p.Size()
	r.frame.StrokeColor = color.Transparent
	if r.p.focused {
		r.frame.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	r.image.Hidden = r.p.Image == nil
	if r.p.Image != nil && r.image.Image != r.p.Image {
		r.image.Image = r.p.Image
		r.image.Refresh()
	}
	for _, l := range r.p.Lines {
		r.line(l)
	}
	if c := r.p.Cross; c != nil {
		const arm = 9
		r.stroke(fyne.NewPos(c.X-arm, c.Y), fyne.NewPos(c.X+arm, c.Y))
		r.stroke(fyne.NewPos(c.X, c.Y-arm), fyne.NewPos(c.X, c.Y+arm))
	}
	r.corners(size)
	r.edges(size)
	r.objects = append([]fyne.CanvasObject{r.ground, r.image}, r.over...)
	r.objects = append(r.objects, r.frame)
}

func (r *pictureRenderer) stroke(from, to fyne.Position) {
	l := canvas.NewLine(pictureMark)
	l.StrokeWidth = 1.6
	l.Position1, l.Position2 = from, to
	r.over = append(r.over, l)
}

func (r *pictureRenderer) line(l PictureLine) {
	r.stroke(l.From, l.To)
	for _, end := range []fyne.Position{l.From, l.To} {
		const radius = 3
		dot := canvas.NewCircle(pictureMark)
		dot.Move(end.SubtractXY(radius, radius))
		dot.Resize(fyne.NewSize(2*radius, 2*radius))
		r.over = append(r.over, dot)
	}
	if l.Words == "" {
		return
	}
	t := words(l.Words, theme.TextSize(), true)
	at := l.To.AddXY(pictureGap, pictureGap)
	s := t.MinSize()
	at.X, at.Y = min(at.X, r.p.Size().Width-s.Width-pictureGap), min(at.Y, r.p.Size().Height-s.Height-pictureGap)
	r.put(t, at)
}

func words(s string, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(s, pictureInk)
	t.TextSize, t.TextStyle = size, fyne.TextStyle{Bold: bold}
	return t
}

// put sets words on a darkened ground, so that they are read on any picture.
func (r *pictureRenderer) put(t *canvas.Text, at fyne.Position) {
	const pad = 3
	s := t.MinSize()
	g := canvas.NewRectangle(pictureShade)
	g.CornerRadius = 3
	g.Move(at.SubtractXY(pad, 0))
	g.Resize(s.AddWidthHeight(2*pad, 0))
	t.Move(at)
	t.Resize(s)
	r.over = append(r.over, g, t)
}

// corners sets the lines of the four corners; those at the left get what room the
// right ones leave.
func (r *pictureRenderer) corners(size fyne.Size) {
	small := theme.CaptionTextSize()
	for n, lines := range r.p.Corners {
		right, bottom := n%2 == 1, n >= 2
		high := words("M", small, false).MinSize().Height
		y := float32(pictureGap)
		if bottom {
			y = size.Height - pictureGap - high*float32(len(lines))
		}
		for _, s := range lines {
			if strings.TrimSpace(s) != "" {
				t := words("", small, false)
				t.Text = Cut(s, max(40, size.Width*0.49-2*pictureGap), func(s string) float32 { return fyne.MeasureText(s, small, fyne.TextStyle{}).Width })
				x := float32(pictureGap)
				if right {
					x = size.Width - pictureGap - t.MinSize().Width
				}
				r.put(t, fyne.NewPos(x, y))
			}
			y += high
		}
	}
}

// edges sets the letters in the middle of the edges.
func (r *pictureRenderer) edges(size fyne.Size) {
	for n, s := range []string{r.p.Left, r.p.Right, r.p.Top, r.p.Bottom} {
		if s == "" {
			continue
		}
		t := words(s, theme.TextSubHeadingSize(), true)
		m := t.MinSize()
		at := fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2)
		switch n {
		case 0:
			at.X = pictureGap
		case 1:
			at.X = size.Width - m.Width - pictureGap
		case 2:
			at.Y = pictureGap
		case 3:
			at.Y = size.Height - m.Height - pictureGap
		}
		r.put(t, at)
	}
}
