package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// RowView shows one entry of a list in two lines: title and date, then what it
// says and its status. Lists reuse it.
type RowView struct {
	fw.BaseWidget
	title, date, text *Line
	spark             *Spark
	status            *Chip
}

// NewRowView makes an empty row.
func NewRowView() *RowView {
	r := &RowView{
		title:  NewLine("", "", ""),
		date:   NewLine("", theme.SizeNameCaptionText, ui.ColorMuted),
		text:   NewLine("", theme.SizeNameCaptionText, ui.ColorMuted),
		spark:  NewSpark(),
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

// SetCourse shows how the entry went over time beside its text; the empty plot shows
// nothing.
func (r *RowView) SetCourse(p clinic.Plot) {
	r.spark.plot = p
	r.Refresh()
}

func (r *RowView) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.title, r.date, r.text, r.spark, r.status}
}

// CreateRenderer implements [fyne.Widget].
func (r *RowView) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.New(rowLayout{}, r.parts()...))
}

// Refresh passes new data on to the lines.
func (r *RowView) Refresh() {
	parts := r.parts()
	for _, o := range parts {
		o.Refresh()
	}
	rowLayout{}.Layout(parts, r.Size())
	r.BaseWidget.Refresh()
}

// rowLayout places title, date, text, course, status.
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
	title, date, text, spark, status := o[0], o[1], o[2], o[3], o[4]
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
	left := width - sw - 12
	course := spark.MinSize()
	if course.Width > left/2 { // words before pictures
		course = fyne.Size{}
	}
	spark.Resize(course)
	if spark.Hide(); course.Width > 0 {
		spark.Show()
		left -= course.Width + 8
		at := size.Width - rowPadX - course.Width
		if sw > 0 {
			at -= sw + 8
		}
		spark.Move(fyne.NewPos(at, y+(ch-course.Height)/2))
	}
	text.Move(fyne.NewPos(rowPadX, y+chipPadY))
	text.Resize(fyne.NewSize(max(0, left), ch-2*chipPadY))
}

// Title is the first words of the row.
func (r *RowView) Title() string { return r.title.Text }
