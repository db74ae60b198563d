package pdf

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// who writes the head of the first page and gives the y below it.
func (d *document) who() float64 {
	s := d.sheet
	d.put(mark{kind: outline, text: "Summary", y: marginTop})
	rightWidth := 190.0
	name := style{bold, 17, black}
	y := float64(marginTop) - 6
	lines := d.most(name, d.wrap(name, s.Who.Name, contentWidth-rightWidth), 2, contentWidth-rightWidth)
	at := y
	for _, line := range lines {
		d.write(marginX, at+name.size, name, line)
		at += name.leading()
	}
	born := style{regular, 9.5, black}
	d.write(marginX, at+born.size+1, born, d.clip(born, d.plain("born "+s.Who.Born+"  ·  "+s.Who.Sex), contentWidth-rightWidth))
	at += born.leading() + 4
	made := style{regular, 8, soft}
	madeStrong := style{bold, 8, black}
	edge := float64(pageWidth - marginX)
	d.right(edge, y+9, made, "Health record")
	up := y + 20.0
	if s.For != "" {
		d.right(edge, up, madeStrong, d.clip(madeStrong, d.plain("prepared for "+s.For), rightWidth))
		up += 11
	}
	d.right(edge, up, made, d.plain("as of "+s.Made))
	y = max(at, up+6)
	for _, line := range d.whoLines() {
		d.write(marginX, y+small.size, small, line)
		y += small.leading()
	}
	y += 4
	d.put(mark{kind: box, x: marginX, y: y, w: contentWidth, h: 1.2, style: style{ink: accent}})
	y += 1.2
	for _, n := range s.Notices {
		notice := style{bold, 8, amber}
		for _, line := range d.most(notice, d.wrap(notice, n, contentWidth), 2, contentWidth) {
			y += 2
			d.write(marginX, y+notice.size+1, notice, line)
			y += notice.leading()
		}
	}
	return y
}

// whoLines are identifiers and contacts in at most three lines.
func (d *document) whoLines() []string {
	text := ""
	for _, r := range d.sheet.Who.Lines {
		if text != "" {
			text += "   ·   "
		}
		text += r.Label + " " + r.Value
	}
	return d.most(small, d.wrap(small, text, contentWidth), 3, contentWidth)
}

// keyStyle is a little smaller, so that long numbers keep to one line.
var keyStyle = style{regular, 7.2, black}

// keyColumns are the columns of the key results.
var keyColumns = []column{
	{title: "Test", width: 96},
	{title: "Last", width: 84},
	{title: "Flag", width: 34},
	{title: "Range", width: 70},
	{title: "Date", width: 71},
	{title: "Before", width: contentWidth - 428},
	{title: "Trend", width: 48},
	{title: "Source", width: 25, right: true},
}

// results lays out the key results with their trends.
func (d *document) results(keys []sheet.Key, soft, hard int) *block {
	const shown = 14
	b := &block{title: "Key results", section: "results", cols: keyColumns, total: len(keys), soft: soft, hard: hard, x: marginX, width: contentWidth, what: " tests"}
	for i, k := range keys {
		if i == shown {
			break
		}
		last := k.Last.Value
		if k.Last.Unit != "" {
			last += " " + k.Last.Unit
		}
		l := d.layRowAs(keyStyle, sheet.Row{Cells: []string{k.Title, last, k.Last.Flag, k.Last.Range, k.Last.Date, k.Before, ""}, Tags: k.Last.Tags, Sources: k.Last.Sources, Patient: k.Last.Patient}, keyColumns, frontLines)
		if len(k.Trend.Points) > 1 {
			p := clinic.NewSpark(44, 9, k.Trend)
			l.plot, l.plotIn = &p, 6
		}
		b.rows = append(b.rows, l)
	}
	b.n = len(b.rows)
	return b
}

// unclear lays out what should be asked about.
func (d *document) unclear(doubts []sheet.Doubt, x, width float64) *block {
	cols := []column{{width: width - 2*boxInset}}
	b := &block{title: "Unclear: please ask", section: "about", cols: cols, total: len(doubts), soft: 4, hard: 2, x: marginX + x, width: width, boxed: true, quiet: true, what: ", each marked in its section from page 2;"}
	for i, u := range doubts {
		if i == longestFront {
			break
		}
		l := laid{cells: [][]styled{d.cell(body, u.Text, cols[0].width, 3)}}
		l.measure()
		b.rows = append(b.rows, l)
	}
	b.n = len(b.rows)
	return b
}
