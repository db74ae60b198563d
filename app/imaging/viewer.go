package imaging

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

// cacheLimit bounds the stored values of decoded frames, in bytes.
const cacheLimit = 96 << 20

// viewer shows the pictures of one series, one at a time. Its fields live on the
// UI goroutine.
type viewer struct {
	env   *ui.Env
	route ui.Route
	view  *widget.View

	study  studyRow
	series []seriesRow
	row    int // of series
	person *record.Patient

	reel  *reel
	stack view.Stack
	by    view.By
	at    int // of stack: what is wanted
	step  int // the direction in which it was reached
	cache *view.Cache
	look  view.Look
	tool  tool

	wordless bool // the corners are empty
	over     bool // planes that lie over the image are shown

	fetching bool
	asked    int // how often the wanted picture was fetched
	drawer
	player
	ruler
	controls
}

// seen is a picture that was decoded.
type seen struct {
	at    int // of the stack
	step  view.Step
	image *imaging.Image
	frame *imaging.Frame
}

// newViewerPage makes the page of a study's images.
func newViewerPage(env *ui.Env, r ui.Route) ui.Page {
	v := &viewer{env: env, route: r, view: widget.NewView(), cache: view.NewCache(cacheLimit), over: true, step: 1}
	v.build()
	v.load()
	return ui.Page{Content: v.view.Object}
}

// opened is what a viewer needs of the record.
type opened struct {
	study  record.Record
	person *record.Patient
}

func (v *viewer) load() {
	v.view.Loading(lang.L("One moment…"))
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (opened, error) {
		r, err := v.env.Vault.Get(ctx, v.route.ID)
		if err != nil {
			return opened{}, err
		}
		_, p, err := v.env.Patient(ctx)
		return opened{r, p}, err
	}, func(o opened, err error) {
		if err != nil {
			v.view.Failed(ui.Explain(err), v.load)
			return
		}
		v.person = o.person
		v.ready(o.study)
	})
}

// ready shows the series that the route names.
func (v *viewer) ready(r record.Record) {
	rows, _ := studies([]record.Record{r})
	if len(rows) > 0 {
		v.study, v.series = rows[0], seriesOf(rows[0].study)
	}
	row, image, ok := wanted(v.series, v.route.Words)
	if !ok {
		v.view.Empty(lang.L("No images in the record"), lang.L("The study tells of this series, but no image of it was brought in."), fw.NewButton(lang.L("Back to the study"), v.back))
		return
	}
	v.view.Ready(v.layout())
	v.strip(row)
	v.choose(row, image)
	v.env.Window.Canvas().Focus(v.pic)
	v.loadReports()
}

func (v *viewer) back() {
	v.env.Open(ui.Route{Place: ui.Imaging, Kind: record.KindImagingStudy, ID: v.route.ID})
}

// choose shows a series; image is one of it, or negative for the one in the
// middle... of a stack, which tells most.
func (v *viewer) choose(row, image int) {
	if row < 0 || row >= len(v.series) || len(v.series[row].Images) == 0 {
		return
	}
	v.stop()
	v.row, v.look, v.lines = row, view.Look{}, nil
	v.cache = view.NewCache(cacheLimit)
	v.reel = newReel(v.env, v.series[row].Images)
	v.drawer.reset()
	v.stack, v.by = v.reel.stack()
	at := 0
	if image >= 0 {
		at = max(0, v.stack.Find(view.Step{Image: image}))
	}
	v.marked(row)
	v.slide()
	v.show(at)
	v.prepare()
}

// show asks for a picture of the stack.
func (v *viewer) show(at int) {
	v.env.Used()
	if len(v.stack) == 0 {
		return
	}
	at = v.stack.Clamp(at)
	if at != v.at {
		v.step = at - v.at
	}
	v.at = at
	v.slide()
	v.fetch()
}

