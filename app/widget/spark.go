package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/vault/clinic"
)

// Spark is a small chart within a line of words: how a test went, with the range of
// its reports as a band and the newest result as a dot. Of fewer than two numbers it
// is empty.
type Spark struct {
	fw.BaseWidget
	plot clinic.Plot
}

// Room for what stands out of the box of a spark.
const sparkPad = 3

// NewSpark makes an empty one.
func NewSpark() *Spark {
	s := &Spark{}
	s.ExtendBaseWidget(s)
	return s
}

// Set draws another course.
func (s *Spark) Set(p clinic.Plot) {
	s.plot = p
	s.Refresh()
}

// MinSize is that of the course; none where there is none.
func (s *Spark) MinSize() fyne.Size {
	if len(s.plot.Lines) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(float32(s.plot.Width)+2*sparkPad, float32(s.plot.Height)+2*sparkPad)
}

// CreateRenderer implements [fyne.Widget].
func (s *Spark) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &sparkRenderer{spark: s}
	r.draw()
	return r
}

type sparkRenderer struct {
	spark   *Spark
	objects []fyne.CanvasObject
}

func (r *sparkRenderer) Destroy()                     {}
func (r *sparkRenderer) MinSize() fyne.Size           { return r.spark.MinSize() }
func (r *sparkRenderer) Layout(fyne.Size)             {}
func (r *sparkRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sparkRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.spark)
}

func (r *sparkRenderer) draw() {
	p := r.spark.plot
	d := drawing{at: fyne.NewPos(sparkPad, sparkPad), width: float32(p.Width)}
	d.bands(p)
	for _, l := range p.Lines {
		d.runs(l, 1.5)
		for i, s := range l.Spots {
			switch {
			case i == len(l.Spots)-1:
				d.spot(s, 2.5)
			case s.Bound: // no line runs through it
				s.Flag = false
				d.spot(s, 1.8)
			}
		}
	}
	r.objects = d.objects
}
