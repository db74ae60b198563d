// Package home is the first page of an open record: who it is about and what a
// doctor would ask first.
package home

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

// card is one card of the page.
type card struct {
	Title string
	Words string // in place of lines, or above them
	Lines []ui.Entry
	Plots []clinic.Plot // how what lines say went over time, line by line; nil for none
	More  string        // what the section holds beyond the lines
	All   ui.Route
}

// allergies is the banner that comes before everything else.
type allergies struct {
	Tone  ui.Tone
	Title string
	Words string
	Lines []ui.Entry
}

// banner says what is known about allergies; the three ways of "none" stay
// apart.
func banner(p overview.Page) allergies {
	a := p.Allergies
	out := allergies{Title: lang.L("Allergies"), Words: ui.Said(a.Banner), Lines: entries(p, a.Lines)}
	switch {
	case len(out.Lines) > 0, a.Told > 0:
		out.Tone = ui.Alarm
	case a.NoneKnown > 0 && a.Held == 0:
		out.Tone = ui.Good
	default:
		out.Tone = ui.Plain
	}
	return out
}

// entries are lines as lists show them.
func entries(p overview.Page, lines []overview.Line) []ui.Entry {
	var out []ui.Entry
	for _, l := range lines {
		e := ui.EntryOf(p.Records[l.ID])
		if l.Current && e.Tone == ui.Good {
			e.Status = "" // the heading says that they are current
		}
		if len(l.Differ) > 0 {
			e.Status, e.Tone = lang.L("sources differ"), ui.Care
			e.Text = ui.Said(strings.Join(l.Differ, " "))
		} else if len(l.Patient) > 0 {
			e.Text += "   " + lang.L("You say: {{.Words}}", map[string]any{"Words": strings.Join(l.Patient, "; ")})
		}
		if l.Undated {
			e.Date = ""
		}
		out = append(out, e)
	}
	return out
}

// cards are the cards of the page, in reading order.
func cards(p overview.Page) []card {
	section := func(title string, kind record.Kind, s overview.Section) card {
		return card{Title: title, Words: ui.Said(s.Banner), Lines: entries(p, s.Lines), More: more(s), All: ui.Route{Place: ui.Records, Kind: kind}}
	}
	return []card{
		section(lang.L("Current medicines"), record.KindMedicationStatement, p.Medicines),
		results(p),
		section(lang.L("Problems"), record.KindCondition, p.Problems),
	}
}

// results are those that most doctors ask for first, with their courses. Until all
// records were looked at, and where there are none of these, the newest of all stand
// in their place.
func results(p overview.Page) card {
	c := card{Title: lang.L("Latest results"), Lines: entries(p, p.Results.Lines), All: ui.Route{Place: ui.Results}}
	if n := p.Noticed; n != nil && len(n.Key) > 0 {
		c.Title, c.Lines = lang.L("Important results"), nil
		for _, k := range n.Key {
			c.Lines = append(c.Lines, entries(p, []overview.Line{k.Line})...)
			c.Plots = append(c.Plots, k.Plot)
		}
		return c
	}
	switch {
	case p.Later:
		c.Words = lang.L("The whole record is being looked at…")
	case len(c.Lines) == 0:
		c.Words = lang.L("No results yet.")
	}
	return c
}

// more says in words what a section holds besides its current lines.
func more(s overview.Section) string {
	var parts []string
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, ui.Number(n)+" "+words)
		}
	}
	add(max(0, s.Current-len(s.Lines)), lang.L("more current"))
	add(s.Uncertain, lang.L("whose status is not given"))
	add(s.Intended, lang.L("planned"))
	add(s.Past, lang.L("past"))
	add(s.NotSo, lang.L("ruled out or not taken"))
	add(s.Held, lang.L("to be read in the original"))
	if len(parts) == 0 {
		return ""
	}
	return ui.Capital(lang.L("also {{.List}}", map[string]any{"List": strings.Join(parts, ", ")}))
}

// arrival is one import in two lines.
type arrival struct{ Title, Text string }

// arrivals are the newest imports for a person, and those for nobody in
// particular.
func arrivals(receipts []record.Receipt, person record.ID, most int) []arrival {
	var sorted []record.Receipt
	for _, r := range receipts {
		if r.Person.ID == "" || r.Concerns(person) {
			sorted = append(sorted, r)
		}
	}
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].At.After(sorted[j].At) })
	var out []arrival
	for _, r := range sorted[:min(most, len(sorted))] {
		filed := 0
		var names []string
		for _, s := range r.Sources {
			filed += s.Filed
			names = append(names, s.Name)
		}
		title := strings.Join(names[:min(2, len(names))], ", ")
		if n := len(names) - 2; n > 0 {
			title += " " + lang.N("and {{.Count}} more files", n, map[string]any{"Count": n})
		}
		out = append(out, arrival{title, ui.Day(r.At) + "  ·  " + ui.Entries(filed)})
	}
	return out
}
