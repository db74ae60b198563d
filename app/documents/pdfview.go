package documents

import (
	"context"
	"image"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/record"
)

// pdfView shows a PDF file, a page at a time. Its fields live on the UI goroutine.
type pdfView struct {
	env   *ui.Env
	file  paper.File
	hash  record.Hash
	state *widget.View
	about paper.PDF
	page  int // counted from 0
	zoom  zoom
	scale float32 // pixels of a point

	drawn    *pageCache
	fetching bool
	failed   map[int]error // by page

	matches []paper.Match
	at      int // of matches; negative for none

	sheet  *widget.Sheet
	place  *widget.View // of the page: waiting, failed, there
	number *fw.Entry
	of     *widget.Line
	notes  *fyne.Container
	tools  []fyne.CanvasObject
}

// newPDFView shows a file, from a page counted from 0.
func newPDFView(env *ui.Env, file record.Hash, name string, page int) *view {
	v := &pdfView{env: env, file: fileOf(env, file), hash: file, page: page, state: widget.NewView(), place: widget.NewView(), sheet: widget.NewSheet(), drawn: newPageCache(), failed: map[int]error{}, at: -1, scale: 1}
	v.zoom.own = fyne.NewSize(794, 1123) // A4, until the page tells
	v.sheet.OnSize = func(room fyne.Size, scale float32) { v.zoom.room, v.scale = room, scale; v.draw() }
	v.sheet.OnKey, v.sheet.OnRune, v.sheet.OnEnd = v.key, v.rune, v.onward
	v.number = fw.NewEntry()
	v.number.OnSubmitted = func(s string) {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
			v.turn(n - 1)
		}
		v.told()
		env.Window.Canvas().Focus(v.sheet)
	}
	v.of = widget.NewLine("", "", "")
	v.of.Whole = true
	v.notes = container.NewVBox()
	tools := []fyne.CanvasObject{
		button("", theme.NavigateBackIcon(), func() { v.turn(v.page - 1) }),
		container.NewHBox(container.NewStack(widget.Room(fyne.NewSize(52, 1)), v.number), container.NewCenter(v.of)),
		button("", theme.NavigateNextIcon(), func() { v.turn(v.page + 1) }),
		button("+", theme.ZoomInIcon(), func() { v.set(v.zoom.by(zoomStep)) }),
		button("−", theme.ZoomOutIcon(), func() { v.set(v.zoom.by(1 / zoomStep)) }),
		button(lang.L("Page width (0)"), theme.ViewFullScreenIcon(), func() { v.rune('0') }),
		button(lang.L("Whole page (1)"), theme.ZoomFitIcon(), func() { v.rune('1') }),
	}
	made := &view{name: name, object: v.state.Object, start: v.load, tools: tools, finder: newFinder(env, v.search, v.show), focus: func() { env.Window.Canvas().Focus(v.sheet) }}
	v.tools = append(tools, made.finder.object)
	v.usable(false)
	return made
}

// usable shows the tools, which are of no use before there is a page.
func (v *pdfView) usable(yes bool) {
	for _, t := range v.tools {
		if yes {
			t.Show()
		} else {
			t.Hide()
		}
	}
}

// load reads how many pages there are.
func (v *pdfView) load() {
	if v.env.Paper.PDF == nil || v.env.Paper.Page == nil {
		v.state.Empty(lang.L("PDF files are not shown here"), lang.L("Save a copy to open it in another program."), saveButton(v.env, v.hash))
		return
	}
	v.state.Loading(lang.L("Opening the document…"))
	file := v.file
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (paper.PDF, error) {
		return v.env.Paper.PDF(ctx, file)
	}, func(about paper.PDF, err error) {
		switch {
		case err != nil:
			v.state.Failed(trouble(err), v.load)
			return
		case about.Locked:
			v.ask()
			return
		}
		v.about = about
		v.page = min(max(0, v.page), about.Pages-1)
		if w := activeWords(about); w != "" {
			v.notes.Objects = []fyne.CanvasObject{widget.Inset(0, 6, 10, 10, widget.Banner(ui.Care, "", w))}
		}
		v.usable(true)
		v.state.Ready(container.NewBorder(v.notes, nil, nil, nil, v.place.Object))
		v.told()
		v.draw()
	})
}

// ask asks for the password of a locked file. It is kept as long as the file is
// shown, and nowhere but in memory.
func (v *pdfView) ask() {
	password := fw.NewPasswordEntry()
	password.SetPlaceHolder(lang.L("The file's password"))
	open := func() {
		if password.Text != "" {
			v.file.Password = password.Text
			v.load()
		}
	}
	password.OnSubmitted = func(string) { open() }
	title, hint := lang.L("This PDF is locked with a password"), lang.L("Whoever sent it can tell you. Carnet does not keep it: it asks again next time.")
	if v.file.Password != "" {
		title = lang.L("That is not the password of this PDF")
	}
	b := fw.NewButton(lang.L("Open it"), open)
	b.Importance = fw.HighImportance
	v.state.Empty(title, hint, container.NewStack(widget.Room(fyne.NewSize(18*theme.TextSize(), 1)), password), b)
}

// activeWords says what a file could do in another program; "" for nothing.
func activeWords(about paper.PDF) string {
	if len(about.Active) == 0 {
		return ""
	}
	return lang.L("Nothing in this file runs here. Opened in another program it could: {{.Deeds}}.", map[string]any{"Deeds": strings.Join(about.Active, ", ")})
}

// turn goes to a page.
func (v *pdfView) turn(page int) {
	if page = min(max(0, page), v.about.Pages-1); page == v.page || v.about.Pages == 0 {
		return
	}
	v.env.Used()
	v.page = page
	v.told()
	v.sheet.ToTop(false)
	v.draw()
}

