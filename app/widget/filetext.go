package widget

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// VerbatimLine is a line of a file as it is shown, in letters of one width.
type VerbatimLine struct {
	Text   string
	On     bool // it goes on from the line above, which was too long
	Marked bool // a bar stands beside it
	Washes []Wash
}

// Wash is a stretch of a line on a ground of its own.
type Wash struct {
	Stretch
	Found bool // words that were looked for; else what is marked
	Now   bool
}

// FileText shows a part of a file exactly as it stands there.
type FileText struct {
	fw.List
	OnColumns func(columns int) // how many letters a line may have

	lines   []VerbatimLine
	columns int
}

// NewFileText makes an empty one.
func NewFileText() *FileText {
	v := &FileText{}
	v.Length = func() int { return len(v.lines) }
	v.CreateItem = func() fyne.CanvasObject { return newVerbatimRow() }
	v.UpdateItem = func(i int, o fyne.CanvasObject) {
		if i < len(v.lines) {
			o.(*verbatimRow).set(v.lines[i])
		}
	}
	v.HideSeparators = true
	v.OnSelected = func(int) { v.UnselectAll() }
	v.ExtendBaseWidget(v)
	return v
}

// Set shows other lines.
func (v *FileText) Set(lines []VerbatimLine) {
	v.lines = lines
	v.Refresh()
}

// ShowLine scrolls so that a line stands near the top.
func (v *FileText) ShowLine(n int) {
	const above = 3
	if len(v.lines) == 0 {
		return
	}
	v.ScrollTo(len(v.lines) - 1)
	v.ScrollTo(max(0, n-above))
}

// Resize tells how many letters fit.
func (v *FileText) Resize(s fyne.Size) {
	v.List.Resize(s)
	if n := verbatimColumns(s.Width); n != v.columns {
		v.columns = n
		if v.OnColumns != nil {
			v.OnColumns(n)
		}
	}
}

// TypedKey scrolls by pages too, and leaves the rest to the list.
func (v *FileText) TypedKey(e *fyne.KeyEvent) {
	page := v.Size().Height * 0.9
	switch e.Name {
	case fyne.KeyPageUp:
		v.ScrollToOffset(v.GetScrollOffset() - page)
	case fyne.KeyPageDown:
		v.ScrollToOffset(v.GetScrollOffset() + page)
	case fyne.KeyHome:
		v.ScrollToTop()
	case fyne.KeyEnd:
		v.ScrollToBottom()
	default:
		v.List.TypedKey(e)
	}
}

// verbatimMargin is the room for the bar and the arrow at the left.
const (
	verbatimMargin = 26
	verbatimLeast  = 20 // letters
)

func verbatimStyle() fyne.TextStyle { return fyne.TextStyle{Monospace: true} }

// verbatimColumns is how many letters of one width fit.
func verbatimColumns(width float32) int {
	one := fyne.MeasureText("MMMMMMMMMM", theme.TextSize(), verbatimStyle()).Width / 10
	return max(verbatimLeast, int((width-verbatimMargin-2*theme.InnerPadding())/max(1, one)))
}

// verbatimRow is one line. Lists reuse it.
type verbatimRow struct {
	fw.BaseWidget
	line VerbatimLine
}

func newVerbatimRow() *verbatimRow {
	r := &verbatimRow{}
	r.ExtendBaseWidget(r)
	return r
}

func (r *verbatimRow) set(l VerbatimLine) {
	r.line = l
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *verbatimRow) CreateRenderer() fyne.WidgetRenderer {
	v := &verbatimRenderer{row: r, text: canvas.NewText("", nil), arrow: canvas.NewText("", nil), bar: canvas.NewRectangle(nil)}
	v.draw()
	return v
}

type verbatimRenderer struct {
	row         *verbatimRow
	text, arrow *canvas.Text
	bar         *canvas.Rectangle
	objects     []fyne.CanvasObject
}

func (v *verbatimRenderer) draw() {
	th, variant := v.row.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	size, line := th.Size(theme.SizeNameText), v.row.line
	high := v.MinSize().Height
	v.objects = v.objects[:0]
	measure := func(s string) float32 { return fyne.MeasureText(s, size, verbatimStyle()).Width }
	for _, w := range line.Washes {
		if w.Start < 0 || w.End > len(line.Text) || w.Start >= w.End {
			continue
		}
		g := canvas.NewRectangle(th.Color(ui.ColorCalm, variant))
		at, size := fyne.NewPos(verbatimMargin+measure(line.Text[:w.Start])-1, 0), fyne.NewSize(measure(line.Text[w.Start:w.End])+2, high)
		if w.Found {
			g.FillColor, g.CornerRadius = th.Color(ui.ColorCare, variant), 3
		} else {
			size.Height += theme.Padding() // down to the next line
		}
		if w.Now {
			g.StrokeColor, g.StrokeWidth = th.Color(theme.ColorNameWarning, variant), 1.5
		}
		g.Move(at)
		g.Resize(size)
		v.objects = append(v.objects, g)
	}
	v.text.Text, v.text.TextSize, v.text.TextStyle, v.text.Color = line.Text, size, verbatimStyle(), th.Color(theme.ColorNameForeground, variant)
	v.text.Move(fyne.NewPos(verbatimMargin, 0))
	v.arrow.Text, v.arrow.TextSize, v.arrow.Color = "", size, th.Color(ui.ColorMuted, variant)
	if line.On {
		v.arrow.Text = "›"
	}
	v.arrow.Move(fyne.NewPos(9, 0))
	v.bar.FillColor = th.Color(theme.ColorNamePrimary, variant)
	v.bar.Hidden = !line.Marked
	v.bar.Resize(fyne.NewSize(4, high+theme.Padding()))
	v.objects = append(v.objects, v.text, v.arrow, v.bar)
}

// Layout implements [fyne.WidgetRenderer].
func (v *verbatimRenderer) Layout(fyne.Size) {}

// MinSize implements [fyne.WidgetRenderer].
func (v *verbatimRenderer) MinSize() fyne.Size {
	high := fyne.MeasureText("M", theme.TextSize(), verbatimStyle()).Height
	return fyne.NewSize(120, float32(math.Ceil(float64(high)))) // between pixels the marks of lines would not meet
}

// Refresh implements [fyne.WidgetRenderer].
func (v *verbatimRenderer) Refresh() {
	v.draw()
	canvas.Refresh(v.row)
}

// Objects implements [fyne.WidgetRenderer].
func (v *verbatimRenderer) Objects() []fyne.CanvasObject { return v.objects }

// Destroy implements [fyne.WidgetRenderer].
func (*verbatimRenderer) Destroy() {}
