package bluebutton

import (
	"context"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
	"github.com/carnet-phr/carnet/vault/record"
)

// reader reads one report into a sink.
type reader struct {
	ctx     context.Context
	grammar grammar
	lines   []plaintext.Line
	sink    exchange.Sink
	doc     *record.DocumentReference
	name    record.HumanName // whom the report's head names
	born    record.Date
	places  map[string]bool
	locals  map[string]int
}

func newReader(ctx context.Context, g grammar, lines []plaintext.Line, sink exchange.Sink) *reader {
	return &reader{ctx: ctx, grammar: g, lines: lines, sink: sink, doc: &record.DocumentReference{Status: "current"}, places: map[string]bool{}, locals: map[string]int{}}
}

// report reads the head, then each section, and files the whole text last.
func (r *reader) report() error {
	sections := split(r.grammar, r.lines)
	r.head(sections)
	for _, s := range sections {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		r.section(s)
	}
	r.add(nil, 0, len(r.lines)-1, r.doc, "report")
	return nil
}

// produced are the words behind which a report says when it was made.
var produced = []string{"system request date/time", "date of report", "report generated"}

// head reads who the report is about and when it was made. Titles that are
// nothing but a title become the document's.
func (r *reader) head(sections []*section) {
	first := sections[0]
	if r.grammar != vaGov && len(sections) > 1 {
		first = sections[1] // the report's own title
		r.doc.Title = first.title
		r.doc.Date, _ = dated(strings.TrimSpace(r.dateLine(first)))
	}
	if r.doc.Title == "" {
		r.doc.Title = "VA Blue Button report"
	}
	who := first
	if r.grammar == medicare {
		for _, s := range sections {
			if s.name == "DEMOGRAPHIC" {
				who = s
			}
		}
	}
	it := r.headItem(who)
	r.name = r.personName(it, first)
	r.born, _ = dated(it.get("date of birth"))
	if who == first && r.name.String() != "" {
		r.add(nil, first.head, first.last, &record.Patient{Name: []record.HumanName{r.name}, BirthDate: r.born}, "")
	}
	for _, s := range sections {
		l := layout{keys: produced}
		_, loose := l.parse(r.lines, s.first, min(s.last, s.first+20))
		for _, f := range loose {
			if d, ok := dated(strings.Join(f.value, " ")); in(produced, f.name) && ok && r.doc.Date == "" {
				r.doc.Date = d
			}
		}
	}
}

// headItem reads the keys of the report's head.
func (r *reader) headItem(s *section) *item {
	_, loose := layout{keys: []string{"name", "date of birth"}}.parse(r.lines, s.first, s.last)
	return &item{fields: loose}
}

// dateLine is the line of the head that is a date and nothing else.
func (r *reader) dateLine(s *section) string {
	for i := s.first; i <= s.last && i < s.first+8; i++ {
		if _, ok := dated(strings.TrimSpace(r.lines[i].Text)); ok {
			return r.lines[i].Text
		}
	}
	return ""
}

// section files one section: its text in the document, its blocks as records.
func (r *reader) section(s *section) {
	text := r.narrative(s.first, s.last)
	empty := r.saysNothing(s)
	n := 0
	if k := lookup(s.name); k != nil && k.read != nil && empty == "" {
		n = k.read(r, s, k)
	} else {
		r.outcome(s, k, empty)
	}
	if text != "" || s.title != "" {
		r.doc.Section = append(r.doc.Section, record.Section{Title: s.title, Text: text, EmptyReason: empty, Entries: n, Place: place(s.head, max(s.last, s.head))})
	}
}

// nothing are the words for a section without data. That nothing matched is
// not that there is nothing (CLINICAL-SAFETY hazard 5).
var nothing = []string{"No information was available", "No Information Available", "There is no information", "No data available"}

// saysNothing gives the reason why a section holds no data, else "".
func (r *reader) saysNothing(s *section) string {
	for i := s.first; i <= s.last && i < s.first+6; i++ {
		for _, w := range nothing {
			if strings.HasPrefix(strings.TrimSpace(r.lines[i].Text), w) {
				return "unavailable"
			}
		}
	}
	return ""
}

// outcome tells of a section that makes no records.
func (r *reader) outcome(s *section, k *kind, empty string) {
	i := exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: place(s.head, max(s.last, s.head))}}
	switch {
	case s.title == "" || empty != "" || k != nil && k.outcome == exchange.Remark:
		return
	case k == nil:
		i.Severity, i.Outcome, i.Text = record.Warning, exchange.Kept, "a section that is not understood; its text is kept in the document"
	default:
		i.Outcome, i.What, i.Text = k.outcome, k.what, "kept in the document's text, not shown as entries"
		for range max(r.count(s, k), 1) - 1 {
			r.sink.Report(i)
		}
	}
	r.sink.Report(i)
}

// count is how many blocks a section has.
func (r *reader) count(s *section, k *kind) int {
	items, _ := k.parse(r.lines, s.first, s.last)
	return len(items)
}

// add files a record. s is nil for what stands behind the report as a whole.
func (r *reader) add(s *section, first, last int, res record.Resource, what string, also ...func(*record.Record)) {
	for last > first && strings.TrimSpace(r.lines[last].Text) == "" {
		last--
	}
	p := record.Provenance{Place: place(first, last), Version: string(r.doc.Date), System: r.system(s)}
	p.Span = record.Span{Offset: r.lines[first].Start, Length: r.lines[last].End - r.lines[first].Start}
	for n := 2; r.places[p.Place]; n++ {
		p.Place = fmt.Sprintf("%s (%d)", place(first, last), n)
	}
	r.places[p.Place] = true
	if s != nil {
		p.Asserter = s.by()
	}
	if what != "" {
		p.Local = []string{strings.ToLower(p.System) + "/" + what}
	}
	rec := record.Record{Resource: res, Provenance: []record.Provenance{p}}
	for _, f := range also {
		f(&rec)
	}
	r.sink.Add(rec)
}

// author names who recorded an entry.
func author(name string) func(*record.Record) {
	return func(rec *record.Record) { rec.Provenance[0].Author = name }
}

// system is the issuer of what a section says.
func (r *reader) system(s *section) string {
	switch {
	case s != nil && s.source != "" && !s.self:
		return s.source
	case r.grammar == medicare:
		return "MyMedicare.gov"
	case s != nil && s.self:
		return "My HealtheVet"
	}
	return "VA"
}

// place names lines, counted from 1.
func place(first, last int) string {
	if first == last {
		return fmt.Sprintf("line %d", first+1)
	}
	return fmt.Sprintf("lines %d-%d", first+1, last+1)
}

// narrative is the text of some lines as it stands.
func (r *reader) narrative(first, last int) record.Narrative {
	var text []string
	for i := first; i <= last; i++ {
		text = append(text, r.lines[i].Text)
	}
	return verbatim(text)
}

// verbatim is lines of text with their spacing.
func verbatim(lines []string) record.Narrative {
	var w record.NarrativeWriter
	w.Open("pre", "", "")
	for i, l := range lines {
		if i > 0 {
			w.Open("br", "", "")
		}
		w.Text(strings.TrimRight(l, " \t"))
	}
	return w.Narrative()
}
