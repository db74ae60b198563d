package results

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// courses is one test over time, and others above one another on the same axis of
// time, as long as they are chosen.
type courses struct {
	page   *page
	tests  []clinic.Test // the chosen one, then those beside it
	whole  clinic.Span
	seen   clinic.Span
	charts []*widget.Chart
	nearer *fw.Button
	wider  *fw.Button
	every  *fw.Button
}

// mostBeside is how many tests stand beside the chosen one: more than a screen holds
// is not compared any more.
const mostBeside = 5

func newCourses(p *page, t clinic.Test) *courses { return &courses{page: p, tests: []clinic.Test{t}} }

// draw draws all, worked out off the UI goroutine.
func (c *courses) draw() {
	p := c.page
	tests := slices.Clone(c.tests)
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([][]clinic.Series, error) {
		out := make([][]clinic.Series, len(tests))
		for i, t := range tests {
			out[i] = p.sum.Series(t)
		}
		return out, nil
	}, func(series [][]clinic.Series, _ error) {
		if p.chosen == tests[0].Title && len(tests) == len(c.tests) { // nothing else was chosen meanwhile
			p.body.Ready(c.object(series))
		}
	})
}

// object is the chosen test: charts by axis, and every value below.
func (c *courses) object(series [][]clinic.Series) fyne.CanvasObject {
	p := c.page
	c.charts, c.seen = nil, clinic.Span{}
	c.whole = clinic.SpanOf(slices.Concat(series...)...)
	content := []fyne.CanvasObject{widget.Heading(record.Visible(c.tests[0].Title))}
	tools := widget.Flow(4)
	content = append(content, tools)
	for i := range c.tests {
		content = append(content, c.test(i, series[i])...)
	}
	c.fill(tools)
	c.look(clinic.Span{})
	content = append(content, fw.NewSeparator(), p.values(c.tests[0]))
	return container.NewVScroll(widget.Inset(18, 24, 24, 24, widget.Column(14, content...)))
}

// test is one test, by its axes.
func (c *courses) test(i int, series []clinic.Series) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if i > 0 {
		gone := fw.NewButtonWithIcon(lang.L("Take away"), theme.CancelIcon(), func() {
			c.tests = slices.Delete(slices.Clone(c.tests), i, i+1)
			c.draw()
		})
		gone.Importance = fw.LowImportance
		title := widget.NewLine(c.tests[i].Title, "", "")
		title.Bold = true
		out = append(out, container.NewBorder(nil, nil, nil, gone, centred(title)))
	}
	drawn := len(c.charts)
	for _, axis := range clinic.Axes(series) {
		if len(axis[0].Points) < 2 && len(c.tests) == 1 {
			continue
		}
		told, judged, source := widget.NewLine("", "", ""), widget.NewLine("", "", ""), widget.NewLine("", "", ui.ColorMuted)
		if len(c.charts) == 0 {
			told.Set(lang.L("Point at a result, or use the arrow keys."))
			judged.Set(lang.L("+ and − look nearer and farther, 0 shows everything."))
		}
		chart := widget.NewChart(func(s *clinic.Spot) {
			what, by, from := spotWords(s)
			told.Set(what)
			judged.Set(by)
			source.Set(from)
		}, axis...)
		chart.Seen = c.look
		c.charts = append(c.charts, chart)
		parts := []fyne.CanvasObject{widget.MutedWords(axisWords(axis)), chart, widget.Column(0, told, judged, source)}
		if w := axis[0].TrendWords(); w != "" {
			parts = append(parts, widget.MutedWords(ui.Capital(ui.Said(w))+"."))
		}
		out = append(out, widget.Column(6, parts...))
	}
	if i > 0 && len(c.charts) == drawn {
		out = append(out, widget.MutedWords(lang.L("There are no numbers to draw.")))
	}
	return out
}

// fill gives the tools: nearer, farther, everything, and another test.
func (c *courses) fill(tools *fyne.Container) {
	p := c.page
	button := func(words string, icon fyne.Resource, do func()) *fw.Button {
		b := fw.NewButtonWithIcon(words, icon, func() { p.env.Used(); do() })
		b.Importance = fw.LowImportance
		return b
	}
	c.nearer = button(lang.L("Nearer"), theme.ZoomInIcon(), func() { c.look(c.whole.Zoom(c.seen, 0.5, c.newest())) })
	c.wider = button(lang.L("Farther"), theme.ZoomOutIcon(), func() { c.look(c.whole.Zoom(c.seen, 2, c.newest())) })
	c.every = button(lang.L("Everything"), theme.ZoomFitIcon(), func() { c.look(clinic.Span{}) })
	if len(c.charts) > 0 {
		for _, b := range []*fw.Button{c.nearer, c.wider, c.every} {
			tools.Add(b)
		}
	}
	beside := button(lang.L("Compare with another test…"), theme.ContentAddIcon(), c.choose)
	if len(c.tests) > mostBeside {
		beside.Disable()
	}
	tools.Add(beside)
}

// newest is where the buttons look nearer: at the end of what is seen, where the
// newest results are.
func (c *courses) newest() time.Time {
	if c.seen.Empty() {
		return c.whole.To
	}
	return c.seen.To
}

// look shows a stretch of time in all charts.
func (c *courses) look(seen clinic.Span) {
	c.page.env.Used()
	c.seen = seen
	for _, chart := range c.charts {
		chart.SetSpan(c.whole, seen)
	}
	able := func(b *fw.Button, yes bool) {
		if yes {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	able(c.nearer, !c.whole.Empty() && c.whole.Zoom(seen, 0.5, c.newest()) != seen)
	able(c.wider, !seen.Empty())
	able(c.every, !seen.Empty())
}

// choose asks for a test to stand beside.
func (c *courses) choose() {
	p := c.page
	var options []clinic.Test
	for _, t := range p.tests {
		if !slices.ContainsFunc(c.tests, func(one clinic.Test) bool { return one.Title == t.Title }) {
			options = append(options, t)
		}
	}
	widget.Choose(p.env.Window, lang.L("Compare with another test"), titles(options), func(i int) {
		c.tests = append(slices.Clone(c.tests), options[i])
		c.draw()
	})
}
