// Package results shows tests and readings over time: a row a test, and the one
// that is chosen as a chart with all its values.
package results

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// page shows the tests that the filter leaves.
type page struct {
	env    *ui.Env
	more   bool // the older results are still being read
	sum    clinic.Summary
	tests  []clinic.Test
	shown  []clinic.Test
	chosen string // the title of one
	list   *fw.List
	filter *fw.Entry
	count  *widget.Line
	body   *widget.View
	view   *widget.View
}

// New makes the page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, view: widget.NewView(), body: widget.NewView(), filter: fw.NewEntry(), count: widget.Caption("")}
	p.count.Whole = true
	p.filter.SetPlaceHolder(lang.L("Find in this list"))
	p.filter.OnChanged = func(string) { p.apply() }
	p.load()
	return ui.Page{Content: p.view.Object}
}

func (p *page) load() {
	p.view.Loading(lang.L("Gathering your record"))
	ui.LoadSoon(p.env.Ctx, p.env.Work, p.fetch, func(sum clinic.Summary, more bool, err error) {
		p.sum, p.more = sum, more
		p.tests = append(append([]clinic.Test{}, sum.Results...), sum.Vitals...)
		switch {
		case err != nil:
			p.view.Failed(ui.Explain(err), p.load)
		case len(p.tests) == 0 && more:
		case len(p.tests) == 0:
			p.view.Empty(lang.L("No results yet"), lang.L("Bring in a file from a hospital, a doctor or an app, and what it says about this will stand here."))
		default:
			p.view.Ready(p.layout())
			p.apply()
		}
	})
}

// fetch reads the results of the person: all, or of many the newest. The last
// result of a test is right in either case, and those before it only where all are
// there.
func (p *page) fetch(ctx context.Context, each int) (clinic.Summary, bool, error) {
	person, err := p.env.Vault.Get(ctx, p.env.Person)
	if err != nil {
		return clinic.Summary{}, false, err
	}
	found, more, err := ui.Newest(ctx, p.env, record.KindObservation, each*10)
	if err != nil {
		return clinic.Summary{}, false, err
	}
	return clinic.Summarise(person, found), more, nil
}

func (p *page) layout() fyne.CanvasObject {
	p.list = fw.NewList(
		func() int { return len(p.shown) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(rowOf(p.shown[i])) },
	)
	p.list.OnSelected = func(i int) {
		p.chosen = p.shown[i].Title
		p.show(p.shown[i])
	}
	p.body.Empty(lang.L("Nothing chosen"), lang.L("Choose a test on the left to see how it went over time."))
	every := fw.NewButton(lang.L("All entries, one by one"), func() { p.env.Open(ui.Route{Place: ui.Records, Kind: record.KindObservation}) })
	every.Importance = fw.LowImportance
	head := widget.Inset(18, 10, 16, 12, widget.Column(8, widget.Heading(lang.L("Results over time")), p.filter))
	foot := widget.Inset(6, 8, 16, 12, container.NewBorder(nil, nil, p.count, every))
	left := container.NewBorder(head, foot, nil, nil, widget.Inset(0, 0, 6, 4, p.list))
	split := container.NewHSplit(left, container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.body.Object))
	split.Offset = 0.36
	return split
}

// apply shows the tests that the filter lets through, and of them the one that was
// chosen, or the first.
func (p *page) apply() {
	p.shown = filter(p.tests, p.filter.Text)
	words := tests(len(p.shown), len(p.tests))
	if p.more {
		words = lang.L("Gathering your record")
	}
	p.count.Set(words)
	p.list.UnselectAll()
	p.list.Refresh()
	if len(p.shown) > 0 {
		p.list.Select(max(0, slices.IndexFunc(p.shown, func(t clinic.Test) bool { return t.Title == p.chosen })))
	}
}

// show draws one test, worked out off the UI goroutine. Half a course would mislead:
// it waits until all results are there.
func (p *page) show(t clinic.Test) {
	p.env.Used()
	if p.more {
		p.body.Loading(lang.L("Gathering your record"))
		return
	}
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([]clinic.Series, error) { return p.sum.Series(t), nil }, func(series []clinic.Series, _ error) {
		p.body.Ready(p.object(t, series))
	})
}

// object is one test: charts by axis, and every value below.
func (p *page) object(t clinic.Test, series []clinic.Series) fyne.CanvasObject {
	content := []fyne.CanvasObject{widget.Heading(record.Visible(t.Title))}
	for _, axis := range clinic.Axes(series) {
		if len(axis[0].Points) < 2 {
			continue
		}
		told := widget.NewLine(lang.L("Point at a result, or use the arrow keys."), "", ui.ColorMuted)
		chart := widget.NewChart(func(words string) { told.Set(words) }, axis...)
		parts := []fyne.CanvasObject{widget.MutedWords(axisWords(axis)), chart, told}
		if w := axis[0].TrendWords(); w != "" {
			parts = append(parts, widget.MutedWords(ui.Capital(w)+"."))
		}
		content = append(content, widget.Column(6, parts...))
	}
	content = append(content, fw.NewSeparator(), p.values(t))
	return container.NewVScroll(widget.Inset(18, 24, 24, 24, widget.Column(14, content...)))
}

// values lists every result, newest first; each leads to its entry.
func (p *page) values(t clinic.Test) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, l := range t.Points {
		rows = append(rows, func() fyne.CanvasObject {
			v := valueOf(l)
			date := widget.NewLine(v.Date, "", ui.ColorMuted)
			date.Whole = true
			result := widget.NewLine(v.Value, "", "")
			result.Bold = true
			open := fw.NewButton(lang.L("Source"), func() { p.env.Open(ui.Route{Place: ui.Records, Kind: record.KindObservation, ID: l.ID}) })
			open.Importance = fw.LowImportance
			right := container.NewHBox()
			if v.Flag != "" {
				right.Add(container.NewCenter(widget.NewChip(v.Flag, v.Tone)))
			}
			right.Add(open)
			return container.NewBorder(nil, nil, nil, right, container.New(widget.Shares{4, 4, 5}, centred(date), centred(result), centred(widget.Caption(v.Range))))
		})
	}
	return widget.Unrolled(4, rows)
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return widget.Inset(9, 0, 0, 8, o) }
