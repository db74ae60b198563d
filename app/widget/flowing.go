package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// Flowing is a text of any length to scroll through: pieces under each other, each
// as high as it wants to be, of which only those in sight are made. The height of
// the others is guessed until they have been seen; what is in sight stays where it
// is meanwhile.
type Flowing struct {
	fw.BaseWidget
	Gap float32

	pieces  []Piece
	heights []float32
	made    map[int]fyne.CanvasObject
	width   float32
	now     int // the piece with a bar beside it; negative for none
	focused bool

	scroll *container.Scroll
	inside *fyne.Container
	bar    *Ground
}

// Piece is a piece of a [Flowing].
type Piece struct {
	Make    func() fyne.CanvasObject
	Letters int // about how much text it holds, for the guess
}

var _ fyne.Focusable = (*Flowing)(nil)

// NewFlowing makes an empty one.
func NewFlowing(gap float32) *Flowing {
	f := &Flowing{Gap: gap, now: -1, made: map[int]fyne.CanvasObject{}, bar: NewGround(theme.ColorNameWarning, "", 2)}
	f.inside = &fyne.Container{Layout: flowingLayout{f}}
	f.scroll = container.NewVScroll(f.inside)
	f.scroll.OnScrolled = func(fyne.Position) { f.fill() }
	f.ExtendBaseWidget(f)
	return f
}

// Set shows other pieces from their beginning.
func (f *Flowing) Set(pieces []Piece) {
	f.pieces, f.now = pieces, -1
	f.scroll.Offset = fyne.Position{}
	f.guess()
	f.fill()
}

// Renew makes the pieces in sight anew: what they show changed, and not their
// size. now is the piece that gets a bar; negative for none.
func (f *Flowing) Renew(now int) {
	f.now = now
	clear(f.made)
	f.fill()
}

// ShowPiece scrolls to a piece, a little below the top, unless it is in sight whole.
func (f *Flowing) ShowPiece(n int) {
	if n < 0 || n >= len(f.pieces) {
		return
	}
	const above = 60
	for range 4 { // the heights on the way turn from guesses to what they are
		top, high := f.top(n), f.scroll.Size().Height
		if top >= f.scroll.Offset.Y && top+f.heights[n] <= f.scroll.Offset.Y+high {
			return
		}
		f.scroll.Offset.Y = max(0, min(top-above, f.height()-high))
		f.fill()
	}
}

func (f *Flowing) top(n int) float32 {
	y := float32(0)
	for _, h := range f.heights[:n] {
		y += h + f.Gap
	}
	return y
}

func (f *Flowing) height() float32 { return max(0, f.top(len(f.heights))-f.Gap) }

// guess takes heights from how much text there is.
func (f *Flowing) guess() {
	clear(f.made)
	line := theme.TextSize() * 1.6
	perLine := max(1, f.width/(theme.TextSize()*0.5))
	f.heights = make([]float32, len(f.pieces))
	for i, p := range f.pieces {
		f.heights[i] = line * (1 + float32(int(float32(p.Letters)/perLine)))
	}
}

// fill makes what is in sight, and some more at both ends.
func (f *Flowing) fill() {
	if f.width < 1 || f.scroll.Size().Height < 1 {
		return
	}
	const beyond = 200
	first, lead := f.anchor()
	for range 3 {
		from, to := f.scroll.Offset.Y-beyond, f.scroll.Offset.Y+f.scroll.Size().Height+beyond
		settled := true
		y := float32(0)
		seen := map[int]fyne.CanvasObject{}
		for i := range f.pieces {
			if y+f.heights[i] >= from && y <= to {
				o := f.made[i]
				if o == nil {
					o = f.pieces[i].Make()
				}
				seen[i] = o
				if h := heightAt(o, f.width); h != f.heights[i] {
					f.heights[i], settled = h, false
				}
			}
			y += f.heights[i] + f.Gap
		}
		f.made = seen
		if settled {
			break
		}
		f.scroll.Offset.Y = max(0, min(f.top(first)+lead, f.height()-f.scroll.Size().Height))
	}
	f.place()
}

