package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/vault/record"
)

// Line is one line of text without padding, cut with "…" where it does not fit.
type Line struct {
	fw.BaseWidget
	Text     string
	TextSize fyne.ThemeSizeName
	Color    fyne.ThemeColorName
	Bold     bool
	Strong   []Stretch // of Text, in order: bold within a line that is not
	Align    fyne.TextAlign
	Whole    bool // ask for the whole width instead of being cut
}

// Stretch is a run of bytes of a text.
type Stretch struct{ Start, End int }

// NewLine makes a line; the empty size and colour are those of text.
func NewLine(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *Line {
	l := &Line{Text: record.Visible(text), TextSize: size, Color: color}
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the text.
func (l *Line) Set(text string) {
	text = record.Visible(text)
	if text != l.Text {
		l.Text = text
		l.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	r := &lineRenderer{line: l, text: canvas.NewText("", nil)}
	r.style()
	return r
}

type lineRenderer struct {
	line *Line
	text *canvas.Text
	runs []*canvas.Text // in place of text, where parts of it are bold
}

func (r *lineRenderer) style() {
	th := r.line.Theme()
	size, color := r.line.TextSize, r.line.Color
	if size == "" {
		size = theme.SizeNameText
	}
	if color == "" {
		color = theme.ColorNameForeground
	}
	r.text.TextSize = th.Size(size)
	r.text.Color = th.Color(color, fyne.CurrentApp().Settings().ThemeVariant())
	r.text.TextStyle = fyne.TextStyle{Bold: r.line.Bold}
	r.text.Alignment = r.line.Align
}

func (r *lineRenderer) measure(s string) float32 {
	return fyne.MeasureText(s, r.text.TextSize, r.text.TextStyle).Width
}

// Layout cuts the text to the width.
func (r *lineRenderer) Layout(size fyne.Size) {
	if r.runs = nil; len(r.line.Strong) > 0 {
		r.layoutRuns(size)
		return
	}
	r.text.Text = Cut(r.line.Text, size.Width, r.measure)
	r.text.Move(fyne.NewPos(0, 0))
	r.text.Resize(size)
	r.text.Refresh()
}

// MinSize is the height of a line; its width only when it must stand whole.
func (r *lineRenderer) MinSize() fyne.Size {
	s := fyne.MeasureText(r.line.Text, r.text.TextSize, r.text.TextStyle)
	if r.line.Text == "" {
		s = fyne.MeasureText("M", r.text.TextSize, r.text.TextStyle)
		s.Width = 0
	}
	if !r.line.Whole {
		s.Width = 0
	}
	return s
}

// Refresh implements [fyne.WidgetRenderer].
func (r *lineRenderer) Refresh() {
	r.style()
	r.Layout(r.line.Size())
}

// Objects implements [fyne.WidgetRenderer].
func (r *lineRenderer) Objects() []fyne.CanvasObject {
	if len(r.runs) == 0 {
		return []fyne.CanvasObject{r.text}
	}
	list := make([]fyne.CanvasObject, len(r.runs))
	for i, run := range r.runs {
		list[i] = run
	}
	return list
}

// Destroy implements [fyne.WidgetRenderer].
func (*lineRenderer) Destroy() {}

// Cut shortens s to width with "…". It never cuts inside a character.
func Cut(s string, width float32, measure func(string) float32) string {
	const slack = 0.5
	if measure(s) <= width+slack {
		return s
	}
	letters := []rune(s)
	low, high := 0, len(letters)
	for low < high {
		mid := (low + high + 1) / 2
		if measure(string(letters[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return ""
	}
	return string(letters[:low]) + "…"
}
