package html

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// plot is a plot with what its SVG needs besides.
type plot struct {
	clinic.Plot
	ViewWidth, ViewHeight float64
	BandHeight            string
	Radius                string
	Titled                bool // every spot tells its value
	AxisY                 float64
	Caption               string
}

const (
	sparkWidth, sparkHeight = 84, 15
	chartWidth, chartHeight = 540, 130
	titledSpots             = 200 // beyond this many, spots have no titles
)

func newSpark(s clinic.Series) plot {
	p := plot{Plot: clinic.NewSpark(sparkWidth, sparkHeight, s), Radius: "1.7", ViewWidth: sparkWidth + 6, ViewHeight: sparkHeight + 6}
	p.band()
	return p
}

func (p *plot) band() { p.BandHeight = num(p.BandBottom - p.BandTop) }

// newCharts draws one chart for each unit of a test that has two numbers or more.
func newCharts(t sheet.Test) []plot {
	var units []string
	byUnit := map[string][]clinic.Series{}
	dots := 0
	for _, s := range t.Series {
		if len(s.Points) < 2 {
			continue
		}
		if byUnit[s.Unit] == nil {
			units = append(units, s.Unit)
		}
		byUnit[s.Unit] = append(byUnit[s.Unit], s)
		dots += len(s.Points)
	}
	var charts []plot
	for _, u := range units {
		p := plot{
			Plot: clinic.NewPlot(chartWidth, chartHeight, byUnit[u]...), Radius: "3", Titled: dots <= titledSpots,
			ViewWidth: chartWidth + 84, ViewHeight: chartHeight + 36, AxisY: chartHeight + 20, Caption: caption(u, byUnit[u]),
		}
		p.band()
		charts = append(charts, p)
	}
	return charts
}

func caption(unit string, list []clinic.Series) string {
	s := "In " + unit + "."
	if unit == "" {
		s = "The source gives no unit."
	}
	for _, x := range list {
		if low, high := x.Band(); low != nil || high != nil {
			s += " The band is the sender's range."
		}
		if x.Second() {
			s += " Dashed: the second value of each pair."
		}
	}
	for _, x := range list {
		if w := x.TrendWords(); w != "" {
			s += " " + strings.ToUpper(w[:1]) + w[1:] + "."
		}
	}
	for _, x := range list {
		for _, d := range x.Points {
			if d.Converted {
				s += " Some values were converted into this unit; the table has them as written."
				break
			}
		}
	}
	for _, x := range list {
		for _, d := range x.Points {
			if !d.Exact() {
				return s + " Hollow: a bound such as <0.5, not an exact value."
			}
		}
	}
	return s
}

// paths are the lines through the exact numbers; a bound interrupts them.
func paths(l clinic.PlotLine) []string {
	var all []string
	var b strings.Builder
	n := 0
	end := func() {
		if n > 1 {
			all = append(all, b.String())
		}
		b.Reset()
		n = 0
	}
	for _, s := range l.Spots {
		if s.Hollow || s.Break {
			end()
		}
		if s.Hollow {
			continue
		}
		b.WriteString([]string{"M", "L"}[min(n, 1)] + num(s.X) + " " + num(s.Y))
		n++
	}
	end()
	return all
}
