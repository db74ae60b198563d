package widget

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
)

// Chart draws results over time, as every face draws them (package clinic). The
// pointer, or the arrow keys, tell them one by one.
type Chart struct {
	fw.BaseWidget
	Told func(*clinic.Spot) // the result at hand; nil for none
	Seen func(clinic.Span)  // the pointer or a key asks for another stretch of time

	series  []clinic.Series
	whole   clinic.Span   // on the axis of time when nothing is left out
	seen    clinic.Span   // of it; the zero Span: all
	spots   []clinic.Spot // as they are drawn, from left to right
	at      int           // of spots; -1 for none
	label   string        // of the result at hand: it stays so while others come into sight
	focused bool
}

var (
	_ fyne.Focusable    = (*Chart)(nil)
	_ desktop.Hoverable = (*Chart)(nil)
	_ fyne.Tappable     = (*Chart)(nil)
	_ fyne.Draggable    = (*Chart)(nil)
)

// NewChart makes a chart of series that share an axis.
func NewChart(told func(*clinic.Spot), series ...clinic.Series) *Chart {
	c := &Chart{Told: told, series: series, whole: clinic.SpanOf(series...), at: -1}
	c.ExtendBaseWidget(c)
	return c
}

// SetSpan shows a stretch of a span of time, that several charts may share; the zero
// Span shows all of it.
func (c *Chart) SetSpan(whole, seen clinic.Span) {
	if c.whole != whole || c.seen != seen {
		c.whole, c.seen = whole, seen
		c.Refresh()
	}
}

// span is what the axis of time shows. Charts that stand alone choose it themselves.
func (c *Chart) span() clinic.Span {
	if c.seen.Empty() && c.whole != clinic.SpanOf(c.series...) {
		return c.whole
	}
	return c.seen
}

// ask asks for another stretch of time.
func (c *Chart) ask(s clinic.Span) {
	if c.Seen != nil && s != c.seen {
		c.Seen(s)
	}
}

// Times by which a key looks nearer, and parts of what is seen by which one moves on.
const zoomStep, moveStep = 0.5, 0.25

// about is what keeps its place while one looks nearer: the result at hand, else the
// newest that is seen.
func (c *Chart) about() time.Time {
	at := c.at
	if at < 0 {
		at = len(c.spots) - 1
	}
	if at < 0 {
		return time.Time{}
	}
	seen := c.seen
	if seen.Empty() {
		seen = c.whole
	}
	width := float64(c.Size().Width - chartLeft() - chartRight)
	return seen.From.Add(time.Duration(c.spots[at].X / max(1, width) * float64(seen.To.Sub(seen.From))))
}

// Dragged implements [fyne.Draggable]: it moves what is seen.
func (c *Chart) Dragged(e *fyne.DragEvent) {
	if width := c.Size().Width - chartLeft() - chartRight; width > 0 {
		c.ask(c.whole.Move(c.seen, -float64(e.Dragged.DX/width)))
	}
}

// DragEnd implements [fyne.Draggable].
func (c *Chart) DragEnd() {}

// Room around the drawing for its axes.
const chartRight, chartTop = 12, 10

// Numbers stand to the left, and times below: as large as the text is.
func chartLeft() float32   { return 4.7 * theme.CaptionTextSize() }
func chartBottom() float32 { return theme.CaptionTextSize() + 13 }

// MinSize implements [fyne.Widget].
func (c *Chart) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(260, 166+chartBottom())
}

// CreateRenderer implements [fyne.Widget].
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return &chartRenderer{chart: c}
}

// tell tells the result at a place of the spots.
func (c *Chart) tell(i int) {
	if i == c.at || i >= len(c.spots) {
		return
	}
	c.at, c.label = i, ""
	if i >= 0 {
		c.label = c.spots[i].Label
	}
	if c.Told != nil {
		if i >= 0 {
			c.Told(&c.spots[i])
		} else {
			c.Told(nil)
		}
	}
	c.Refresh()
}

