package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// NavRow is one line of a navigation: words and a count, or the caption of a
// group.
type NavRow struct {
	fw.BaseWidget
	words, count *Line
}

// NewNavRow makes an empty row.
func NewNavRow() *NavRow {
	r := &NavRow{words: NewLine("", "", ""), count: Caption("")}
	r.count.Whole, r.count.Align = true, fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

// Set shows another item; quiet items hold nothing.
func (r *NavRow) Set(words, count string, group, quiet bool) {
	r.words.Text, r.count.Text = words, count
	r.words.TextSize, r.words.Color = "", ""
	switch {
	case group:
		r.words.TextSize, r.words.Color = theme.SizeNameCaptionText, ui.ColorMuted
	case quiet:
		r.words.Color = ui.ColorMuted
	}
	r.words.Bold = group
	r.words.Refresh()
	r.count.Refresh()
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *NavRow) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.New(navRowLayout{}, r.words, r.count))
}

type navRowLayout struct{}

// MinSize implements [fyne.Layout].
func (navRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, fyne.MeasureText("M", theme.TextSize(), fyne.TextStyle{}).Height+10)
}

// Layout implements [fyne.Layout].
func (navRowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const pad = 10
	w, c := o[0], o[1]
	cw := c.MinSize().Width
	h := w.MinSize().Height
	w.Move(fyne.NewPos(pad, (size.Height-h)/2))
	w.Resize(fyne.NewSize(max(0, size.Width-2*pad-cw-6), h))
	h = c.MinSize().Height
	c.Move(fyne.NewPos(size.Width-pad-cw, (size.Height-h)/2))
	c.Resize(fyne.NewSize(cw, h))
}