// fetch brings the wanted picture; while one is being decoded the next waits, and
// only the latest is fetched.
func (v *viewer) fetch() {
	if v.fetching || len(v.stack) == 0 {
		return
	}
	at, step, reel := v.at, v.stack[v.at], v.reel
	if f := v.cache.Get(step); f != nil {
		v.present(seen{at, step, reel.opened(step.Image), f})
		return
	}
	v.fetching = true
	v.asked++
	asked := v.asked
	ui.After(v.env.Ctx, v.env.Work, patience, func() {
		if v.fetching && v.asked == asked && v.now.step != step {
			v.waiting.Show()
		}
	})
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (seen, error) {
		i, f, err := reel.frame(ctx, step)
		return seen{at, step, i, f}, err
	}, func(s seen, err error) {
		v.fetching = false
		if reel != v.reel {
			v.fetch()
			return
		}
		if err == nil {
			v.cache.Put(step, s.frame)
		}
		switch wanted := v.at < len(v.stack) && v.stack[v.at] == step; {
		case err == nil && wanted:
			v.present(s)
		case err != nil && wanted:
			v.waiting.Hide()
			v.failed(s, err)
		default:
			if err == nil {
				v.present(s)
			}
			v.fetch()
		}
	})
}

// present draws a picture that was decoded, and then has those beside it ready.
func (v *viewer) present(s seen) {
	v.waiting.Hide()
	v.trouble.Objects = nil
	v.trouble.Hide()
	s.at = max(0, v.stack.Find(s.step))
	v.now = s
	v.offer()
	v.draw(false)
	if v.stack[v.at] == s.step {
		v.ahead()
	}
}

// failed says why the wanted picture is not shown. Nothing of another one stays.
func (v *viewer) failed(s seen, err error) {
	v.now, v.drawn, v.base = seen{at: max(0, v.stack.Find(s.step)), step: s.step}, seen{}, nil
	v.pic.Image, v.pic.Lines = nil, nil
	v.letters(imaging.Orientation{})
	v.pic.Corners = v.corners(v.now, v.look)
	v.pic.Refresh()
	v.presets.SetOptions(nil)
	v.presets.Disable()
	v.explain(err)
	v.played(false)
}

// ahead decodes pictures beside the one that is shown, one at a time, as long as
// nothing else is asked for.
func (v *viewer) ahead() {
	const most = 12
	if v.fetching {
		return
	}
	size := 0
	if v.now.frame != nil {
		size = len(v.now.frame.Values)
	}
	for _, n := range v.stack.Near(v.at, v.step, most) {
		step, reel := v.stack[n], v.reel
		if v.cache.Get(step) != nil || !v.cache.Room(size) || v.skip[step] {
			continue
		}
		v.fetching = true
		ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (*imaging.Frame, error) {
			_, f, err := reel.frame(ctx, step)
			return f, err
		}, func(f *imaging.Frame, err error) {
			v.fetching = false
			if reel != v.reel {
				v.fetch()
				return
			}
			if err != nil {
				v.skip[step] = true
			} else {
				v.cache.Put(step, f)
			}
			if v.now.step != v.stack[v.at] || v.now.frame == nil {
				v.fetch()
				return
			}
			v.ahead()
		})
		return
	}
}

// prepare opens all images of the series, so that they can be put in the order in
// which they lie in the patient.
func (v *viewer) prepare() {
	reel := v.reel
	if len(reel.list) < 2 {
		v.progress.Hide()
		return
	}
	ctx, cancel := context.WithCancel(v.env.Ctx)
	v.endPrepare()
	v.endPrepare = cancel
	told := ui.Throttled(v.env.Work, func(n int) {
		if v.reel == reel && ctx.Err() == nil {
			v.reading(n, len(reel.list))
		}
	})
	ui.Do(ctx, v.env.Work, func(ctx context.Context) (int, error) {
		for n := range reel.list {
			_, err := reel.image(ctx, n)
			if ctx.Err() != nil {
				return n, ctx.Err()
			}
			_ = err // told when that image is looked at
			told(n + 1)
		}
		return len(reel.list), nil
	}, func(_ int, err error) {
		if v.env.Ctx.Err() != nil || reel != v.reel {
			return
		}
		v.progress.Hide()
		if err == nil {
			v.reorder()
		}
		cancel()
	})
}

// reorder puts the stack in its final order; what is looked at stays.
func (v *viewer) reorder() {
	step := v.stack[v.at]
	v.stack, v.by = v.reel.stack()
	v.at = max(0, v.stack.Find(step))
	v.now.at = max(0, v.stack.Find(v.now.step))
	v.slide()
	v.draw(false)
}