// nearest is the spot nearest to a place, first of all from side to side.
func (c *Chart) nearest(p fyne.Position) int {
	best, least := -1, 0.0
	for i, s := range c.spots {
		dx, dy := s.X-float64(p.X-chartLeft()), s.Y-float64(p.Y-chartTop)
		if d := 16*dx*dx + dy*dy; best < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// MouseIn implements [desktop.Hoverable].
func (c *Chart) MouseIn(e *desktop.MouseEvent) { c.tell(c.nearest(e.Position)) }

// MouseMoved implements [desktop.Hoverable].
func (c *Chart) MouseMoved(e *desktop.MouseEvent) { c.tell(c.nearest(e.Position)) }

// MouseOut implements [desktop.Hoverable]; what was told stays to be read.
func (c *Chart) MouseOut() {}

// Tapped implements [fyne.Tappable].
func (c *Chart) Tapped(e *fyne.PointEvent) {
	if a := fyne.CurrentApp(); a != nil {
		if cv := a.Driver().CanvasForObject(c); cv != nil {
			cv.Focus(c)
		}
	}
	c.tell(c.nearest(e.Position))
}

// FocusGained implements [fyne.Focusable].
func (c *Chart) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements [fyne.Focusable].
func (c *Chart) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements [fyne.Focusable].
func (c *Chart) TypedRune(r rune) {
	switch r {
	case '+', '=':
		c.ask(c.whole.Zoom(c.seen, zoomStep, c.about()))
	case '-':
		c.ask(c.whole.Zoom(c.seen, 1/zoomStep, c.about()))
	case '0':
		c.ask(clinic.Span{})
	}
}

// TypedKey implements [fyne.Focusable].
func (c *Chart) TypedKey(e *fyne.KeyEvent) {
	last := len(c.spots) - 1
	switch e.Name {
	case fyne.KeyLeft:
		switch {
		case c.at < 0:
			c.tell(last)
		case c.at == 0:
			c.ask(c.whole.Move(c.seen, -moveStep))
		default:
			c.tell(c.at - 1)
		}
	case fyne.KeyRight:
		if c.at == last {
			c.ask(c.whole.Move(c.seen, moveStep))
		} else {
			c.tell(c.at + 1)
		}
	case fyne.KeyHome:
		c.tell(min(0, last))
	case fyne.KeyEnd:
		c.tell(last)
	case fyne.KeyPageUp:
		c.ask(c.whole.Move(c.seen, -moveStep))
	case fyne.KeyPageDown:
		c.ask(c.whole.Move(c.seen, moveStep))
	}
}

// chartRenderer draws anew for every size.
type chartRenderer struct {
	chart   *Chart
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) MinSize() fyne.Size           { return r.chart.MinSize() }
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *chartRenderer) Layout(size fyne.Size) {
	if size != r.size {
		r.size = size
		r.draw()
	}
}

func (r *chartRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.chart)
}

func (r *chartRenderer) draw() {
	c := r.chart
	width, height := r.size.Width-chartLeft()-chartRight, r.size.Height-chartTop-chartBottom()
	if width < 20 || height < 20 {
		r.objects = nil
		return
	}
	p := clinic.NewPlotIn(float64(width), float64(height), c.span(), c.series...)
	d := drawing{at: fyne.NewPos(chartLeft(), chartTop), width: r.size.Width}
	if c.focused {
		d.frame(r.size)
	}
	d.bands(p)
	d.axes(p)
	c.spots = c.spots[:0]
	for _, l := range p.Lines {
		d.line(l)
		c.spots = append(c.spots, l.Spots...)
	}
	slices.SortStableFunc(c.spots, func(a, b clinic.Spot) int {
		switch {
		case a.X < b.X:
			return -1
		case a.X > b.X:
			return 1
		}
		return 0
	})
	c.at = slices.IndexFunc(c.spots, func(s clinic.Spot) bool { return s.Label == c.label })
	if c.at >= 0 {
		d.cursor(c.spots[c.at], float32(p.Height))
	}
	r.objects = d.objects
}

// drawing collects what a plot is drawn with.
type drawing struct {
	at      fyne.Position // of the upper left corner of the plot
	width   float32       // of the whole
	objects []fyne.CanvasObject
}

func (d *drawing) add(o ...fyne.CanvasObject) { d.objects = append(d.objects, o...) }

func (d *drawing) pos(x, y float64) fyne.Position {
	return fyne.NewPos(d.at.X+float32(x), d.at.Y+float32(y))
}

func (d *drawing) stroke(name fyne.ThemeColorName, width float32, from, to fyne.Position) {
	l := canvas.NewLine(theme.Color(name))
	l.StrokeWidth, l.Position1, l.Position2 = width, from, to
	d.add(l)
}

