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
	more    bool        // the rest is still being read
	kind    record.Kind // "" for all
	rows    []clinic.TimelineRow
	list    *fw.List
	years   *fw.Select
	strip   *widget.Strip
	told    *widget.Line // of the year that is pointed at
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
	ui.LoadSoon(p.env.Ctx, p.env.Work, p.fetch, func(found gathered, more bool, err error) {
		rest := p.more
		p.records, p.more = found.records, more
		switch {
		case err != nil:
			p.view.Failed(ui.Explain(err), p.load)
		case len(found.records) == 0 && more: // nothing has a date that is near: all is on its way
		case len(found.records) == 0:
			p.view.Empty(lang.L("Nothing here yet"), lang.L("Bring in a file from a hospital, a doctor or an app, and what it says about this will stand here."))
		default:
			at := float32(0)
			if rest && p.list != nil {
				at = p.list.GetScrollOffset()
			}
			p.view.Ready(p.layout())
			p.put(found.rows, at)
		}
	})
}

// gathered is what stands in the timeline.
type gathered struct {
	records []record.Record
	rows    []clinic.TimelineRow
}

// fetch reads what stands in the timeline: everything, or the newest of each kind.
func (p *page) fetch(ctx context.Context, each int) (g gathered, more bool, err error) {
	near := newest{}
	for _, k := range record.Kinds {
		if k.Kind == record.KindPatient || k.Kind.Ledger() {
			continue
		}
		found, more, err := ui.Newest(ctx, p.env, k.Kind, each)
		if err != nil {
			return gathered{}, false, err
		}
		near.take(found, more)
	}
	g.records, more = near.records()
	g.rows = clinic.TimelineOf(g.records, clinic.TimelineFilter{}).Rows()
	return g, more, nil
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
	if p.more { // they are not all known
		filter.Disable()
		p.years.Disable()
	}
	p.list = fw.NewList(func() int { return len(p.rows) }, newRow, func(i int, o fyne.CanvasObject) { p.rowAt(i).show(o) })
	p.list.OnSelected = p.open
	p.strip, p.told = widget.NewStrip(), widget.NewLine("", "", ui.ColorMuted)
	p.strip.Told = p.told.Set
	choices := container.NewGridWithColumns(3, widget.Framed(filter), widget.Framed(p.years), widget.Inset(8, 0, 8, 0, p.told))
	head := widget.Inset(0, 8, 24, 24, widget.Column(10, choices, p.strip))
	foot := widget.Inset(6, 8, 24, 12, p.foot)
	return container.NewBorder(head, foot, nil, nil, widget.Inset(0, 0, 12, 12, p.list))
}

// arrange works the rows of the filter out, off the UI goroutine, and shows them.
func (p *page) arrange() {
	filter := clinic.TimelineFilter{}
	if p.kind != "" {
		filter.Kinds = []record.Kind{p.kind}
	}
	records := p.records
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([]clinic.TimelineRow, error) {
		return clinic.TimelineOf(records, filter).Rows(), nil
	}, func(rows []clinic.TimelineRow, _ error) { p.put(rows, 0) })
}

// put shows rows from a place on.
func (p *page) put(rows []clinic.TimelineRow, from float32) {
	p.rows = rows
	p.list.UnselectAll()
	p.list.Refresh()
	p.list.ScrollToOffset(from)
	years, at := yearsOf(rows)
	p.years.OnChanged = nil
	p.years.SetOptions(years)
	p.years.ClearSelected()
	to := func(row int) {
		p.list.ScrollTo(len(rows) - 1) // so that the year comes to the top, not to the end
		p.list.ScrollTo(row)
	}
	p.years.OnChanged = func(string) {
		if i := p.years.SelectedIndex(); i >= 0 {
			to(at[i])
		}
	}
	bars, places := strip(rows)
	if p.more { // they are not all known
		bars = nil
	}
	p.strip.Set(bars)
	p.strip.Chosen = func(i int) { to(places[i]) }
	if p.strip.Show(); len(bars) == 0 {
		p.strip.Hide()
	}
	words := ui.Of(shown(rows), len(p.records))
	if p.more {
		words = lang.L("Gathering your record")
	}
	p.foot.Set(words)
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
