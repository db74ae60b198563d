package documents

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// page is the list of documents with the open one beside it.
type page struct {
	env       *ui.Env
	wanted    record.ID
	all       []docRow
	shown     []docRow
	withdrawn int
	kind      string // "" for all
	more      bool   // the rest is still being read

	view   *widget.View
	list   *fw.List
	filter *fw.Entry
	kinds  *fw.Select
	count  *widget.Line
	reader *reader
}

// New makes the page of notes and documents, or of one of them in the whole
// window.
func New(env *ui.Env, r ui.Route) ui.Page {
	if r.Words == ui.WholeWindow && r.ID != "" {
		read := newReader(env, true)
		read.show(r.ID)
		return ui.Page{Content: container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), read.view.Object), Find: read.find}
	}
	p := &page{env: env, wanted: r.ID, view: widget.NewView(), reader: newReader(env, false)}
	p.build()
	p.load()
	return ui.Page{Content: p.view.Object, Find: p.reader.find}
}

func (p *page) build() {
	p.count = widget.Caption("")
	p.filter = fw.NewEntry()
	p.filter.SetPlaceHolder(lang.L("Find in this list"))
	p.filter.OnChanged = func(string) { p.list.UnselectAll(); p.apply() }
	p.kinds = fw.NewSelect(nil, nil)
	p.list = fw.NewList(
		func() int { return len(p.shown) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(p.shown[i].Entry) },
	)
	p.list.OnSelected = func(i int) {
		if i < len(p.shown) {
			p.wanted = p.shown[i].ID
			p.reader.show(p.wanted)
		}
	}
}

// listed are the documents as they are listed.
type listed struct {
	rows      []docRow
	withdrawn int
}

// load fetches the documents; of many the newest first.
func (p *page) load() {
	p.view.Loading(lang.L("One moment…"))
	ui.LoadSoon(p.env.Ctx, p.env.Work, func(ctx context.Context, each int) (listed, bool, error) {
		found, more, err := ui.Newest(ctx, p.env, record.KindDocumentReference, each)
		if err != nil {
			return listed{}, false, err
		}
		list, withdrawn := rows(found)
		return listed{list, withdrawn}, more, nil
	}, p.put)
}

// put lists what was found. The rest of many comes below what stands there already.
func (p *page) put(l listed, more bool, err error) {
	if err != nil {
		p.view.Failed(ui.Explain(err), p.load)
		return
	}
	rest := p.more && begins(l.rows, p.all)
	p.all, p.withdrawn, p.more = l.rows, l.withdrawn, more
	if len(p.all) == 0 && p.wanted == "" {
		if !more {
			p.empty()
		}
		return
	}
	p.view.Ready(p.layout())
	if rest {
		p.apply()
		return
	}
	p.list.UnselectAll()
	p.apply()
	p.choose()
}

func (p *page) empty() {
	if p.env.ReadOnly {
		p.view.Empty(lang.L("Nothing here that can be read"), lang.L("This record is damaged: something may be missing."))
		return
	}
	hint := lang.L("Bring in letters, reports, PDF files, pictures or notes, and they will stand here to be read.")
	if p.withdrawn > 0 {
		hint = footer(0, 0, p.withdrawn)
	}
	p.view.Empty(lang.L("Nothing here yet"), hint, fw.NewButton(lang.L("Bring in files"), func() { p.env.Open(ui.Route{Place: ui.BringIn}) }), fw.NewButton(lang.L("Write one down"), p.write))
}

func (p *page) layout() fyne.CanvasObject {
	names, counts := kinds(p.all)
	words := []string{lang.L("All kinds")}
	for i, n := range names {
		words = append(words, n+"  ("+ui.Number(counts[i])+")")
	}
	p.kinds.OnChanged = nil
	p.kinds.SetOptions(ui.Distinct(words))
	p.kinds.SetSelectedIndex(0)
	p.kinds.OnChanged = func(string) {
		p.kind = ""
		if i := p.kinds.SelectedIndex(); i > 0 {
			p.kind = names[i-1]
		}
		p.list.UnselectAll()
		p.apply()
	}
	tools := widget.Column(8, p.heading(), p.filter)
	if len(names) > 1 && !p.more {
		tools.Add(widget.Framed(p.kinds))
	}
	left := container.NewBorder(widget.Inset(18, 10, 16, 12, tools), widget.Inset(6, 8, 16, 12, p.count), nil, nil, widget.Inset(0, 0, 6, 4, p.list))
	split := container.NewHSplit(left, container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.reader.view.Object))
	split.Offset = 0.34
	return split
}

// write opens the form for a note.
func (p *page) write() {
	p.env.Open(ui.Route{Place: ui.Write, Kind: record.KindDocumentReference})
}

// heading is the section's name, with a button that adds to it.
func (p *page) heading() fyne.CanvasObject {
	h := widget.Heading(ui.Section(record.KindDocumentReference))
	if p.env.ReadOnly {
		return h
	}
	return container.NewBorder(nil, nil, nil, fw.NewButtonWithIcon(lang.L("Add"), theme.ContentAddIcon(), p.write), h)
}

// apply shows the rows that the filters let through.
func (p *page) apply() {
	p.shown = filter(p.all, p.kind, p.filter.Text)
	words := footer(len(p.shown), len(p.all), p.withdrawn)
	if p.more {
		words = lang.L("Gathering your record")
	}
	p.count.Set(words)
	p.list.Refresh()
}

// choose opens the wanted document, listed or not, else the first.
func (p *page) choose() {
	at := -1
	for i, r := range p.shown {
		if r.ID == p.wanted {
			at = i
		}
	}
	if c := p.env.Window.Canvas(); c.Focused() == nil {
		c.Focus(p.list)
	}
	switch {
	case at < 0 && p.wanted != "":
		p.reader.show(p.wanted)
	default:
		p.list.Select(max(0, at))
		p.list.ScrollTo(max(0, at))
	}
}