func (d *drawing) frame(size fyne.Size) {
	f := canvas.NewRectangle(color.Transparent)
	f.StrokeColor, f.StrokeWidth, f.CornerRadius = theme.Color(theme.ColorNamePrimary), 1.5, 7
	f.Resize(size)
	d.add(f)
}

func (d *drawing) bands(p clinic.Plot) {
	for _, b := range p.Bands {
		box := canvas.NewRectangle(theme.Color(ui.ColorCalm))
		box.Move(d.pos(b.X, b.Top))
		box.Resize(fyne.NewSize(float32(b.Width), float32(b.Bottom-b.Top)))
		d.add(box)
	}
}

func (d *drawing) words(s string, align fyne.TextAlign, at fyne.Position) {
	t := canvas.NewText(s, theme.Color(ui.ColorMuted))
	t.TextSize, t.Alignment = theme.CaptionTextSize(), align
	size := t.MinSize()
	switch align {
	case fyne.TextAlignTrailing:
		at.X -= size.Width
	case fyne.TextAlignCenter:
		at.X -= size.Width / 2
	}
	at.X = max(0, min(at.X, d.width-size.Width))
	t.Move(at)
	t.Resize(size)
	d.add(t)
}

func (d *drawing) axes(p clinic.Plot) {
	for _, t := range p.Ticks {
		d.stroke(theme.ColorNameSeparator, 1, d.pos(0, t.At), d.pos(p.Width, t.At))
		d.words(t.Text, fyne.TextAlignTrailing, d.pos(-8, t.At-float64(theme.CaptionTextSize())*0.67))
	}
	for _, t := range p.Times {
		d.words(t.Text, fyne.TextAlignCenter, d.pos(t.At, p.Height+5))
	}
}

// spotSize is the radius of a spot.
const spotSize = 3.5

func (d *drawing) line(l clinic.PlotLine) {
	width := float32(2)
	if l.Second {
		width = 1
	}
	l = l.Thinned()
	d.runs(l, width)
	for _, s := range l.Spots {
		d.spot(s, spotSize)
	}
}

// runs draws the lines through exact numbers.
func (d *drawing) runs(l clinic.PlotLine, width float32) {
	for _, run := range l.Runs() {
		for i := 1; i < len(run); i++ {
			d.stroke(theme.ColorNamePrimary, width, d.pos(run[i-1].X, run[i-1].Y), d.pos(run[i].X, run[i].Y))
		}
	}
}

// spot draws one result: a dot, a ring where it is not final, an arrow for a bound,
// each with a second ring where its sender flagged it.
func (d *drawing) spot(s clinic.Spot, size float64) {
	if s.Flag {
		d.ring(s, size+0.85*size, theme.ColorNameWarning)
	}
	if s.Bound {
		a := s.Arrow(size)
		for i := range a {
			from, to := a[i], a[(i+1)%len(a)]
			d.stroke(theme.ColorNamePrimary, 1.5, d.pos(from[0], from[1]), d.pos(to[0], to[1]))
		}
		return
	}
	dot := canvas.NewCircle(theme.Color(theme.ColorNamePrimary))
	if s.Open {
		dot.FillColor, dot.StrokeColor, dot.StrokeWidth = theme.Color(ui.ColorPanel), theme.Color(theme.ColorNamePrimary), 1.5
	}
	dot.Move(d.pos(s.X-size, s.Y-size))
	dot.Resize(fyne.NewSquareSize(float32(2 * size)))
	d.add(dot)
}

func (d *drawing) ring(s clinic.Spot, radius float64, name fyne.ThemeColorName) {
	c := canvas.NewCircle(color.Transparent)
	c.StrokeColor, c.StrokeWidth = theme.Color(name), 1.5
	c.Move(d.pos(s.X-radius, s.Y-radius))
	c.Resize(fyne.NewSquareSize(float32(2 * radius)))
	d.add(c)
}

func (d *drawing) cursor(s clinic.Spot, height float32) {
	d.stroke(ui.ColorMuted, 1, d.pos(s.X, 0), fyne.NewPos(d.at.X+float32(s.X), d.at.Y+height))
	d.ring(s, spotSize+4, theme.ColorNameForeground)
}
