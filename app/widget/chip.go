package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// Chip is a status in words on a tinted ground. Without words it takes no room.
type Chip struct {
	fw.BaseWidget
	Text string
	Tone ui.Tone
}

// NewChip makes a chip.
func NewChip(text string, tone ui.Tone) *Chip {
	c := &Chip{Text: record.Visible(text), Tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes words and tone.
func (c *Chip) Set(text string, tone ui.Tone) {
	c.Text, c.Tone = record.Visible(text), tone
	c.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &chipRenderer{chip: c, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type chipRenderer struct {
	chip   *Chip
	ground *canvas.Rectangle
	text   *canvas.Text
}

const chipPadX, chipPadY = 8, 2

// Layout implements [fyne.WidgetRenderer].
func (r *chipRenderer) Layout(size fyne.Size) {
	own := r.MinSize()
	y := (size.Height - own.Height) / 2
	width := min(own.Width, size.Width)
	x := size.Width - width
	r.ground.Move(fyne.NewPos(x, y))
	r.ground.Resize(fyne.NewSize(width, own.Height))
	r.text.Text = Cut(r.chip.Text, width-2*chipPadX, func(s string) float32 {
		return fyne.MeasureText(s, r.text.TextSize, r.text.TextStyle).Width
	})
	r.text.Move(fyne.NewPos(x+chipPadX, y+chipPadY))
	r.text.Resize(fyne.NewSize(max(0, width-2*chipPadX), own.Height-2*chipPadY))
}

// MinSize implements [fyne.WidgetRenderer].
func (r *chipRenderer) MinSize() fyne.Size {
	if r.chip.Text == "" {
		return fyne.Size{}
	}
	s := fyne.MeasureText(r.chip.Text, r.text.TextSize, r.text.TextStyle)
	return s.AddWidthHeight(2*chipPadX, 2*chipPadY)
}

// Refresh implements [fyne.WidgetRenderer].
func (r *chipRenderer) Refresh() {
	th, v := r.chip.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.ground.FillColor = th.Color(r.chip.Tone.Tint(), v)
	r.ground.CornerRadius = 8
	r.text.Color = th.Color(r.chip.Tone.Ink(), v)
	r.text.TextSize = th.Size(theme.SizeNameCaptionText)
	r.ground.Hidden, r.text.Hidden = r.chip.Text == "", r.chip.Text == ""
	r.Layout(r.chip.Size())
	r.ground.Refresh()
	r.text.Refresh()
}

// Objects implements [fyne.WidgetRenderer].
func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text}
}

// Destroy implements [fyne.WidgetRenderer].
func (*chipRenderer) Destroy() {}
