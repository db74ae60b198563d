// Package timeline shows the record by calendar, newest first: years, months and
// days, visits with what happened in them.
package timeline

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// page shows the rows that the filter leaves.
type page struct {
	env     *ui.Env
	records []record.Record
	kind    record.Kind // "" for all
	rows    []clinic.TimelineRow
	list    *fw.List
	years   *fw.Select
	foot    *widget.Line
	view    *widget.View
}

// New makes the page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, view: widget.NewView(), foot: widget.Caption("")}
	p.load()
	return ui.Page{Content: container.NewBorder(widget.Inset(18, 10, 24, 24, widget.Heading(lang.L("Timeline"))), nil, nil, nil, p.view.Object)}
}

func (p *page) load() {
	p.view.Loading(lang.L("Gathering your record"))
	ui.Load(p.env.Ctx, p.env.Work, p.fetch, func(found []record.Record, err error) {
		switch p.records = found; {
		case err != nil:
			p.view.Failed(ui.Explain(err), p.load)
		case len(found) == 0:
			p.view.Empty(lang.L("Nothing here yet"), lang.L("Bring in a file from a hospital, a doctor or an app, and what it says about this will stand here."))
		default:
			p.view.Ready(p.layout())
			p.arrange()
		}
	})
}

// fetch reads everything that stands in the timeline.
func (p *page) fetch(ctx context.Context) ([]record.Record, error) {
	var found []record.Record
	for r, err := range p.env.Vault.Query(ctx, record.Filter{Person: p.env.Person}) {
		if err != nil {
			return nil, err
		}
		if r.Resource.Kind() != record.KindPatient && !r.Resource.Kind().Ledger() && ui.Listed(r) {
			found = append(found, r)
		}
	}
	return found, nil
}

func (p *page) layout() fyne.CanvasObject {
	kinds := kindsOf(p.records)
	words := []string{lang.L("Everything")}
	for _, k := range kinds {
		words = append(words, ui.Section(k))
	}
	filter := fw.NewSelect(ui.Distinct(words), nil)
	filter.SetSelectedIndex(0)
	filter.OnChanged = func(string) {
		p.kind = ""
		if i := filter.SelectedIndex(); i > 0 {
			p.kind = kinds[i-1]
		}
		p.arrange()
	}
	p.years = fw.NewSelect(nil, nil)
	p.years.PlaceHolder = lang.L("Go to a year")
	p.list = fw.NewList(func() int { return len(p.rows) }, newRow, func(i int, o fyne.CanvasObject) { p.rowAt(i).show(o) })
	p.list.OnSelected = p.open
	head := widget.Inset(0, 8, 24, 24, container.NewGridWithColumns(3, widget.Framed(filter), widget.Framed(p.years)))
	foot := widget.Inset(6, 8, 24, 12, p.foot)
	return container.NewBorder(head, foot, nil, nil, widget.Inset(0, 0, 12, 12, p.list))
}

// arrange works the rows out, off the UI goroutine, and shows them.
func (p *page) arrange() {
	filter := clinic.TimelineFilter{}
	if p.kind != "" {
		filter.Kinds = []record.Kind{p.kind}
	}
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([]clinic.TimelineRow, error) {
		return clinic.TimelineOf(p.records, filter).Rows(), nil
	}, func(rows []clinic.TimelineRow, _ error) {
		p.rows = rows
		p.list.UnselectAll()
		p.list.Refresh()
		p.list.ScrollToTop()
		years, at := yearsOf(rows)
		p.years.OnChanged = nil
		p.years.SetOptions(years)
		p.years.ClearSelected()
		p.years.OnChanged = func(string) {
			if i := p.years.SelectedIndex(); i >= 0 {
				p.list.ScrollTo(len(rows) - 1) // so that the year comes to the top, not to the end
				p.list.ScrollTo(at[i])
			}
		}
		p.foot.Set(ui.Of(shown(rows), len(p.records)))
	})
}

// open shows the entry of a row.
func (p *page) open(i int) {
	r := p.rows[i]
	if r.Level != clinic.RecordRow {
		p.list.Unselect(i)
		return
	}
	p.env.Open(ui.Route{Place: ui.Records, Kind: r.Line.Resource.Kind(), ID: r.Line.ID})
}
