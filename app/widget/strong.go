package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// run is a part of a line in one style.
type run struct {
	text string
	bold bool
}

// runsOf cuts a text where its stretches begin and end. The text may be shorter
// than the one they were made for.
func runsOf(s string, strong []Stretch) []run {
	var list []run
	at := 0
	add := func(to int, bold bool) {
		if to = min(to, len(s)); to > at {
			list = append(list, run{s[at:to], bold})
			at = to
		}
	}
	for _, x := range strong {
		add(x.Start, false)
		add(x.End, true)
	}
	add(len(s), false)
	return list
}

// layoutRuns places the parts of a line behind each other.
func (r *lineRenderer) layoutRuns(size fyne.Size) {
	x := float32(0)
	for _, part := range runsOf(Cut(r.line.Text, size.Width, r.measureRuns), r.line.Strong) {
		t := canvas.NewText(part.text, r.text.Color)
		t.TextSize, t.TextStyle.Bold = r.text.TextSize, part.bold || r.line.Bold
		t.Move(fyne.NewPos(x, 0))
		t.Resize(fyne.NewSize(t.MinSize().Width, size.Height))
		x += t.MinSize().Width
		r.runs = append(r.runs, t)
	}
}

func (r *lineRenderer) measureRuns(s string) (width float32) {
	for _, part := range runsOf(s, r.line.Strong) {
		width += fyne.MeasureText(part.text, r.text.TextSize, fyne.TextStyle{Bold: part.bold || r.line.Bold}).Width
	}
	return width
}
