// Package results shows tests and readings over time: a row a test, and the one
// that is chosen as a chart with all its values.
package results

import (
	"context"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

// found is what is shown.
type found struct {
	sum    clinic.Summary
	tests  []clinic.Test
	course []clinic.Plot // of each test, in a line; none while older results are being read
}

// page shows the tests that the filter leaves.
type page struct {
	env  *ui.Env
	more bool // the older results are still being read
	found
	shown  []int  // of tests
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
	ui.LoadSoon(p.env.Ctx, p.env.Work, p.fetch, func(f found, more bool, err error) {
		p.found, p.more = f, more
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
func (p *page) fetch(ctx context.Context, each int) (found, bool, error) {
	person, err := p.env.Vault.Get(ctx, p.env.Person)
	if err != nil {
		return found{}, false, err
	}
	records, more, err := ui.Newest(ctx, p.env, record.KindObservation, each*10)
	if err != nil {
		return found{}, false, err
	}
	f := found{sum: clinic.Summarise(person, records)}
	f.tests = append(append(f.tests, f.sum.Results...), f.sum.Vitals...)
	for _, t := range f.tests {
		if more || ctx.Err() != nil {
			break
		}
		f.course = append(f.course, f.sum.SparkOf(t, overview.CourseWidth, overview.CourseHeight))
	}
	return f, more, nil
}

func (p *page) layout() fyne.CanvasObject {
	p.list = fw.NewList(
		func() int { return len(p.shown) },
		func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) {
			row, n := o.(*widget.RowView), p.shown[i]
			row.Set(rowOf(p.tests[n]))
			if n < len(p.course) {
				row.SetCourse(p.course[n])
			} else {
				row.SetCourse(clinic.Plot{})
			}
		},
	)
	p.list.OnSelected = func(i int) {
		t := p.tests[p.shown[i]]
		p.chosen = t.Title
		p.show(t)
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
	p.shown = widget.Containing(titles(p.tests), p.filter.Text)
	words := tests(len(p.shown), len(p.tests))
	if p.more {
		words = lang.L("Gathering your record")
	}
	p.count.Set(words)
	p.list.UnselectAll()
	p.list.Refresh()
	if len(p.shown) > 0 {
		p.list.Select(p.first())
	}
}

// first is the test that was chosen, else of those with a course the one that most
// doctors ask for first.
func (p *page) first() int {
	if at := slices.IndexFunc(p.shown, func(n int) bool { return p.tests[n].Title == p.chosen }); at >= 0 {
		return at
	}
	best, least := 0, math.MaxInt
	for i, n := range p.shown {
		if n >= len(p.course) || len(p.course[n].Lines) == 0 {
			continue
		}
		rank, ok := p.tests[n].KeyRank()
		if !ok {
			rank = math.MaxInt - 1
		}
		if rank < least {
			best, least = i, rank
		}
	}
	return best
}

// show draws one test. Half a course would mislead: it waits until all results are
// there.
func (p *page) show(t clinic.Test) {
	p.env.Used()
	if p.more {
		p.body.Loading(lang.L("Gathering your record"))
		return
	}
	newCourses(p, t).draw()
}

// values lists every result, newest first; each leads to its entry.
func (p *page) values(t clinic.Test) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, l := range t.Points {
		rows = append(rows, func() fyne.CanvasObject {
			v := valueOf(l)
			date := widget.NewLine(v.Date, "", ui.ColorMuted)
			date.Whole = true
			var result fyne.CanvasObject = widget.Words(v.Value)
			if len(l.Unit) > 0 {
				number := widget.NewLine(v.Value, "", "")
				number.Bold = true
				result = number
			}
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
