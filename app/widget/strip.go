package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Bar is one period of a [Strip].
type Bar struct {
	Label string // below the bar, where there is room: a year
	Words string // told when it is pointed at
	Count int
}

// Strip is how much there is of each period, from left to right: a bar each, to press.
// Whatever it leads to is reached without a pointer otherwise.
type Strip struct {
	fw.BaseWidget
	Chosen func(i int)        // a bar was pressed; may be nil
	Told   func(words string) // a bar is pointed at; "" for none; may be nil

	bars []Bar
	at   int // pointed at; -1 for none
}

var (
	_ fyne.Tappable      = (*Strip)(nil)
	_ desktop.Hoverable  = (*Strip)(nil)
	_ desktop.Cursorable = (*Strip)(nil)
)

// NewStrip makes one without bars.
func NewStrip() *Strip {
	s := &Strip{at: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows other bars.
func (s *Strip) Set(bars []Bar) {
	s.bars, s.at = bars, -1
	s.Refresh()
}

// The height of the bars, and how wide one is at most.
const stripHeight, stripWidest = 30, 44

func stripLabels() float32 { return theme.CaptionTextSize() + 4 }

// MinSize implements [fyne.Widget].
func (s *Strip) MinSize() fyne.Size {
	s.ExtendBaseWidget(s)
	return fyne.NewSize(120, stripHeight+stripLabels())
}

// step is how wide a bar is with the room beside it.
func (s *Strip) step() float32 {
	return min(stripWidest, s.Size().Width/float32(max(1, len(s.bars))))
}

func (s *Strip) bar(p fyne.Position) int {
	if i := int(p.X / max(0.01, s.step())); p.X >= 0 && i < len(s.bars) {
		return i
	}
	return -1
}

// Tapped implements [fyne.Tappable].
func (s *Strip) Tapped(e *fyne.PointEvent) {
	if i := s.bar(e.Position); i >= 0 && s.Chosen != nil {
		s.Chosen(i)
	}
}

// MouseIn implements [desktop.Hoverable].
func (s *Strip) MouseIn(e *desktop.MouseEvent) { s.tell(s.bar(e.Position)) }

// MouseMoved implements [desktop.Hoverable].
func (s *Strip) MouseMoved(e *desktop.MouseEvent) { s.tell(s.bar(e.Position)) }

// MouseOut implements [desktop.Hoverable].
func (s *Strip) MouseOut() { s.tell(-1) }

// Cursor implements [desktop.Cursorable].
func (*Strip) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (s *Strip) tell(i int) {
	if i == s.at {
		return
	}
	s.at = i
	s.Refresh()
	if s.Told == nil {
		return
	}
	words := ""
	if i >= 0 {
		words = s.bars[i].Words
	}
	s.Told(words)
}

// CreateRenderer implements [fyne.Widget].
func (s *Strip) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return &stripRenderer{strip: s}
}

type stripRenderer struct {
	strip   *Strip
	objects []fyne.CanvasObject
}

func (r *stripRenderer) Destroy()                     {}
func (r *stripRenderer) MinSize() fyne.Size           { return r.strip.MinSize() }
func (r *stripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stripRenderer) Layout(fyne.Size)             { r.draw() }

func (r *stripRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.strip)
}

func (r *stripRenderer) draw() {
	s := r.strip
	d := drawing{width: s.Size().Width}
	most := 1
	for _, b := range s.bars {
		most = max(most, b.Count)
	}
	step := s.step()
	d.stroke(theme.ColorNameSeparator, 1, fyne.NewPos(0, stripHeight), fyne.NewPos(step*float32(len(s.bars)), stripHeight))
	next := float32(0) // where the next label has room
	for i, b := range s.bars {
		left := step * float32(i)
		d.column(b, i == s.at, left, step, most)
		if wide := fyne.MeasureText(b.Label, theme.CaptionTextSize(), fyne.TextStyle{}).Width; left >= next && left+wide <= s.Size().Width {
			d.words(b.Label, fyne.TextAlignLeading, fyne.NewPos(left, stripHeight+2))
			next = left + wide + 10
		}
	}
	r.objects = d.objects
}

// column is one bar: as high as its count, and never too low to be seen.
func (d *drawing) column(b Bar, pointed bool, left, step float32, most int) {
	const low = 3
	if b.Count == 0 {
		return
	}
	box := canvas.NewRectangle(theme.Color(ui.ColorCalm))
	box.StrokeColor, box.StrokeWidth = theme.Color(theme.ColorNamePrimary), 1
	if pointed {
		box.FillColor = box.StrokeColor
	}
	high, gap := max(low, stripHeight*float32(b.Count)/float32(most)), min(3, step/4)
	box.Move(fyne.NewPos(left+gap/2, stripHeight-high))
	box.Resize(fyne.NewSize(max(1, step-gap), high))
	d.add(box)
}
