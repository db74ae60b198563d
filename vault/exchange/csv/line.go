package csv

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// line is one line of the table.
type line struct {
	id, kind, date, end, title, part   string
	system, code                       string
	comparator, value, unit, ucum      string
	text, missing, within, flag        string
	status, current, standing          string
	asserter, author, by, source, note string
	exported, leaves                   string
}

// columns are the columns in their order. The names are stable.
var columns = []struct {
	heading string
	of      func(*line) string
}{
	{"kind", func(l *line) string { return l.kind }},
	{"date", func(l *line) string { return l.date }},
	{"end", func(l *line) string { return l.end }},
	{"what", func(l *line) string { return l.title }},
	{"part", func(l *line) string { return l.part }},
	{"comparator", func(l *line) string { return l.comparator }},
	{"value", func(l *line) string { return l.value }},
	{"unit", func(l *line) string { return l.unit }},
	{"text", func(l *line) string { return l.text }},
	{"missing", func(l *line) string { return l.missing }},
	{"reference range", func(l *line) string { return l.within }},
	{"interpretation", func(l *line) string { return l.flag }},
	{"status", func(l *line) string { return l.status }},
	{"current", func(l *line) string { return l.current }},
	{"standing", func(l *line) string { return l.standing }},
	{"note", func(l *line) string { return l.note }},
	{"code", func(l *line) string { return l.code }},
	{"code system", func(l *line) string { return l.system }},
	{"UCUM", func(l *line) string { return l.ucum }},
	{"recorded by", func(l *line) string { return l.asserter }},
	{"author", func(l *line) string { return l.author }},
	{"organisation", func(l *line) string { return l.by }},
	{"source file", func(l *line) string { return l.source }},
	{"id", func(l *line) string { return l.id }},
	{"exported", func(l *line) string { return l.exported }},
	{"left out of this table", func(l *line) string { return l.leaves }},
}

func headings() []string {
	var list []string
	for _, c := range columns {
		list = append(list, c.heading)
	}
	return list
}

func (l *line) cells() []string {
	list := make([]string, 0, len(columns))
	for _, c := range columns {
		list = append(list, cell(record.Visible(c.of(l))))
	}
	return list
}

// lines makes the lines of records.
type lines struct {
	sel   exchange.Selection
	whole string
	made  string
	names map[record.Hash]string
}

// of gives the lines of a record: one, or for a result of parts one for each
// part behind the whole's own.
func (ls *lines) of(r record.Record) []*line {
	s, src := r.Summary(), r.Source()
	l := &line{
		id: string(r.ID), kind: r.Resource.Kind().Section(), title: s.Title, status: s.Status, standing: string(s.Standing),
		date: string(s.When.Start), end: string(s.When.End), flag: s.Interpretation, within: s.Range,
		author: src.Author, by: src.System, source: ls.names[src.Original], asserter: src.Asserter.Words(), exported: ls.made, leaves: ls.whole,
	}
	l.current = "no"
	if s.Standing == record.Current {
		l.current = "yes"
	}
	if s.When.Start == "" && s.When.End == "" {
		l.date = s.When.Text
	}
	for _, said := range r.Overlay.Says() {
		l.add(said.Label + ": " + said.Value)
	}
	if len(r.Held) > 0 {
		l.add(record.HeldWords(r.Held))
	}
	l.coded(s.Codes)
	o, ok := r.Resource.(*record.Observation)
	if !ok {
		l.text = s.Value
		l.unit = s.Unit
		return []*line{l}
	}
	return ls.result(l, o)
}

// result fills in the value of an observation, and adds its parts.
func (ls *lines) result(l *line, o *record.Observation) []*line {
	l.measured(o.Value, o.DataAbsentReason)
	list := []*line{l}
	for _, c := range o.Component {
		part := *l
		part.part, part.within, part.flag = c.Code.String(), ranges(c.ReferenceRange), concepts(c.Interpretation)
		part.comparator, part.value, part.unit, part.ucum, part.text, part.missing, part.code, part.system = "", "", "", "", "", "", "", ""
		part.measured(c.Value, c.DataAbsentReason)
		part.coded(c.Code.Coding)
		list = append(list, &part)
	}
	for _, n := range o.Note {
		l.add(n)
	}
	return list
}

// measured fills in a value: a number in its columns, anything else as words.
func (l *line) measured(v record.Value, absent record.Concept) {
	if q := v.Quantity; !q.Empty() {
		l.comparator, l.value, l.unit = string(q.Comparator), q.Value, q.UnitWords()
		if q.System == record.UCUM {
			l.ucum = q.Code
		}
		return
	}
	if l.text = v.String(); l.text == "" {
		l.missing = absent.String()
	}
}

func (l *line) coded(list []record.Coding) {
	for _, c := range list {
		if c.Code != "" {
			l.code, l.system = c.Code, c.System
			return
		}
	}
}

func (l *line) add(note string) {
	if l.note != "" {
		l.note += "; "
	}
	l.note += note
}

func ranges(list []record.ReferenceRange) string {
	var words []string
	for _, r := range list {
		words = append(words, r.String())
	}
	return strings.Join(words, "; ")
}

func concepts(list []record.Concept) string {
	var words []string
	for _, c := range list {
		words = append(words, c.String())
	}
	return strings.Join(words, ", ")
}
