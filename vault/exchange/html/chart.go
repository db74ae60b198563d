package html

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// plot is a plot with what its SVG needs besides.
type plot struct {
	clinic.Plot
	ViewWidth, ViewHeight float64
	Radius                string
	Arrow                 float64 // half the width of what stands for a bound
	Titled                bool    // every spot tells its value
	AxisY                 float64
	Caption               string
}

const (
	sparkWidth, sparkHeight = 84, 15
	chartWidth, chartHeight = 540, 130
	titledSpots             = 3_000 // beyond this many, spots have no titles
)

func newSpark(s clinic.Series) plot {
	return plot{Plot: clinic.NewSpark(sparkWidth, sparkHeight, s), Radius: "1.7", Arrow: 1.8, ViewWidth: sparkWidth + 6, ViewHeight: sparkHeight + 6}
}

// newCharts draws a chart for each axis of a test that has two numbers or more.
func newCharts(t sheet.Test) []plot {
	dots := 0
	for i := range t.Series {
		dots += len(t.Series[i].Points)
	}
	var charts []plot
	for _, axis := range clinic.Axes(t.Series) {
		if len(axis[0].Points) < 2 {
			continue
		}
		p := plot{
			Plot: clinic.NewPlot(chartWidth, chartHeight, axis...), Radius: "3", Arrow: 4, Titled: dots <= titledSpots,
			ViewWidth: chartWidth + 84, ViewHeight: chartHeight + 36, AxisY: chartHeight + 20,
		}
		p.Caption = caption(axis, p.Plot)
		charts = append(charts, p)
	}
	return charts
}

// caption says what a chart shows, and what its marks mean.
func caption(list []clinic.Series, p clinic.Plot) string {
	first := &list[0]
	s := record.Visible(first.Part)
	if len(list) > 1 {
		s += " and, dashed, " + strings.ToLower(record.Visible(list[1].Part))
	}
	switch {
	case first.Unit == "":
		s = started(s, "the source gives no unit")
	default:
		s = started(s, "in "+first.Unit)
	}
	if first.Apart != "" {
		s += " Apart: " + first.Apart + "."
	}
	switch len(p.Bands) {
	case 0:
	case 1:
		s += " The band is the sender's range."
	default:
		s += " The bands are the senders' ranges, each for its own results."
	}
	for i := range list {
		if w := list[i].TrendWords(); w != "" {
			s += " " + strings.ToUpper(w[:1]) + w[1:] + "."
		}
	}
	for _, x := range []struct {
		words string
		has   func(*clinic.Point) bool
	}{
		{"Some values were converted into this unit; the table has them as written.", (*clinic.Point).Converted},
		{"Arrow: a bound such as <0.5, not an exact value.", func(d *clinic.Point) bool { return !d.Exact() }},
		{"Ring around a dot: flagged by the sender.", (*clinic.Point).Flagged},
		{"Open dot: not final, or disputed.", func(d *clinic.Point) bool { return !d.Final() }},
	} {
		if clinic.Some(list, x.has) {
			s += " " + x.words
		}
	}
	if len(p.Marks) > 0 {
		s += " Cross: a result in words."
	}
	return s
}

// started is the first sentence.
func started(part, rest string) string {
	if part != "" {
		return part + ", " + rest + "."
	}
	return strings.ToUpper(rest[:1]) + rest[1:] + "."
}

// paths are the lines through the exact numbers.
func paths(l clinic.PlotLine) []string {
	var all []string
	for _, run := range l.Runs() {
		var b strings.Builder
		for n, s := range run {
			b.WriteString([]string{"M", "L"}[min(n, 1)] + num(s.X) + " " + num(s.Y))
		}
		all = append(all, b.String())
	}
	return all
}

// arrow is what stands for a bound.
func arrow(s clinic.Spot, size float64) string {
	var points []string
	for _, c := range s.Arrow(size) {
		points = append(points, num(c[0])+","+num(c[1]))
	}
	return strings.Join(points, " ")
}

// anchor keeps the words of an axis of time within the picture.
func anchor(t clinic.Tick, width float64) string {
	const near = 0.06 // of the width
	switch {
	case t.At < near*width:
		return "start"
	case t.At > (1-near)*width:
		return "end"
	}
	return "middle"
}
