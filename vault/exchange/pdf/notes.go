package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// note writes a document: who wrote it and when, then its text as plain lines.
func (f *flow) note(n sheet.Note) {
	f.subheading(n.Title, "")
	about := n.Date
	if n.By != "" {
		about += ", " + isolated(n.By)
	}
	f.say(small, about+"  "+brackets(n.Sources))
	for _, t := range tags(n.Row) {
		f.say(tagged, t)
	}
	for _, p := range n.Parts {
		if p.Title != "" {
			f.room(30)
			f.y += 3
			f.say(strong, p.Title)
		}
		f.narrative(p)
	}
	for _, line := range f.d.details(n.Details, f.d.content) {
		f.room(line.style.leading())
		f.d.write(marginX, f.y+line.style.size, line.style, line.text)
		f.y += line.style.leading()
	}
	f.y += 4
}

// person says in full who the person is.
func (f *flow) person() {
	f.heading("person", "The person")
	who := f.d.sheet.Who
	rows := append([]record.Row{{Label: "Name", Value: who.Name}, {Label: "Born", Value: who.Born}, {Label: "Sex", Value: who.Sex}}, who.Lines...)
	f.pairs(rows)
}

// doubts lists all that a reader should ask about, each with its section.
func (f *flow) doubts() {
	list := f.d.sheet.Front.Unclear
	if len(list) == 0 {
		return
	}
	f.heading("unclear", "Unclear: please ask")
	titles := map[string]string{}
	for _, s := range f.d.sheet.Sections {
		titles[s.ID] = s.Title
	}
	var rows []record.Row
	for _, u := range list {
		rows = append(rows, record.Row{Label: titles[u.Section], Value: u.Text})
	}
	f.pairs(rows)
}

// pairs writes rows of a label and a value.
func (f *flow) pairs(rows []record.Row) {
	cols := []column{{width: 110}, {width: f.d.content - 110}}
	for _, r := range rows {
		l := laid{cells: [][]styled{f.d.cell(small, r.Label, cols[0].width-gutter, 0), f.d.cell(body, r.Value, cols[1].width, 0)}}
		l.measure()
		f.row(cols, l)
	}
}

// sources lists the files behind the numbers.
func (f *flow) sources() {
	f.heading("sources", "Sources")
	cols := []column{
		{title: "No.", width: 28},
		{title: "File", width: 170},
		{title: "Format", width: 46},
		{title: "Recorded by", width: 120},
		{title: "Received", width: 80},
		{title: "Entries", width: 34, right: true},
		{title: "In package", width: f.d.content - 478, right: true},
	}
	f.head(cols)
	for _, s := range f.d.sheet.Sources {
		included := "no"
		if s.Included {
			included = "yes"
		}
		var l laid
		for i, text := range []string{fmt.Sprintf("[%d]", s.Number), s.Name, s.Format, s.By, s.Received, fmt.Sprint(s.Records), included} {
			l.cells = append(l.cells, f.d.cell(body, text, cols[i].width-gutter, 0))
		}
		l.measure()
		f.row(cols, l)
	}
}

// about states what every export states, and how the print differs.
func (f *flow) about() {
	f.heading("about", "About this summary")
	s := f.d.sheet
	rows := append([]record.Row(nil), s.About...)
	var counts []string
	for _, c := range s.Counts {
		counts = append(counts, c.Label+" "+c.Value)
	}
	rows = append(rows, record.Row{Label: "Holds", Value: or(strings.Join(counts, ", "), "no entries")},
		record.Row{Label: "How to read it", Value: "It repeats what the sources state, gives no advice and computes no flags: flags and ranges are the sender's own. Numbers in brackets name the source. What the patient entered says so."})
	f.pairs(rows)
	f.y += 4
	if n := f.d.unshown; len(n) > 0 {
		f.say(tagged, unshownWords(n))
	}
}

// unshownWords tell what a reader must look up, by script.
func unshownWords(lost map[string]int) string {
	total := 0
	scripts := slices.Sorted(maps.Keys(lost))
	for _, n := range lost {
		total += n
	}
	what := fmt.Sprintf("%d characters (%s)", total, strings.Join(scripts, ", "))
	if total == 1 {
		what = "1 character (" + scripts[0] + ")"
	}
	return what + " could not be shown in this PDF (□); see START-HERE.html."
}
