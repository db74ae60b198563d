package imaging

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

const (
	zoomStep  = 1.25
	pageStep  = 10
	keyMove   = 40   // points of the screen
	keyWindow = 0.05 // of all values
)

// keyList are all keys, with what they do.
func keyList() [][2]string {
	return [][2]string{
		{lang.L("Arrow keys"), lang.L("The image before and after")},
		{lang.L("Page up, Page down"), lang.L("Ten images back and on")},
		{lang.L("Home, End"), lang.L("The first and the last image")},
		{lang.L("Space"), lang.L("Play, and stop")},
		{"N, P", lang.L("The next and the previous series")},
		{"V", lang.L("The next window (brightness and contrast)")},
		{"[ ]", lang.L("More and less contrast")},
		{", .", lang.L("Darker and brighter")},
		{"+ −", lang.L("Larger and smaller")},
		{"0, 1", lang.L("The whole image; a pixel on each point of the screen")},
		{lang.L("Shift and an arrow"), lang.L("Move the image")},
		{"I", lang.L("Exchange black and white")},
		{"O", lang.L("Show or hide what the file lays over the image")},
		{"T", lang.L("Show or hide the words in the corners")},
		{"B, G, M", lang.L("What dragging does: brightness, move, measure")},
		{lang.L("M, then arrows and Enter"), lang.L("Measure with the keyboard: Enter sets both ends, Delete takes the last line away")},
		{"R", lang.L("The report beside the images")},
		{"X", lang.L("Everything as the file says")},
		{lang.L("Escape"), lang.L("End measuring or playing; back to the study")},
	}
}

// take chooses what dragging does.
func (v *viewer) take(t tool) {
	v.tool, v.cross, v.from = t, nil, nil
	for own, b := range v.tools {
		if b.Importance = fw.MediumImportance; own == t {
			b.Importance = fw.HighImportance
		}
		b.Refresh()
	}
	switch t {
	case brightness:
		v.hint.Set(lang.L("Drag: sideways for contrast, up and down for brightness. Wheel: leaf through; Ctrl and wheel: larger. All keys: ?"))
	case moving:
		v.hint.Set(lang.L("Drag to move the image. Wheel: leaf through; Ctrl and wheel: larger. All keys: ?"))
	case measuring:
		words := lang.L("Drag from one end to the other, or use the arrows and Enter.")
		if v.drawn.image != nil {
			words += " " + scaleWords(v.drawn.image.Of(v.drawn.step.Frame).Spacing)
		}
		v.hint.Set(words + " " + notForDiagnosis() + ".")
	}
	if v.pic.Visible() && v.env.Window.Canvas() != nil && v.stack != nil {
		v.env.Window.Canvas().Focus(v.pic)
	}
	v.remark()
}

// key does what a key says that is no letter.
func (v *viewer) key(k fyne.KeyName, shift bool) {
	dx, dy := arrow(k)
	switch {
	case (dx != 0 || dy != 0) && v.tool == measuring:
		by := 1.0
		if shift {
			by = pageStep
		}
		v.steer(dx*by, dy*by)
	case (dx != 0 || dy != 0) && shift:
		v.change(v.look.Moved(v.canvas(), -dx*keyMove, -dy*keyMove), false)
	case dx != 0 || dy != 0:
		v.show(v.at + int(dx+dy))
	default:
		v.named(k)
	}
}

// arrow is the direction of an arrow key.
func arrow(k fyne.KeyName) (dx, dy float64) {
	switch k {
	case fyne.KeyUp:
		return 0, -1
	case fyne.KeyDown:
		return 0, 1
	case fyne.KeyLeft:
		return -1, 0
	case fyne.KeyRight:
		return 1, 0
	}
	return 0, 0
}

