package search

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// page shows the hits for the words of its route.
type page struct {
	env   *ui.Env
	words string
	hits  []row
	view  *widget.View
}

// New makes the search page.
func New(env *ui.Env, r ui.Route) ui.Page {
	p := &page{env: env, words: strings.TrimSpace(r.Words), view: widget.NewView()}
	p.load()
	head := widget.Inset(18, 10, 24, 24, widget.Heading(lang.L("Search")))
	return ui.Page{Content: container.NewBorder(head, nil, nil, nil, p.view.Object)}
}

func (p *page) load() {
	if p.words == "" {
		p.view.Empty(lang.L("Search the whole record"), lang.L("Type a word in the field above: a medicine, a test, a doctor, a word from a letter."))
		return
	}
	p.view.Loading(lang.L("Searching…"))
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) ([]vault.Hit, error) {
		return p.env.Vault.Search(ctx, p.words, record.Filter{Person: p.env.Person}, limit)
	}, func(hits []vault.Hit, err error) {
		if err != nil {
			p.view.Failed(ui.Explain(err), p.load)
			return
		}
		if p.hits = rows(hits); len(p.hits) == 0 {
			p.view.Empty(lang.L("Nothing found for “{{.Words}}”", map[string]any{"Words": p.words}), lang.L("Try another spelling, or fewer words."))
			return
		}
		p.view.Ready(p.layout())
	})
}

func (p *page) layout() fyne.CanvasObject {
	list := fw.NewList(
		func() int { return len(p.hits) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).SetStrong(p.hits[i].Entry, p.hits[i].strong) },
	)
	list.OnSelected = func(i int) {
		h := p.hits[i]
		p.env.Open(ui.Route{Place: ui.Records, Kind: h.Kind, ID: h.ID})
	}
	foot := widget.Inset(6, 8, 24, 12, widget.Caption(footer(len(p.hits))))
	return container.NewBorder(nil, foot, nil, nil, widget.Inset(0, 0, 12, 12, list))
}
