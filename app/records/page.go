package records

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// page is one section: the list at the left, the open entry at the right.
type page struct {
	env       *ui.Env
	kind      record.Kind
	all       []record.Record
	shown     []record.Record
	withdrawn int
	more      bool // the rest is still being read
	keys      keys

	view   *widget.View
	list   *fw.List
	filter *fw.Entry
	count  *widget.Line
	detail *detail
	wanted record.ID
}

// New makes the page of a section.
func New(env *ui.Env, r ui.Route) ui.Page {
	p := &page{env: env, kind: r.Kind, wanted: r.ID, view: widget.NewView(), detail: newDetail(env)}
	p.build()
	p.load()
	return ui.Page{Content: p.view.Object}
}

func (p *page) build() {
	p.count = widget.Caption("")
	p.filter = fw.NewEntry()
	p.filter.SetPlaceHolder(lang.L("Find in this list"))
	p.filter.OnChanged = func(string) { p.list.UnselectAll(); p.apply() }
	p.list = fw.NewList(
		func() int { return len(p.shown) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(ui.EntryOf(p.shown[i])) },
	)
	p.list.OnSelected = func(i int) {
		if i < len(p.shown) {
			p.wanted = p.shown[i].ID
			p.detail.show(p.shown[i].ID)
		}
	}
}

// load fetches the section; of a long one its newest entries first.
func (p *page) load() {
	p.view.Loading(lang.L("One moment…"))
	ui.LoadSoon(p.env.Ctx, p.env.Work, func(ctx context.Context, each int) (listed, bool, error) {
		found, more, err := ui.Newest(ctx, p.env, p.kind, each)
		return list(found), more, err
	}, p.show)
}

// show lists what was found. The rest of a long section comes below what stands
// there already.
func (p *page) show(found listed, more bool, err error) {
	if err != nil {
		p.view.Failed(ui.Explain(err), p.load)
		return
	}
	rest := p.more && begins(found.records, p.all)
	waiting := p.more && !among(p.all, p.wanted) // what was asked for stands further down
	p.all, p.withdrawn, p.more, p.keys = found.records, found.withdrawn, more, nil
	switch {
	case len(p.all) == 0 && !more:
		p.empty()
		return
	case !rest:
		p.view.Ready(p.layout())
	}
	if !rest {
		p.list.UnselectAll()
	}
	p.apply()
	if (!rest || waiting) && (!more || among(p.all, p.wanted)) {
		p.open()
	}
}

func (p *page) empty() {
	hint := lang.L("Bring in a file from a hospital, a doctor or an app, and what it says about this will stand here.")
	if p.withdrawn > 0 {
		hint = footer(0, 0, p.withdrawn)
	}
	b := fw.NewButton(lang.L("Bring in files"), func() { p.env.Open(ui.Route{Place: ui.BringIn}) })
	write := fw.NewButton(lang.L("Write one down"), p.write)
	if p.env.ReadOnly {
		p.view.Empty(lang.L("Nothing here that can be read"), lang.L("This record is damaged: something may be missing."))
		return
	}
	p.view.Empty(lang.L("Nothing here yet"), hint, b, write)
}

// write opens the forms of the section.
func (p *page) write() { p.env.Open(ui.Route{Place: ui.Write, Kind: p.kind}) }

func (p *page) layout() fyne.CanvasObject {
	head := widget.Inset(18, 10, 16, 12, widget.Column(8, p.heading(), p.filter))
	left := container.NewBorder(head, widget.Inset(6, 8, 16, 12, p.count), nil, nil, widget.Inset(0, 0, 6, 4, p.list))
	split := container.NewHSplit(left, container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.detail.view.Object))
	split.Offset = 0.42
	return split
}

// heading is the section's name, with a button that adds to it.
func (p *page) heading() fyne.CanvasObject {
	h := widget.Heading(ui.Section(p.kind))
	if p.env.ReadOnly || p.kind == record.KindPatient {
		return h
	}
	add := fw.NewButtonWithIcon(lang.L("Add"), theme.ContentAddIcon(), p.write)
	return container.NewBorder(nil, nil, nil, add, h)
}

// apply shows the entries that the filter lets through.
func (p *page) apply() {
	words := p.filter.Text
	if strings.TrimSpace(words) == "" {
		p.put(p.all)
		return
	}
	all, known := p.all, p.keys
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) (filtered, error) {
		if known == nil {
			known = keysOf(all)
		}
		return filtered{known.filter(all, words), known}, nil
	}, func(f filtered, _ error) {
		if words != p.filter.Text || len(all) != len(p.all) {
			return // something else was typed or read meanwhile
		}
		p.keys = f.keys
		p.put(f.records)
	})
}

// put lists entries.
func (p *page) put(shown []record.Record) {
	p.shown = shown
	words := footer(len(shown), len(p.all), p.withdrawn)
	if p.more {
		words = lang.L("Gathering your record")
	}
	p.count.Set(words)
	p.list.Refresh()
}

// open shows the wanted entry, else the first.
func (p *page) open() {
	at := 0
	for i, r := range p.shown {
		if r.ID == p.wanted {
			at = i
		}
	}
	p.list.Select(at)
	if c := p.env.Window.Canvas(); c.Focused() == nil {
		c.Focus(p.list)
	}
	if at > 0 {
		p.list.ScrollTo(at)
	}
}
