package timeline

import (
	"math"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// row is one row as it is shown: a heading, or an entry.
type row struct {
	heading string
	size    fyne.ThemeSizeName
	count   string
	entry   ui.Entry
	inside  bool // it happened in the visit above it
}

func (p *page) rowAt(i int) row {
	x := rowOf(p.rows[i])
	if p.more {
		x.count = "" // it is not known yet
	}
	return x
}

// newest are the newest entries of several kinds.
type newest struct {
	found []record.Record
	cut   time.Time // before it, something may be missing
	more  bool
}

// take adds the newest entries of a kind, newest first; more says that they are not all.
func (n *newest) take(found []record.Record, more bool) {
	n.found = append(n.found, found...)
	if !more {
		return
	}
	n.more = true
	if at := found[len(found)-1].Summary().When.Sort(); at.After(n.cut) {
		n.cut = at
	}
}

// records are those that are listed and after which nothing is missing.
func (n *newest) records() (listed []record.Record, more bool) {
	for _, r := range n.found {
		if ui.Listed(r) && (!n.more || r.Summary().When.Sort().After(n.cut)) {
			listed = append(listed, r)
		}
	}
	return listed, n.more
}

func rowOf(r clinic.TimelineRow) row {
	if r.Level == clinic.RecordRow {
		e := ui.EntryOf(r.Line.Record)
		section := ui.Section(e.Kind)
		if e.Date = section; e.Text == "" {
			e.Text = ui.When(r.Line.When)
		}
		return row{entry: e, inside: r.Inside}
	}
	x := row{heading: ui.Date(r.Date), count: ui.Entries(r.Count)}
	switch r.Level {
	case clinic.YearRow:
		x.size = theme.SizeNameHeadingText
	case clinic.MonthRow:
		x.size = theme.SizeNameSubHeadingText
	case clinic.UndatedRow:
		x.heading, x.size = lang.L("Date unknown"), theme.SizeNameSubHeadingText
	}
	return x
}

// A row of the list holds both shapes, of which one is shown; what happened in a
// visit stands further in.
func newRow() fyne.CanvasObject {
	heading := widget.NewLine("", "", "")
	heading.Bold = true
	count := widget.Caption("")
	count.Whole = true
	inset := &fyne.Container{Layout: &indent{}, Objects: []fyne.CanvasObject{widget.NewRowView()}}
	return container.NewStack(container.NewBorder(nil, nil, nil, container.NewCenter(count), container.NewVBox(widget.Inset(14, 0, 12, 12, heading))), inset)
}

func (r row) show(o fyne.CanvasObject) {
	shapes := o.(*fyne.Container).Objects
	head, body := shapes[0].(*fyne.Container), shapes[1].(*fyne.Container)
	if r.heading == "" {
		head.Hide()
		body.Layout.(*indent).in = r.inside
		body.Objects[0].(*widget.RowView).Set(r.entry)
		body.Show()
		body.Refresh()
		return
	}
	body.Hide()
	line := headingOf(head)
	line.TextSize = r.size
	line.Text = r.heading
	line.Refresh()
	countOf(head).Set(r.count)
	head.Show()
	head.Refresh()
}

func headingOf(head *fyne.Container) *widget.Line { return find(head.Objects[0]) }

func countOf(head *fyne.Container) *widget.Line { return find(head.Objects[1]) }

// find is the line inside containers of one object each.
func find(o fyne.CanvasObject) *widget.Line {
	for {
		switch x := o.(type) {
		case *widget.Line:
			return x
		case *fyne.Container:
			o = x.Objects[0]
		}
	}
}

// indent sets its one object in.
type indent struct{ in bool }

const step = 26

// MinSize implements [fyne.Layout].
func (l *indent) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout implements [fyne.Layout].
func (l *indent) Layout(o []fyne.CanvasObject, size fyne.Size) {
	var x float32
	if l.in {
		x = step
	}
	o[0].Move(fyne.NewPos(x, 0))
	o[0].Resize(fyne.NewSize(size.Width-x, size.Height))
}

// kindsOf are the kinds that there are, in reading order.
func kindsOf(records []record.Record) []record.Kind {
	there := map[record.Kind]bool{}
	for _, r := range records {
		there[r.Resource.Kind()] = true
	}
	var kinds []record.Kind
	for _, k := range record.Kinds {
		if there[k.Kind] {
			kinds = append(kinds, k.Kind)
		}
	}
	return kinds
}

// yearsOf are the headings of years, and where they stand.
func yearsOf(rows []clinic.TimelineRow) (years []string, at []int) {
	for i, r := range rows {
		if r.Level == clinic.YearRow {
			years, at = append(years, string(r.Date)), append(at, i)
		}
	}
	return years, at
}

// strip is how much there is of every year from the first to the last, those without
// anything too, and where in the rows each stands; of one without anything, the next
// one that has something. None where the years are no numbers, or too many.
func strip(rows []clinic.TimelineRow) (bars []widget.Bar, at []int) {
	const most = 200
	counts, places := map[int]int{}, map[int]int{}
	first, last := math.MaxInt, math.MinInt
	for i, r := range rows {
		if year, err := strconv.Atoi(string(r.Date)); err == nil && r.Level == clinic.YearRow {
			counts[year], places[year] = r.Count, i
			first, last = min(first, year), max(last, year)
		}
	}
	if len(counts) < 2 || last-first >= most {
		return nil, nil
	}
	place := 0
	for year := last; year >= first; year-- { // the rows are newest first
		if i, ok := places[year]; ok {
			place = i
		}
		label := strconv.Itoa(year)
		bars = append(bars, widget.Bar{Label: label, Words: label + ": " + ui.Entries(counts[year]), Count: counts[year]})
		at = append(at, place)
	}
	slices.Reverse(bars)
	slices.Reverse(at)
	return bars, at
}

// shown is how many entries the rows hold.
func shown(rows []clinic.TimelineRow) int {
	n := 0
	for _, r := range rows {
		if r.Level == clinic.RecordRow {
			n++
		}
	}
	return n
}
