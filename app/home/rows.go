// Package home is the first page of an open record: who it is about and what a
// doctor would ask first.
package home

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// shownInCard is how many lines a card has before "Show all".
const shownInCard = 6

// card is one card of the page.
type card struct {
	Title string
	Kind  record.Kind
	Words string // in place of lines, or above them
	Lines []ui.Entry
	More  string // what the section holds beyond the lines
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
func banner(a clinic.Allergies) allergies {
	out := allergies{Title: lang.L("Allergies"), Words: a.Banner(), Lines: entries(a.Listed(), 0)}
	switch {
	case len(out.Lines) > 0, len(a.Told) > 0:
		out.Tone = ui.Alarm
	case len(a.NoneKnown) > 0 && len(a.Held) == 0:
		out.Tone = ui.Good
	default:
		out.Tone = ui.Plain
	}
	return out
}

// entries are lines as lists show them; most 0 is all.
func entries(lines []clinic.Line, most int) []ui.Entry {
	var out []ui.Entry
	for _, l := range lines {
		if most > 0 && len(out) == most {
			break
		}
		e := ui.EntryOf(l.Record)
		if l.Standing == record.Current && e.Tone == ui.Good {
			e.Status = "" // the heading says that they are current
		}
		if differ := l.Conflicts(); len(differ) > 0 {
			e.Status, e.Tone = lang.L("sources differ"), ui.Care
			e.Text = strings.Join(clinic.Said(l.Beside(), func(w string) string { return w }), " ")
		} else if words := clinic.Said(l.Patient(), func(m clinic.Line) string { return m.Value }); len(words) > 0 && l.Source().Asserter != record.ByPatient {
			e.Text += "   " + lang.L("You say: {{.Words}}", map[string]any{"Words": strings.Join(words, "; ")})
		}
		if l.When.Empty() {
			e.Date = ""
		}
		out = append(out, e)
	}
	return out
}

// cards are the cards of the page, in reading order.
func cards(s clinic.Summary) []card {
	medicines := card{
		Title: lang.L("Current medicines"), Kind: record.KindMedicationStatement, Words: s.Medicines.Banner(),
		Lines: entries(s.Medicines.Current, shownInCard), More: more(s.Medicines.Group),
	}
	problems := card{
		Title: lang.L("Problems"), Kind: record.KindCondition, Words: s.Problems.Banner(),
		Lines: entries(s.Problems.Current, shownInCard), More: more(s.Problems.Group),
	}
	results := card{Title: lang.L("Latest results"), Kind: record.KindObservation, Lines: latest(append(append([]clinic.Test(nil), s.Results...), s.Vitals...))}
	if len(results.Lines) == 0 {
		results.Words = lang.L("No results yet.")
	}
	return []card{medicines, problems, results}
}

// latest are the newest points of the newest tests, those with a flag first
// within one day.
func latest(tests []clinic.Test) []ui.Entry {
	sort.SliceStable(tests, func(i, j int) bool {
		a, b := tests[i].Last(), tests[j].Last()
		if x, y := a.When.Start.Day(), b.When.Start.Day(); x != y {
			return a.When.Sort().After(b.When.Sort())
		}
		return flagged(a) && !flagged(b)
	})
	var lines []clinic.Line
	for _, t := range tests {
		if l := t.Last(); l.Standing == record.Current || l.Standing == record.Unstated {
			lines = append(lines, l)
		}
	}
	return entries(lines, shownInCard)
}

func flagged(l clinic.Line) bool {
	words, _ := ui.Status(l.Record)
	return words != ""
}

// more says in words what a section holds besides its current lines.
func more(g clinic.Group) string {
	var parts []string
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, ui.Number(n)+" "+words)
		}
	}
	add(max(0, len(g.Current)-shownInCard), lang.L("more current"))
	add(len(g.Uncertain), lang.L("whose status is not given"))
	add(len(g.Intended), lang.L("planned"))
	add(len(g.Past), lang.L("past"))
	add(len(g.NotSo), lang.L("ruled out or not taken"))
	add(len(g.Held), lang.L("to be read in the original"))
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