// anchor is the piece at the top of what is in sight, and how much of it is above.
func (f *Flowing) anchor() (n int, lead float32) {
	y := float32(0)
	for i, h := range f.heights {
		if y+h+f.Gap > f.scroll.Offset.Y {
			return i, f.scroll.Offset.Y - y
		}
		y += h + f.Gap
	}
	return max(0, len(f.heights)-1), 0
}

// place puts what was made where it belongs.
func (f *Flowing) place() {
	f.inside.Objects = f.inside.Objects[:0]
	y := float32(0)
	f.bar.Hide()
	for i := range f.pieces {
		if o := f.made[i]; o != nil {
			o.Move(fyne.NewPos(flowingEdge, y))
			o.Resize(fyne.NewSize(f.width, f.heights[i]))
			f.inside.Objects = append(f.inside.Objects, o)
			if i == f.now {
				f.bar.Move(fyne.NewPos(4, y))
				f.bar.Resize(fyne.NewSize(4, f.heights[i]))
				f.bar.Show()
			}
		}
		y += f.heights[i] + f.Gap
	}
	f.inside.Objects = append(f.inside.Objects, f.bar)
	f.inside.Resize(fyne.NewSize(f.scroll.Size().Width, max(f.height(), f.scroll.Size().Height)))
	f.scroll.Refresh()
}

const flowingEdge = 14 // room for the bar, and as much at the right

type flowingLayout struct{ f *Flowing }

// MinSize implements [fyne.Layout].
func (l flowingLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, l.f.height())
}

// Layout implements [fyne.Layout]; [Flowing.fill] does it.
func (flowingLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

// CreateRenderer implements [fyne.Widget].
func (f *Flowing) CreateRenderer() fyne.WidgetRenderer { return fw.NewSimpleRenderer(f.scroll) }

// Resize guesses anew where the width is another one.
func (f *Flowing) Resize(s fyne.Size) {
	f.BaseWidget.Resize(s)
	f.scroll.Resize(s)
	if w := s.Width - 2*flowingEdge; w != f.width {
		n, _ := f.anchor()
		f.width = w
		f.guess()
		if n < len(f.heights) && f.scroll.Offset.Y > 0 {
			f.scroll.Offset.Y = f.top(n)
		}
	}
	f.fill()
}

// MinSize implements [fyne.CanvasObject].
func (f *Flowing) MinSize() fyne.Size { return fyne.NewSize(160, 80) }

// Refresh follows the theme.
func (f *Flowing) Refresh() {
	f.guess()
	f.fill()
	f.BaseWidget.Refresh()
}

// FocusGained implements [fyne.Focusable].
func (f *Flowing) FocusGained() { f.focused = true }

// FocusLost implements [fyne.Focusable].
func (f *Flowing) FocusLost() { f.focused = false }

// TypedRune implements [fyne.Focusable].
func (f *Flowing) TypedRune(r rune) {
	if r == ' ' {
		f.by(f.scroll.Size().Height * 0.9)
	}
}

// TypedKey scrolls.
func (f *Flowing) TypedKey(e *fyne.KeyEvent) {
	line := theme.TextSize() * 3
	switch e.Name {
	case fyne.KeyUp:
		f.by(-line)
	case fyne.KeyDown:
		f.by(line)
	case fyne.KeyPageUp:
		f.by(-f.scroll.Size().Height * 0.9)
	case fyne.KeyPageDown:
		f.by(f.scroll.Size().Height * 0.9)
	case fyne.KeyHome:
		f.by(-f.height())
	case fyne.KeyEnd:
		f.by(f.height())
	}
}

func (f *Flowing) by(dy float32) {
	f.scroll.Offset.Y = max(0, min(f.scroll.Offset.Y+dy, f.height()-f.scroll.Size().Height))
	f.fill()
}

// Pieces makes pieces of blocks; marks gives those of a block.
func Pieces(blocks []Block, marks func(n int) []Mark) []Piece {
	pieces := make([]Piece, len(blocks))
	for i, b := range blocks {
		letters := 0
		for _, t := range b.Holders() {
			letters += len(t)
		}
		if b.Kind == Table {
			letters = max(letters, 60*len(b.Cells))
		}
		pieces[i] = Piece{func() fyne.CanvasObject { return b.Object(marks(i)) }, letters}
	}
	return pieces
}

// Tapped gives it the keyboard.
func (f *Flowing) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
}