func (v *viewer) named(k fyne.KeyName) {
	switch k {
	case fyne.KeyPageUp:
		v.show(v.at - pageStep)
	case fyne.KeyPageDown:
		v.show(v.at + pageStep)
	case fyne.KeyHome:
		v.show(0)
	case fyne.KeyEnd:
		v.show(len(v.stack) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if v.tool == measuring {
			v.mark()
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		v.unmark()
	case fyne.KeyEscape:
		switch {
		case v.playing:
			v.stop()
		case v.tool == measuring:
			v.take(brightness)
		default:
			v.back()
		}
	}
}

// rune does what a letter says.
func (v *viewer) rune(r rune) {
	do := map[rune]func(){
		' ': v.play, 'i': v.invert, '0': v.fit, '1': v.actual, 'x': v.reset, 'r': v.toggleReports, '?': v.keys,
		'b': func() { v.take(brightness) }, 'g': func() { v.take(moving) }, 'm': func() { v.take(measuring) },
		'+': func() { v.zoom(zoomStep) }, '=': func() { v.zoom(zoomStep) }, '-': func() { v.zoom(1 / zoomStep) },
		'n': func() { v.another(1) }, 'p': func() { v.another(-1) }, 'v': v.nextPreset, 'o': v.toggleOver, 't': v.toggleWords,
		'[': func() { v.brighten(-keyWindow, 0) }, ']': func() { v.brighten(keyWindow, 0) },
		',': func() { v.brighten(0, keyWindow) }, '.': func() { v.brighten(0, -keyWindow) },
	}[lower(r)]
	if do != nil {
		do()
	}
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + 'a'
	}
	return r
}

// change shows the picture as another look says.
func (v *viewer) change(l view.Look, fast bool) {
	v.look = l
	v.draw(fast)
}

func (v *viewer) zoom(by float64) {
	c := v.canvas()
	v.change(v.look.Zoomed(c, by, view.Point{X: c.Width / 2, Y: c.Height / 2}), false)
}

func (v *viewer) fit() {
	l := v.look
	l.Zoom, l.Shift = 0, view.Point{}
	v.change(l, false)
}

func (v *viewer) actual() { v.change(v.look.Actual(v.canvas(), 1), false) }

func (v *viewer) invert() {
	v.look.Negative = !v.look.Negative
	v.draw(false)
}

func (v *viewer) toggleOver() {
	v.over = !v.over
	v.draw(false)
}

// toggleWords takes the words off the picture, or puts them back: an image may have
// words of its own below them. That it is not for diagnosis stays.
func (v *viewer) toggleWords() {
	v.wordless = !v.wordless
	v.draw(false)
}

// reset shows everything as the file says.
func (v *viewer) reset() {
	v.look, v.over, v.lines, v.from = v.look.Reset(), true, nil, nil
	if v.now.image != nil {
		v.offer()
	}
	v.draw(false)
}

// preset takes one of the windows to choose from.
func (v *viewer) preset(n int) {
	if n < 0 || n >= len(v.choices) {
		return
	}
	w := v.choices[n].Window
	v.look.Window = &w
	if n == 0 {
		v.look.Window = nil
	}
	v.draw(false)
}

func (v *viewer) nextPreset() {
	if len(v.choices) > 0 {
		v.presets.SetSelectedIndex((v.presets.SelectedIndex() + 1) % len(v.choices))
	}
}

// brighten changes the window by parts of all values.
func (v *viewer) brighten(right, down float64) {
	if v.now.frame == nil || len(v.choices) == 0 {
		return
	}
	w := view.Dragged(v.window(v.look), view.Whole(v.choices), right, down)
	v.look.Window = &w
	v.custom()
}

// custom says that the window is none of the list.
func (v *viewer) custom() {
	changed := v.presets.OnChanged
	v.presets.OnChanged = nil
	v.presets.ClearSelected()
	v.presets.OnChanged = changed
	v.draw(true)
}

// another goes to another series that has images.
func (v *viewer) another(by int) {
	for n := v.row + by; n >= 0 && n < len(v.series); n += by {
		if len(v.series[n].Images) > 0 {
			v.choose(n, -1)
			return
		}
	}
}

// wheel leafs through, or magnifies.
func (v *viewer) wheel(at fyne.Position, up, zoom bool) {
	switch {
	case zoom && up:
		v.change(v.look.Zoomed(v.canvas(), zoomStep, v.point(at)), false)
	case zoom:
		v.change(v.look.Zoomed(v.canvas(), 1/zoomStep, v.point(at)), false)
	case up:
		v.show(v.at - 1)
	default:
		v.show(v.at + 1)
	}
}

// press begins a line when measuring.
func (v *viewer) press(at fyne.Position) {
	v.env.Used()
	if v.tool == measuring {
		p := v.look.ToImage(v.canvas(), v.point(at))
		v.from = &p
	}
}

// drag does what the tool does.
func (v *viewer) drag(from, to fyne.Position, move bool) {
	a, b := v.point(from), v.point(to)
	c := v.canvas()
	switch {
	case move || v.tool == moving:
		v.change(v.look.Moved(c, b.X-a.X, b.Y-a.Y), true)
	case v.tool == measuring:
		end := v.look.ToImage(c, b)
		if v.from != nil {
			v.measure(*v.from, end, true)
			v.from = nil
			return
		}
		v.measure(end, end, len(v.lines) == 0)
	default:
		v.brighten((b.X-a.X)/c.Width, (b.Y-a.Y)/c.Height)
	}
}

// drop draws what moved in full.
func (v *viewer) drop() {
	if v.tool == measuring {
		v.from = nil
	}
	v.draw(false)
}

// loadReports fetches what stands beside the images.
func (v *viewer) loadReports() {
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) ([]record.Record, error) {
		return fetchReports(ctx, v.env, v.study.record)
	}, func(found []record.Record, err error) {
		fillReports(v.env, v.box, found, err)
		if len(found) > 0 {
			v.toggleReports()
		}
	})
}
