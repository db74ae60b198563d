package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// Pressed makes any content a quiet button: it lights up under the mouse and
// with the keyboard, and a tap, Enter or the space bar calls OnTapped.
type Pressed struct {
	fw.BaseWidget
	Content  fyne.CanvasObject
	OnTapped func()
	hovered  bool
	focused  bool
	ground   *canvas.Rectangle
}

var (
	_ fyne.Focusable    = (*Pressed)(nil)
	_ fyne.Tappable     = (*Pressed)(nil)
	_ desktop.Hoverable = (*Pressed)(nil)
)

// NewPressed makes content pressable.
func NewPressed(content fyne.CanvasObject, tapped func()) *Pressed {
	p := &Pressed{Content: content, OnTapped: tapped, ground: canvas.NewRectangle(color.Transparent)}
	p.ground.CornerRadius = 7
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements [fyne.Widget].
func (p *Pressed) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.NewStack(p.ground, p.Content))
}

// Refresh implements [fyne.Widget].
func (p *Pressed) Refresh() {
	th, v := p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	p.ground.FillColor, p.ground.StrokeColor, p.ground.StrokeWidth = color.Transparent, color.Transparent, 0
	if p.hovered {
		p.ground.FillColor = th.Color(theme.ColorNameHover, v)
	}
	if p.focused {
		p.ground.FillColor = th.Color(theme.ColorNameFocus, v)
	}
	p.ground.Refresh()
	p.Content.Refresh()
	p.BaseWidget.Refresh()
}

// Tapped implements [fyne.Tappable].
func (p *Pressed) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// Cursor implements [desktop.Cursorable].
func (*Pressed) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements [desktop.Hoverable].
func (p *Pressed) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (*Pressed) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (p *Pressed) MouseOut() { p.hovered = false; p.Refresh() }

// FocusGained implements [fyne.Focusable].
func (p *Pressed) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements [fyne.Focusable].
func (p *Pressed) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements [fyne.Focusable].
func (*Pressed) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (p *Pressed) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.Tapped(nil)
	}
}
