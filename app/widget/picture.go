package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
)

// Picture shows an image that was drawn in the size of its pixels on the screen,
// with words at its edges and lines over it. Where the pointer is and which keys
// are pressed it tells, and changes nothing by itself.
type Picture struct {
	fw.BaseWidget

	// Image is what is shown; it should have the size that OnSize told last.
	Image *image.RGBA

	Left, Right, Top, Bottom string      // at the middle of the edges
	Corners                  [4][]string // lines: left and right at the top, left and right at the bottom
	Lines                    []PictureLine
	Cross                    *fyne.Position // where the keyboard's pointer is; nil for none

	OnSize  func(width, height int, scale float32) // pixels of the screen, and how many a point has
	OnKey   func(key fyne.KeyName, shift bool)
	OnRune  func(rune)
	OnWheel func(at fyne.Position, up bool, zoom bool)
	OnDrag  func(from, to fyne.Position, move bool) // from the last call to this one
	OnDrop  func()                                  // the button was let go
	OnPress func(at fyne.Position)

	focused bool
	shift   bool
	last    fyne.Position
	dragged bool
}

// PictureLine is a line over a picture with words at its end.
type PictureLine struct {
	From, To fyne.Position
	Words    string
}

var (
	_ fyne.Focusable     = (*Picture)(nil)
	_ fyne.Scrollable    = (*Picture)(nil)
	_ fyne.Draggable     = (*Picture)(nil)
	_ desktop.Mouseable  = (*Picture)(nil)
	_ desktop.Keyable    = (*Picture)(nil)
	_ desktop.Cursorable = (*Picture)(nil)
)

// NewPicture makes an empty picture.
func NewPicture() *Picture {
	p := &Picture{}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements [fyne.Widget].
func (p *Picture) CreateRenderer() fyne.WidgetRenderer { return newPictureRenderer(p) }

// Resize tells the new size in pixels.
func (p *Picture) Resize(s fyne.Size) {
	p.BaseWidget.Resize(s)
	p.told()
}

func (p *Picture) told() {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		scale = c.Scale()
	}
	if s := p.Size(); p.OnSize != nil && s.Width >= 1 && s.Height >= 1 {
		p.OnSize(int(s.Width*scale+0.5), int(s.Height*scale+0.5), scale)
	}
}

// Scrolled implements [fyne.Scrollable].
func (p *Picture) Scrolled(e *fyne.ScrollEvent) {
	if p.OnWheel == nil || e.Scrolled.DY == 0 {
		return
	}
	zoom := p.shift
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		zoom = zoom || d.CurrentKeyModifiers()&fyne.KeyModifierControl != 0
	}
	p.OnWheel(e.Position, e.Scrolled.DY > 0, zoom)
}

// MouseDown implements [desktop.Mouseable].
func (p *Picture) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(p)
	}
	p.last, p.dragged = e.Position, false
	p.shift = e.Modifier&fyne.KeyModifierShift != 0
	if p.OnPress != nil && e.Button == desktop.MouseButtonPrimary {
		p.OnPress(e.Position)
	}
}

// MouseUp implements [desktop.Mouseable].
func (p *Picture) MouseUp(*desktop.MouseEvent) {
	if p.OnDrop != nil && !p.dragged {
		p.OnDrop()
	}
}

// Dragged implements [fyne.Draggable].
func (p *Picture) Dragged(e *fyne.DragEvent) {
	p.dragged = true
	if p.OnDrag != nil {
		p.OnDrag(p.last, e.Position, p.shift)
	}
	p.last = e.Position
}

// DragEnd implements [fyne.Draggable].
func (p *Picture) DragEnd() {
	p.dragged = false
	if p.OnDrop != nil {
		p.OnDrop()
	}
}

// Cursor implements [desktop.Cursorable].
func (*Picture) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// FocusGained implements [fyne.Focusable].
func (p *Picture) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements [fyne.Focusable].
func (p *Picture) FocusLost() { p.focused, p.shift = false, false; p.Refresh() }

// TypedRune implements [fyne.Focusable].
func (p *Picture) TypedRune(r rune) {
	if p.OnRune != nil {
		p.OnRune(r)
	}
}

// TypedKey implements [fyne.Focusable].
func (p *Picture) TypedKey(e *fyne.KeyEvent) {
	if p.OnKey != nil {
		p.OnKey(e.Name, p.shift)
	}
}

// KeyDown implements [desktop.Keyable].
func (p *Picture) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		p.shift = true
	}
}

// KeyUp implements [desktop.Keyable].
func (p *Picture) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		p.shift = false
	}
}
