package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// RowView shows one entry of a list in two lines: title and date, then what it
// says and its status. Lists reuse it.
type RowView struct {
	fw.BaseWidget
	title, date, text *Line
	status            *Chip
}

// NewRowView makes an empty row.
func NewRowView() *RowView {
	r := &RowView{
		title:  NewLine("", "", ""),
		date:   NewLine("", theme.SizeNameCaptionText, ui.ColorMuted),
		text:   NewLine("", theme.SizeNameCaptionText, ui.ColorMuted),
		status: NewChip("", ui.Plain),
	}
	r.title.Bold = true
	r.date.Whole, r.date.Align = true, fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

// Set shows another row.
func (r *RowView) Set(d ui.Entry) { r.SetStrong(d, nil) }

// SetStrong shows another row with stretches of its text in bold. The text must
// have gone through [record.Visible] for them to fit.
func (r *RowView) SetStrong(d ui.Entry, strong []Stretch) {
	r.text.Strong = strong
	r.title.Text, r.date.Text, r.text.Text = record.Visible(d.Title), record.Visible(d.Date), record.Visible(d.Text)
	r.status.Text, r.status.Tone = record.Visible(d.Status), d.Tone
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *RowView) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.New(rowLayout{}, r.title, r.date, r.text, r.status))
}

// Refresh passes new data on to the lines.
func (r *RowView) Refresh() {
	for _, o := range []fyne.CanvasObject{r.title, r.date, r.text, r.status} {
		o.Refresh()
	}
	rowLayout{}.Layout([]fyne.CanvasObject{r.title, r.date, r.text, r.status}, r.Size())
	r.BaseWidget.Refresh()
}

// rowLayout places title, date, text, status.
type rowLayout struct{}

const (
	rowPadX, rowPadY = 12, 9
	rowGap           = 4
)

// MinSize implements [fyne.Layout].
func (rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	caption := fyne.MeasureText("M", theme.CaptionTextSize(), fyne.TextStyle{}).Height + 2*chipPadY
	return fyne.NewSize(140, o[0].MinSize().Height+rowGap+caption+2*rowPadY)
}

// Layout implements [fyne.Layout].
func (rowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	title, date, text, status := o[0], o[1], o[2], o[3]
	width := size.Width - 2*rowPadX
	th := title.MinSize().Height
	dw := min(date.MinSize().Width, width/2)
	dh := date.MinSize().Height
	date.Move(fyne.NewPos(size.Width-rowPadX-dw, rowPadY+(th-dh)*0.7))
	date.Resize(fyne.NewSize(dw, dh))
	title.Move(fyne.NewPos(rowPadX, rowPadY))
	title.Resize(fyne.NewSize(max(0, width-dw-12), th))

	y := rowPadY + th + rowGap
	sw := min(status.MinSize().Width, width*0.6)
	ch := text.MinSize().Height + 2*chipPadY
	status.Move(fyne.NewPos(size.Width-rowPadX-sw, y))
	status.Resize(fyne.NewSize(sw, ch))
	text.Move(fyne.NewPos(rowPadX, y+chipPadY))
	text.Resize(fyne.NewSize(max(0, width-sw-12), ch-2*chipPadY))
}

// Title is the first words of the row.
func (r *RowView) Title() string { return r.title.Text }
