package imaging

import (
	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/imaging/view"
)

// ruler holds the lengths that were measured, each on the picture it belongs to.
type ruler struct {
	lines []measured
	from  *view.Point // where a line begins that is being drawn
	cross *view.Point // where the keyboard's pointer is
}

type measured struct {
	step     view.Step
	from, to view.Point
}

// measure draws a line between two points of the widget.
func (v *viewer) measure(a, b view.Point, fresh bool) {
	if v.drawn.frame == nil {
		return
	}
	m := measured{v.drawn.step, a, b}
	if n := len(v.lines); n > 0 && !fresh {
		m.from = v.lines[n-1].from
		v.lines[n-1] = m
	} else {
		v.lines = append(v.lines, m)
	}
	v.remark()
}

// mark sets an end of a line where the keyboard's pointer is.
func (v *viewer) mark() {
	if v.drawn.frame == nil {
		return
	}
	if v.cross == nil {
		v.steer(0, 0)
		return
	}
	if v.from == nil {
		p := *v.cross
		v.from = &p
		v.lines = append(v.lines, measured{v.drawn.step, p, p})
	} else {
		v.from = nil
	}
	v.remark()
}

// steer moves the keyboard's pointer by pixels of the image.
func (v *viewer) steer(dx, dy float64) {
	if v.drawn.frame == nil {
		return
	}
	f := v.drawn.frame
	if v.cross == nil {
		v.cross = &view.Point{X: float64(f.Columns) / 2, Y: float64(f.Rows) / 2}
	}
	v.cross.X = min(max(v.cross.X+dx, 0), float64(f.Columns))
	v.cross.Y = min(max(v.cross.Y+dy, 0), float64(f.Rows))
	if v.from != nil && len(v.lines) > 0 {
		v.lines[len(v.lines)-1].to = *v.cross
	}
	v.remark()
}

// unmark takes the last line away; it says whether there was one.
func (v *viewer) unmark() bool {
	if len(v.lines) == 0 {
		return false
	}
	v.lines, v.from = v.lines[:len(v.lines)-1], nil
	v.remark()
	return true
}

// remark shows the lines anew.
func (v *viewer) remark() {
	v.pic.Lines, v.pic.Cross = v.marks()
	v.pic.Refresh()
}

// marks are the lines of the picture that is shown, where they lie now.
func (v *viewer) marks() (lines []widget.PictureLine, cross *fyne.Position) {
	if v.drawn.image == nil {
		return nil, nil
	}
	c := v.canvas()
	place := func(p view.Point) fyne.Position {
		at := v.look0.ToView(c, p)
		return fyne.NewPos(float32(at.X)/v.scale, float32(at.Y)/v.scale)
	}
	spacing := v.drawn.image.Of(v.drawn.step.Frame).Spacing
	for _, m := range v.lines {
		if m.step == v.drawn.step {
			lines = append(lines, widget.PictureLine{From: place(m.from), To: place(m.to), Words: lengthWords(view.Measure(spacing, m.from, m.to))})
		}
	}
	if v.cross != nil && v.tool == measuring {
		p := place(*v.cross)
		cross = &p
	}
	return lines, cross
}
