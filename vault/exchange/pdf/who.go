package pdf

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// who writes the head of the first page and gives the y below it.
func (d *document) who() (float64, error) {
	s := d.sheet
	d.put(mark{kind: outline, text: "Summary", y: marginTop})
	const top = float64(marginTop) - 6
	edge := d.paper.width - marginX
	if err := d.code(edge, top, emergency(s)); err != nil {
		return 0, err
	}
	d.right(edge, top+codeSize+label.size+2, label, "Emergency facts: scan")
	width := d.content - codeSize - 20
	y := d.named(top, width)
	for _, line := range d.whoLines(width) {
		d.write(marginX, y+small.size, small, line)
		y += small.leading()
	}
	y = max(y, top+codeSize+label.leading()+2) + 4
	d.put(mark{kind: box, x: marginX, y: y, w: d.content, h: 1.2, style: style{ink: accent}})
	y += 1.2
	for _, n := range s.Notices {
		notice := style{bold, 8, amber}
		for _, line := range d.most(notice, d.wrap(notice, n, d.content), 2, d.content) {
			y += 2
			d.write(marginX, y+notice.size+1, notice, line)
			y += notice.leading()
		}
	}
	return y, nil
}

// named writes who the person is and whom the print is for.
func (d *document) named(y, width float64) float64 {
	s := d.sheet
	name, born, made := style{bold, 17, black}, style{regular, 9.5, black}, style{regular, 8, soft}
	for _, line := range d.most(name, d.wrap(name, s.Who.Name, width), 2, width) {
		d.write(marginX, y+name.size, name, line)
		y += name.leading()
	}
	d.write(marginX, y+born.size+1, born, d.clip(born, d.plain("born "+s.Who.Born+"  ·  "+s.Who.Sex), width))
	y += born.leading() + 3
	about := "Health record as of " + s.Made
	if s.For != "" {
		about += ", prepared for " + isolated(s.For)
	}
	for _, line := range d.most(made, d.wrap(made, about, width), 2, width) {
		d.write(marginX, y+made.size, made, line)
		y += made.leading()
	}
	return y + 3
}

// whoLines are identifiers and contacts in a few lines; they stand in full
// under "The person".
func (d *document) whoLines(width float64) []string {
	const most = 4 // lines
	text := ""
	for _, r := range d.sheet.Who.Lines {
		if text != "" {
			text += "   ·   "
		}
		text += r.Label + " " + isolated(r.Value)
	}
	return d.most(small, d.wrap(small, text, width), most, width)
}

// keyStyle is a little smaller, so that long numbers keep to one line.
var keyStyle = style{regular, 7.2, black}

// keyColumns are the columns of the key results.
func (d *document) keyColumns() []column {
	return []column{
		{title: "Test", width: 94, bold: true},
		{title: "Last", width: 80},
		{title: "Flag", width: 48},
		{title: "Range", width: 70},
		{title: "Date", width: 71},
		{title: "Before", width: d.content - 436},
		{title: "Trend", width: 48},
		{title: "Source", width: 25, right: true},
	}
}

// results lays out the key results with their trends.
func (d *document) results(keys []sheet.Key, soft, hard int) *block {
	const shown, atFirst = 40, 14 // more only where there is room
	cols := d.keyColumns()
	b := &block{title: "Key results", section: "results", cols: cols, total: len(keys), soft: soft, hard: hard, x: marginX, width: d.content, what: " tests"}
	for i, k := range keys {
		if i == shown {
			break
		}
		last := k.Last.Value
		if k.Last.Unit != "" {
			last += " " + k.Last.Unit
		}
		l := d.layRowAs(keyStyle, sheet.Row{Cells: []string{k.Title, last, k.Last.Flag, k.Last.Range, k.Last.Date, k.Before, ""}, Tags: k.Last.Tags, Sources: k.Last.Sources, Patient: k.Last.Patient}, cols, frontLines)
		if len(k.Trend.Points) > 1 {
			p := clinic.NewSpark(44, 9, k.Trend)
			l.plot, l.plotIn = &p, 6
		}
		b.rows = append(b.rows, l)
	}
	b.n = min(len(b.rows), atFirst)
	return b
}

// unclear lays out what should be asked about.
func (d *document) unclear(doubts []sheet.Doubt, x, width float64) *block {
	cols := []column{{width: width - 2*boxInset}}
	b := &block{title: "Unclear: please ask", section: "unclear", cols: cols, total: len(doubts), soft: 4, hard: 2, x: marginX + x, width: width, boxed: true, quiet: true}
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
