package pdf

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// testColumns are the columns of a test over time. What else its source says of
// a result stands below it, across the page.
func (d *document) testColumns() []column {
	return []column{
		{title: "Date", width: 138},
		{title: "Value", width: d.content - 395, bold: true},
		{title: "Unit", width: 72},
		{title: "Flag", width: 62},
		{title: "Range", width: 92},
		{title: "Source", width: 31, right: true},
	}
}

// The chart beside a test's title, in points.
const (
	chartWidth, chartHeight = 190, 34
	chartTicks              = 26 // at its left
	fewestDots              = 3  // fewer need no chart
)

// test writes one test: its title with the trend beside it, then its results.
func (f *flow) test(t sheet.Test) {
	d := f.d
	p, charted := trend(t)
	cols := d.testColumns()
	first := d.layPoint(t.Points[0], cols)
	const title, charts = 44, chartHeight + 24
	if charted {
		f.room(charts + 16 + min(first.height, headingRoom))
	} else {
		f.room(title + min(first.height, headingRoom))
	}
	f.y += 8
	top, width := f.y, d.content
	if charted {
		width -= chartWidth + chartTicks + 16
		d.chart(d.paper.width-marginX-chartWidth, f.y+3, p)
	}
	for _, line := range d.wrap(title3, t.Title, width) {
		f.room(title3.leading())
		d.write(marginX, f.y+title3.size, title3, line)
		f.y += title3.leading()
	}
	for _, text := range []string{or(pairWords(t.Shared), t.Codes), trendWords(t, charted)} {
		for _, line := range d.wrap(label, text, width) {
			f.room(label.leading())
			d.write(marginX, f.y+label.size, label, line)
			f.y += label.leading()
		}
	}
	if charted {
		f.y = max(f.y, top+charts-10)
	}
	f.y++
	f.head(cols)
	f.row(cols, first)
	for _, p := range t.Points[1:] {
		f.row(cols, d.layPoint(p, cols))
	}
}

// trend plots the first axis of a test; other units stand in the table alone.
func trend(t sheet.Test) (clinic.Plot, bool) {
	axes := clinic.Axes(t.Series)
	if len(axes) == 0 || len(axes[0][0].Points) < fewestDots {
		return clinic.Plot{}, false
	}
	p := clinic.NewPlot(chartWidth, chartHeight, axes[0]...)
	return p, len(p.Lines) > 0
}

// longestValue is as much as a column holds well; a report in words stands
// across the page.
const longestValue = 70 // bytes

func (d *document) layPoint(p sheet.Point, cols []column) laid {
	var words []styled
	if len(p.Value) > longestValue || strings.Contains(p.Value, "\n") {
		words = d.cell(body, p.Value, d.content-8, 0)
		p.Value = "in words:"
	}
	l := d.layRow(pointRow(p), cols, 0)
	l.below = append(words, d.cell(small, joined(p.Remarks, pairWords(p.Details)), d.content-8, 0)...)
	l.measure()
	return l
}

func pointRow(p sheet.Point) sheet.Row {
	return sheet.Row{Cells: []string{p.Date, p.Value, p.Unit, p.Flag, p.Range}, Tags: p.Tags, Sources: p.Sources, Patient: p.Patient}
}

// trendWords say what the chart shows and how the numbers went.
func trendWords(t sheet.Test, charted bool) string {
	var words []string
	if charted {
		words = append(words, "chart in "+or(t.Series[0].Unit, "the unit the source leaves out"))
		if n := len(clinic.Axes(t.Series)); n > 1 {
			words = append(words, "results in other units in the table alone")
		}
	}
	if t.Trend != "" {
		words = append(words, t.Trend)
	}
	return strings.Join(words, "; ")
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
