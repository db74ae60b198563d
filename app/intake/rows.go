// Package intake brings files in: choosing, reading, looking before filing,
// whose record it is, the receipt, and what was brought in before.
package intake

import (
	"fmt"
	"sort"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// sourceRow is one file of a receipt.
type sourceRow struct {
	Name   string
	Format string
	Counts []string // in words, none of them zero
	Issues []issueRow
	Tone   ui.Tone
}

// issueRow is one issue in words.
type issueRow struct {
	Text  string
	Place string
	Tone  ui.Tone
}

// sourcesShown is how many files a receipt shows one by one.
const sourcesShown = 40

// sourceRows puts a receipt into words, file by file. filed says whether it was
// done already or is still to be done.
func sourceRows(r record.Receipt, title func(string) string) []sourceRow {
	var out []sourceRow
	for _, s := range r.Folded(sourcesShown) {
		row := sourceRow{Name: s.Name, Format: title(s.Format), Counts: countWords(s), Tone: ui.Good}
		for _, i := range s.Issues {
			tone := ui.Plain
			switch i.Severity {
			case record.Warning:
				tone = ui.Care
			case record.Error:
				tone = ui.Alarm
			}
			row.Issues = append(row.Issues, issueRow{ui.Capital(plain(i.Text)), i.Place, tone})
		}
		switch {
		case s.Refused > 0:
			row.Tone = ui.Alarm
		case s.Kept > 0:
			row.Tone = ui.Care
		}
		out = append(out, row)
	}
	return out
}

func countWords(s record.SourceReport) []string {
	var out []string
	add := func(n int, words string) {
		if n > 0 {
			out = append(out, ui.Number(n)+" "+words)
		}
	}
	add(s.Filed, lang.L("new"))
	add(s.Duplicate, lang.L("already in your record"))
	add(s.Administrative, lang.L("administrative"))
	add(s.Kept, lang.L("kept in the original only"))
	add(s.Refused, lang.L("that could not be read"))
	switch {
	case len(out) > 0:
	case s.Format == exchange.Container:
		out = append(out, lang.L("its files are listed one by one"))
	default:
		out = append(out, lang.L("nothing found in it"))
	}
	return out
}

// total adds all sources up.
func total(r record.Receipt) record.SourceReport {
	t := record.SourceReport{Kinds: map[string]int{}}
	for _, s := range r.Sources {
		t.Read += s.Read
		t.Filed += s.Filed
		t.Duplicate += s.Duplicate
		t.Administrative += s.Administrative
		t.Kept += s.Kept
		t.Refused += s.Refused
		for k, n := range s.Kinds {
			t.Kinds[k] += n
		}
	}
	return t
}

// sectionRow is what would be filed in one section.
type sectionRow struct {
	Section string
	Count   int
}

// sections are the filed entries by section, in reading order.
func sections(r record.Receipt) []sectionRow {
	kinds := total(r).Kinds
	var out []sectionRow
	for _, k := range record.Kinds {
		if n := kinds[string(k.Kind)]; n > 0 {
			out = append(out, sectionRow{ui.Section(k.Kind), n})
		}
	}
	return out
}

// sentence is the receipt in one line; the numbers always add up.
func sentence(r record.Receipt) string {
	t := total(r)
	return lang.L("{{.Read}} read = {{.List}}", map[string]any{
		"Read": ui.Number(t.Read), "List": strings.Join(countWords(t), " + "),
	})
}

// headline says what an import brought in a few words.
func headline(r record.Receipt) string {
	t := total(r)
	if t.Filed == 0 {
		return lang.L("Nothing new: everything was in your record already")
	}
	return lang.N("{{.Count}} new entries", t.Filed, map[string]any{"Count": ui.Number(t.Filed)})
}

// choice is one answer to whose record the files are.
type choice struct {
	Words  string
	Person exchange.PersonChoice
}

// question asks whose record the files of a held batch are.
type question struct {
	Text    string
	Reasons string
	Choices []choice
}

// ask puts the question for the subjects of a batch.
func ask(subjects []*exchange.Subject, people []record.Record) question {
	var q question
	var who, reasons []string
	for _, s := range subjects {
		name := s.Name
		if name == "" {
			name = lang.L("someone whom the files do not name")
		}
		if s.Patient != nil && s.Patient.BirthDate != "" {
			name += ", " + lang.L("born {{.Date}}", map[string]any{"Date": ui.Date(s.Patient.BirthDate)})
		}
		who = append(who, fmt.Sprintf("%s (%s)", name, ui.Entries(s.Records)))
		if len(s.Reasons) > 0 {
			reasons = append(reasons, ui.Capital(strings.Join(s.Reasons, ", "))+".")
		}
	}
	q.Text = lang.L("These files are about {{.Who}}. Under whom should they be filed?", map[string]any{"Who": strings.Join(who, "; ")})
	q.Reasons = strings.Join(reasons, " ")
	names := make([]string, len(people))
	for i, p := range people {
		words := record.Visible(p.Summary().Title)
		if pt, ok := p.Resource.(*record.Patient); ok && pt.BirthDate != "" {
			words += ", " + lang.L("born {{.Date}}", map[string]any{"Date": ui.Date(pt.BirthDate)})
		}
		names[i] = words
	}
	for i, words := range ui.Distinct(names) {
		q.Choices = append(q.Choices, choice{words, exchange.PersonChoice(people[i].ID)})
	}
	q.Choices = append(q.Choices, choice{lang.L("Another person: keep a record of their own here"), exchange.NewPerson})
	return q
}

// history is the past imports for a person and those for nobody in particular,
// newest first, and the number of those for others.
func history(receipts []record.Receipt, person record.ID) (out []record.Receipt, others int) {
	for _, r := range receipts {
		if r.Person.ID != "" && !r.Concerns(person) {
			others++
			continue
		}
		out = append(out, r)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.After(out[j].At) })
	return out, others
}

// historyEntry is a past import in two lines.
func historyEntry(r record.Receipt) ui.Entry {
	var names []string
	for _, s := range r.Sources {
		names = append(names, s.Name)
	}
	e := ui.Entry{Title: strings.Join(names, ", "), Date: ui.Moment(r.At), Text: strings.Join(countWords(total(r)), ", ")}
	var people []string
	for _, p := range r.Everyone() {
		if p.Name != "" {
			people = append(people, p.Name)
		}
	}
	if len(people) > 0 {
		e.Text = strings.Join(people, ", ") + "  ·  " + e.Text
	}
	if n := r.Refused(); n > 0 {
		e.Status, e.Tone = lang.N("{{.Count}} could not be read", n, map[string]any{"Count": n}), ui.Alarm
	}
	return e
}

// stage puts progress into words.
func stage(p exchange.Progress) string {
	switch p.Stage {
	case "reading":
		return lang.L("Reading {{.Name}}", map[string]any{"Name": p.Source})
	case "comparing":
		return lang.L("Comparing with what is there already")
	}
	return lang.L("Sealing")
}

// fraction is how far it has come, from 0 to 1; negative while unknown.
func fraction(p exchange.Progress) float64 {
	if p.Total <= 0 || p.Stage == "comparing" {
		return -1
	}
	return float64(p.Done) / float64(p.Total)
}

func joinCounts(counts []string) string { return strings.Join(counts, ", ") }