// onward goes on to the next page, or back to the end of the one before.
func (v *pdfView) onward(down bool) {
	before := v.page
	if down {
		v.turn(v.page + 1)
	} else if v.turn(v.page - 1); v.page != before {
		v.sheet.ToTop(true)
	}
}

func (v *pdfView) set(z zoom) { v.zoom = z; v.draw() }

// told says which page it is.
func (v *pdfView) told() {
	v.number.SetText(strconv.Itoa(v.page + 1))
	v.of.Set(lang.L("of {{.Pages}}", map[string]any{"Pages": ui.Number(v.about.Pages)}))
}

// draw shows the wanted page, or has it drawn: one at a time, the latest wish next.
func (v *pdfView) draw() {
	if v.about.Pages == 0 {
		return
	}
	if err := v.failed[v.page]; err != nil {
		v.place.Failed(trouble(err), func() { delete(v.failed, v.page); v.draw() })
		return
	}
	want := pageKey{v.page, v.zoom.pixels(v.scale)}
	if p := v.drawn.get(want); p != nil {
		v.present(*p)
		return
	}
	if p := v.drawn.any(v.page); p != nil { // in another size, meanwhile
		v.present(*p)
		if now := (pageKey{v.page, v.zoom.pixels(v.scale)}); now != want {
			want = now
		}
	} else {
		v.place.Loading(lang.L("Drawing the page…"))
	}
	if v.fetching {
		return
	}
	v.fetching = true
	file := v.file
	ui.Load(v.env.Ctx, v.env.Work, func(ctx context.Context) (drawnPage, error) {
		i, full, err := v.env.Paper.Page(ctx, file, want.page, want.width)
		return drawnPage{want, i, full}, err
	}, func(p drawnPage, err error) {
		v.fetching = false
		if err != nil {
			v.failed[want.page] = err
		} else {
			v.drawn.put(p)
		}
		v.draw()
	})
}

// present shows a page that was drawn, with what was found on it.
func (v *pdfView) present(p drawnPage) {
	const inch = 96.0 / 72 // points of the window to those of paper
	v.zoom.own = fyne.NewSize(float32(p.full.X)*inch, float32(p.full.Y)*inch)
	if v.place.State != widget.Ready {
		v.place.Ready(v.sheet)
	}
	v.sheet.Set(p.image, v.zoom.size())
	v.sheet.Mark(v.areas())
}

// areas are what was found on the page that is shown.
func (v *pdfView) areas() []widget.SheetArea {
	var out []widget.SheetArea
	for i, m := range v.matches {
		if m.Page != v.page {
			continue
		}
		for _, a := range m.Areas {
			out = append(out, widget.SheetArea{Left: float32(a.Left), Top: float32(a.Top), Right: float32(a.Right), Bottom: float32(a.Bottom), Now: i == v.at})
		}
	}
	return out
}

// search looks for words on all pages.
func (v *pdfView) search(ctx context.Context, words string) (found, error) {
	if v.env.Paper.Find == nil {
		return found{}, nil
	}
	matches, more, err := v.env.Paper.Find(ctx, v.file, words)
	return found{n: len(matches), more: more, take: func() int {
		v.matches = matches
		return max(0, slices.IndexFunc(matches, func(m paper.Match) bool { return m.Page >= v.page }))
	}}, err
}

// show goes to a place of the words.
func (v *pdfView) show(at int) {
	if v.at = at; at < 0 || at >= len(v.matches) {
		v.matches, v.at = nil, -1
	} else {
		v.turn(v.matches[at].Page)
	}
	v.draw()
}

func (v *pdfView) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyPageDown, fyne.KeySpace:
		v.turn(v.page + 1)
	case fyne.KeyPageUp, fyne.KeyBackspace:
		v.turn(v.page - 1)
	case fyne.KeyHome:
		v.turn(0)
	case fyne.KeyEnd:
		v.turn(v.about.Pages - 1)
	}
}

func (v *pdfView) rune(r rune) {
	switch r {
	case '+':
		v.set(v.zoom.by(zoomStep))
	case '-':
		v.set(v.zoom.by(1 / zoomStep))
	case '0':
		v.zoom.fit = toWidth
		v.draw()
	case '1':
		v.zoom.fit = toWhole
		v.draw()
	}
}

// pageKey is a page drawn so many pixels wide.
type pageKey struct{ page, width int }

// drawnPage is a page with its size on paper.
type drawnPage struct {
	pageKey
	image *image.RGBA
	full  image.Point
}

// pageCache keeps the pages that were drawn last.
type pageCache struct {
	pages []drawnPage // the latest at the end
	bytes int
}

// cacheLimit bounds the pixels of pages that are kept, in bytes.
const cacheLimit = 96 << 20

func newPageCache() *pageCache { return &pageCache{} }

func (c *pageCache) get(k pageKey) *drawnPage {
	for i := range c.pages {
		if c.pages[i].pageKey == k {
			return &c.pages[i]
		}
	}
	return nil
}

// any is the page in whatever size it was drawn last.
func (c *pageCache) any(page int) *drawnPage {
	for i := len(c.pages) - 1; i >= 0; i-- {
		if c.pages[i].page == page {
			return &c.pages[i]
		}
	}
	return nil
}

func (c *pageCache) put(p drawnPage) {
	c.pages = append(c.pages, p)
	c.bytes += len(p.image.Pix)
	for c.bytes > cacheLimit && len(c.pages) > 1 {
		c.bytes -= len(c.pages[0].image.Pix)
		c.pages = c.pages[1:]
	}
}
