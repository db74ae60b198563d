package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Sheet shows a page or a picture in a size that is given, with room to scroll
// where that is larger than the window. Which keys are pressed it tells; those
// that scroll it takes itself.
type Sheet struct {
	fw.BaseWidget
	OnSize func(size fyne.Size, scale float32) // of the room there is, and how many pixels a point has
	OnKey  func(fyne.KeyName)
	OnRune func(rune)
	OnEnd  func(down bool) // the wheel goes on where the picture ends

	scroll *endless
	inside *fyne.Container
	image  *canvas.Image
	edge   *canvas.Rectangle
	size   fyne.Size // of the picture
	areas  []SheetArea
	frame  *canvas.Rectangle
}

// SheetArea is a marked part of the picture, in fractions of its size.
type SheetArea struct {
	Left, Top, Right, Bottom float32
	Now                      bool
}

var (
	_ fyne.Focusable = (*Sheet)(nil)
	_ fyne.Tappable  = (*Sheet)(nil)
)

const sheetGap = 12

// NewSheet makes an empty one.
func NewSheet() *Sheet {
	s := &Sheet{image: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}, edge: canvas.NewRectangle(color.Transparent), frame: canvas.NewRectangle(color.Transparent)}
	s.inside = &fyne.Container{Layout: sheetLayout{s}, Objects: []fyne.CanvasObject{s.image, s.edge}}
	s.image.Hide()
	s.scroll = newEndless(s.inside, func(down bool) {
		if s.OnEnd != nil {
			s.OnEnd(down)
		}
	})
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a picture in a size of the window; nil for none.
func (s *Sheet) Set(p image.Image, size fyne.Size) {
	s.image.Hidden = p == nil
	if p != nil && s.image.Image != p {
		s.image.Image = p
	}
	s.size = size
	s.image.Refresh()
	s.arrange()
}

// Mark marks parts of the picture, and scrolls to the one that is looked at.
func (s *Sheet) Mark(areas []SheetArea) {
	s.areas = areas
	s.arrange()
	for _, a := range areas {
		if a.Now {
			at := s.spot(a)
			high, wide := s.scroll.Size().Height, s.scroll.Size().Width
			if at.Y < s.scroll.Offset.Y || at.Y+30 > s.scroll.Offset.Y+high {
				s.scroll.Offset.Y = at.Y - high/3
			}
			if at.X < s.scroll.Offset.X || at.X+30 > s.scroll.Offset.X+wide {
				s.scroll.Offset.X = at.X - wide/3
			}
			s.bound()
			return
		}
	}
}

// ToTop scrolls to the beginning of the picture, or to its end.
func (s *Sheet) ToTop(end bool) {
	if s.scroll.Offset.Y = 0; end {
		s.scroll.Offset.Y = s.inside.MinSize().Height
	}
	s.bound()
}

func (s *Sheet) spot(a SheetArea) fyne.Position {
	at := s.corner()
	return fyne.NewPos(at.X+a.Left*s.size.Width, at.Y+a.Top*s.size.Height)
}

// corner is where the picture begins: it stands in the middle.
func (s *Sheet) corner() fyne.Position {
	room := s.scroll.Size()
	whole := func(n float32) float32 { return float32(int(n)) } // between pixels it would be blurred
	return fyne.NewPos(max(sheetGap, whole((room.Width-s.size.Width)/2)), max(sheetGap, whole((room.Height-s.size.Height)/2)))
}

func (s *Sheet) arrange() {
	th, variant := s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	s.edge.StrokeColor, s.edge.StrokeWidth, s.edge.Hidden = th.Color(ui.ColorBorder, variant), 1, s.image.Hidden
	s.inside.Objects = []fyne.CanvasObject{s.image, s.edge}
	if !s.image.Hidden {
		for _, a := range s.areas {
			s.inside.Objects = append(s.inside.Objects, s.wash(a))
		}
	}
	s.inside.Layout.Layout(s.inside.Objects, s.inside.Size())
	s.bound()
}

// wash is a see-through ground over an area: it looks the same on paper in every
// theme.
func (s *Sheet) wash(a SheetArea) fyne.CanvasObject {
	g := canvas.NewRectangle(color.NRGBA{0xFF, 0xC8, 0x32, 0x66})
	g.CornerRadius = 2
	if a.Now {
		g.StrokeColor, g.StrokeWidth = color.NRGBA{0x8A, 0x53, 0x00, 0xFF}, 2
	}
	return g
}

// bound keeps the offset inside and draws.
func (s *Sheet) bound() {
	m, room := s.inside.MinSize(), s.scroll.Size()
	s.scroll.Offset.X = max(0, min(s.scroll.Offset.X, m.Width-room.Width))
	s.scroll.Offset.Y = max(0, min(s.scroll.Offset.Y, m.Height-room.Height))
	s.scroll.Refresh()
}

type sheetLayout struct{ s *Sheet }

// MinSize implements [fyne.Layout].
func (l sheetLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.s.size.AddWidthHeight(2*sheetGap, 2*sheetGap)
}

// Layout implements [fyne.Layout]: the picture, its edge, then the areas.
func (l sheetLayout) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	s, at := l.s, l.s.corner()
	for i, x := range o {
		if i < 2 {
			x.Move(at)
			x.Resize(s.size)
			continue
		}
		const more = 2
		a := s.areas[i-2]
		x.Move(s.spot(a).SubtractXY(more, more))
		x.Resize(fyne.NewSize((a.Right-a.Left)*s.size.Width+2*more, (a.Bottom-a.Top)*s.size.Height+2*more))
	}
}

// CreateRenderer implements [fyne.Widget].
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.NewStack(s.scroll, s.frame))
}

// MinSize implements [fyne.CanvasObject].
func (s *Sheet) MinSize() fyne.Size { return fyne.NewSize(160, 120) }

// Resize tells what room there is.
func (s *Sheet) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		scale = c.Scale()
	}
	s.arrange()
	if s.OnSize != nil && size.Width > 2*sheetGap && size.Height > 2*sheetGap {
		s.OnSize(size.SubtractWidthHeight(2*sheetGap+theme.ScrollBarSize(), 2*sheetGap), scale)
	}
}

// Tapped takes the keyboard.
func (s *Sheet) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
}

// FocusGained implements [fyne.Focusable].
func (s *Sheet) FocusGained() { s.focus(theme.Color(theme.ColorNamePrimary)) }

// FocusLost implements [fyne.Focusable].
func (s *Sheet) FocusLost() { s.focus(color.Transparent) }

func (s *Sheet) focus(c color.Color) {
	s.frame.StrokeColor, s.frame.StrokeWidth = c, 1.5
	s.frame.Refresh()
}

// TypedRune implements [fyne.Focusable].
func (s *Sheet) TypedRune(r rune) {
	if s.OnRune != nil {
		s.OnRune(r)
	}
}

// TypedKey scrolls, or tells.
func (s *Sheet) TypedKey(e *fyne.KeyEvent) {
	const step = 60
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown:
		down := e.Name == fyne.KeyDown
		if s.scroll.at(down) && s.OnEnd != nil {
			s.OnEnd(down)
			return
		}
		if s.scroll.Offset.Y -= step; down {
			s.scroll.Offset.Y += 2 * step
		}
	case fyne.KeyLeft:
		s.scroll.Offset.X -= step
	case fyne.KeyRight:
		s.scroll.Offset.X += step
	default:
		if s.OnKey != nil {
			s.OnKey(e.Name)
		}
		return
	}
	s.bound()
}
