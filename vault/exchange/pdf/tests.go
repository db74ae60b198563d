package pdf

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// testColumns are the columns of a test over time.
var testColumns = []column{
	{title: "Date", width: 122},
	{title: "Value", width: 112},
	{title: "Unit", width: 66},
	{title: "Flag", width: 50},
	{title: "Range", width: 82},
	{title: "Remarks", width: contentWidth - 462},
	{title: "Source", width: 30, right: true},
}

const plotWidth, plotHeight = 150, 26 // points, beside a test's title

// test writes one test: its title with the trend beside it, then its results.
func (f *flow) test(t sheet.Test) {
	d := f.d
	f.room(70)
	f.y += 9
	title := d.clip(title3, d.plain(t.Title), contentWidth-plotWidth-20)
	d.write(marginX, f.y+title3.size, title3, title)
	if t.Codes != "" {
		codes := d.plain(t.Codes)
		if x := d.width(title3, title) + 8; x+d.width(label, codes) < contentWidth-plotWidth-20 {
			d.write(marginX+x, f.y+title3.size, label, codes)
		}
	}
	below := f.y + title3.leading() + 1
	if p, ok := trend(t); ok {
		d.plot(pageWidth-marginX-plotWidth, f.y+2, p)
		below = f.y + plotHeight + 4
		d.write(marginX, f.y+title3.leading()+label.size+1, label, d.plain("trend in "+or(t.Series[0].Unit, "the unit the source leaves out")+", "+p.First+" to "+p.Last+trendWords(t)))
	}
	f.y = below
	f.head(testColumns)
	for _, p := range t.Points {
		f.row(testColumns, d.layRow(pointRow(p), testColumns, 0))
	}
}

// trend plots the first unit of a test; other units stand in the table alone.
func trend(t sheet.Test) (clinic.Plot, bool) {
	if len(t.Series) == 0 || len(t.Series[0].Points) < 2 {
		return clinic.Plot{}, false
	}
	list := t.Series[:1]
	if len(t.Series) > 1 && t.Series[1].Second() && t.Series[1].Unit == t.Series[0].Unit {
		list = t.Series[:2]
	}
	return clinic.NewSpark(plotWidth, plotHeight, list...), true
}

func pointRow(p sheet.Point) sheet.Row {
	return sheet.Row{Cells: []string{p.Date, p.Value, p.Unit, p.Flag, p.Range, p.Remarks}, Tags: p.Tags, Sources: p.Sources, Patient: p.Patient}
}

func trendWords(t sheet.Test) string {
	if t.Trend == "" {
		return ""
	}
	return ": " + t.Trend
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