// drawer turns the shown picture into pixels of the screen, off the UI goroutine;
// while it draws, only the latest wish waits.
type drawer struct {
	now           seen // what is to be drawn
	drawn         seen // what stands in the window
	look0         view.Look
	width, height int
	scale         float32
	drawing       bool
	again, smooth bool
	base          *base
	skip          map[view.Step]bool // cannot be shown
}

// base is a picture in its own size, kept while only its place in the view changes.
type base struct {
	step     view.Step
	window   imaging.Window
	own      bool // the file's first window
	negative bool
	over     bool
	image    image.Image
}

func (d *drawer) reset() {
	d.now, d.drawn, d.base, d.skip = seen{}, seen{}, nil, map[view.Step]bool{}
}

func wish(s seen, l view.Look, over bool) base {
	b := base{step: s.step, own: l.Window == nil, negative: l.Negative, over: over}
	if l.Window != nil {
		b.window = *l.Window
	}
	return b
}

func (b *base) same(w base) bool {
	return b != nil && b.step == w.step && b.window == w.window && b.own == w.own && b.negative == w.negative && b.over == w.over
}

// draw shows the picture as the look says. fast is for while something moves.
func (v *viewer) draw(fast bool) {
	if v.now.frame == nil || v.width < 1 || v.height < 1 {
		return
	}
	if v.drawing {
		v.again, v.smooth = true, !fast
		return
	}
	v.drawing = true
	s, l, over, old, width, height := v.now, v.look, v.over, v.base, v.width, v.height
	type result struct {
		base   *base
		pixels *image.RGBA
	}
	ui.Load(v.env.Ctx, v.env.Work, func(context.Context) (result, error) {
		b := old
		if w := wish(s, l, over); !b.same(w) {
			w.image = view.Picture(s.image, s.frame, s.step.Frame, l, over)
			b = &w
		}
		return result{b, view.Render(b.image, l, s.image.PixelAspect(s.step.Frame), width, height, fast)}, nil
	}, func(r result, err error) {
		v.drawing = false
		if again := v.again; again {
			v.again = false
			defer v.draw(!v.smooth)
		}
		if v.now.frame == nil { // it cannot be shown any more
			return
		}
		if err != nil {
			v.failed(s, err)
			return
		}
		v.base, v.drawn, v.look0 = r.base, s, l
		v.pic.Image = r.pixels
		v.pic.Corners = v.corners(s, l)
		v.letters(s.image.Of(s.step.Frame).Orientation)
		v.pic.Lines, v.pic.Cross = v.marks()
		v.pic.Refresh()
		v.tick()
	})
}

// corners are the words over a picture.
func (v *viewer) corners(s seen, l view.Look) [4][]string {
	if v.wordless {
		return [4][]string{3: {notForDiagnosis()}}
	}
	return v.caption(s, l).corners()
}

func (v *viewer) letters(o imaging.Orientation) {
	o = view.Letters(o)
	v.pic.Left, v.pic.Right, v.pic.Top, v.pic.Bottom = o.Left, o.Right, o.Top, o.Bottom
}

// canvas says how the shown image lies in the window, in pixels of the screen.
func (v *viewer) canvas() view.Canvas {
	c := view.Canvas{Width: float64(v.width), Height: float64(v.height), Columns: 1, Rows: 1, Aspect: 1}
	if i := v.now.image; i != nil {
		c.Columns, c.Rows, c.Aspect = i.Columns, i.Rows, i.PixelAspect(v.now.step.Frame)
	}
	return c
}

// point is a position of the widget in pixels of the screen.
func (v *viewer) point(p fyne.Position) view.Point {
	return view.Point{X: float64(p.X * v.scale), Y: float64(p.Y * v.scale)}
}

// layout is the viewer in the window.
func (v *viewer) layout() fyne.CanvasObject {
	middle := container.NewStack(v.pic, container.NewCenter(v.waiting), container.NewCenter(v.trouble))
	bottom := widget.Inset(6, 6, 10, 10, container.NewVBox(v.slider, container.NewBorder(nil, nil, nil, v.progress, v.hint)))
	top := widget.Inset(8, 8, 10, 10, v.bar)
	return container.NewBorder(top, bottom, v.side, v.reports, middle)
}
