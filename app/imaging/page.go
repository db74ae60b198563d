package imaging

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// New makes the page of a route: the list of studies, or the images of one.
func New(env *ui.Env, r ui.Route) ui.Page {
	if r.ID != "" && r.Words != "" {
		return newViewerPage(env, r)
	}
	p := &page{env: env, wanted: r.ID, view: widget.NewView(), detail: newDetail(env)}
	p.build()
	p.load()
	return ui.Page{Content: p.view.Object}
}

// page is the list of studies with the open one beside it.
type page struct {
	env       *ui.Env
	wanted    record.ID
	rows      []studyRow
	withdrawn int

	view   *widget.View
	list   *fw.List
	detail *detail
}

func (p *page) build() {
	p.list = fw.NewList(
		func() int { return len(p.rows) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(p.rows[i].Entry) },
	)
	p.list.OnSelected = func(i int) {
		if i < len(p.rows) {
			p.wanted = p.rows[i].ID
			p.detail.show(p.rows[i])
		}
	}
}

// load fetches the studies.
func (p *page) load() {
	p.view.Loading(lang.L("One moment…"))
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) ([]record.Record, error) {
		var found []record.Record
		for r, err := range p.env.Vault.Query(ctx, record.Filter{Person: p.env.Person, Kind: record.KindImagingStudy}) {
			if err != nil {
				return nil, err
			}
			found = append(found, r)
		}
		return found, nil
	}, func(found []record.Record, err error) {
		if err != nil {
			p.view.Failed(ui.Explain(err), p.load)
			return
		}
		if p.rows, p.withdrawn = studies(found); len(p.rows) == 0 {
			p.empty()
			return
		}
		p.view.Ready(p.layout())
		p.choose()
	})
}

func (p *page) empty() {
	if p.env.ReadOnly {
		p.view.Empty(lang.L("Nothing here that can be read"), lang.L("This record is damaged: something may be missing."))
		return
	}
	b := fw.NewButton(lang.L("Bring in files"), func() { p.env.Open(ui.Route{Place: ui.BringIn}) })
	p.view.Empty(lang.L("Nothing here yet"), lang.L("Bring in a CD from a hospital or a radiologist, or the folder or ZIP they gave you: X-rays, CT, MRI and ultrasound will stand here with their reports."), b, p.discButton())
}

func (p *page) layout() fyne.CanvasObject {
	words := ui.Of(len(p.rows), len(p.rows))
	if p.withdrawn > 0 {
		words += "  ·  " + lang.N("{{.Count}} withdrawn by their source, not shown", p.withdrawn, map[string]any{"Count": p.withdrawn})
	}
	head := widget.Inset(18, 10, 16, 12, widget.Heading(ui.Section(record.KindImagingStudy)))
	left := container.NewBorder(head, widget.Inset(6, 8, 16, 12, widget.Column(6, widget.Caption(words), container.NewHBox(p.discButton()))), nil, nil, widget.Inset(0, 0, 6, 4, p.list))
	split := container.NewHSplit(left, container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.detail.view.Object))
	split.Offset = 0.34
	return split
}

// choose opens the wanted study, else the first.
func (p *page) choose() {
	at := 0
	for i, r := range p.rows {
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
