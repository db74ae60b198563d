package bluebutton

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var labKeys = layout{
	starts: []string{"lab test"},
	keys:   []string{"lab type", "ordering provider", "ordering location", "specimen", "collection sample", "date/time collected", "collected location", "performing location", "date/time completed"},
	ruled:  true,
	body:   true,
}

var testKeys = layout{
	starts: []string{"test name"},
	keys:   []string{"result", "units", "reference range", "performing location", "status"},
	prose:  []string{"interpretation", "comments"},
	closes: true,
}

// resultStatus are the words for the state of a result in those of FHIR.
var resultStatus = map[string]string{
	"final": "final", "complete": "final", "completed": "final", "verified": "final", "preliminary": "preliminary", "partial": "preliminary", "pending": "registered",
	"corrected": "corrected", "amended": "amended", "cancelled": "cancelled", "canceled": "cancelled",
}

// statusOf is a status in FHIR's words, else as written.
func statusOf(s string) string {
	s = strings.ToLower(s)
	if fhir, ok := resultStatus[s]; ok {
		return fhir
	}
	return s
}

// category is a concept of FHIR's observation categories.
func category(code string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: code}}}}
}

// lab reads one laboratory test: of chemistry and hematology each result by
// itself, of microbiology the report in words.
func (r *reader) lab(s *section, it *item) {
	d := &record.DiagnosticReport{Code: words(it.get("lab test")), Category: several(it.get("lab type"))}
	d.Specimen = it.get("specimen")
	if sample := it.get("collection sample"); sample != "" {
		d.Specimen = strings.TrimSpace(d.Specimen + " (" + sample + ")")
	}
	d.Effective = at(it.get("date/time collected"))
	d.Issued, _ = it.day("date/time completed")
	if place := it.get("performing location"); place != "" {
		d.Performer = []string{place}
	}
	tests, loose := r.tests(it)
	d.Note = append(notes(loose), it.rest()...)
	panel := r.local("lab", d.Code.Text, string(d.Effective.Start))
	if len(tests) == 0 {
		d.Text = verbatim(it.body)
	}
	var results []*record.Observation
	for _, test := range tests {
		o := r.result(test)
		o.Effective, o.Specimen, o.Panel = d.Effective, d.Specimen, record.Reference{Local: panel, Display: d.Code.String()}
		results = append(results, o)
		d.Result = append(d.Result, record.Reference{Local: panel + "/" + o.Code.Text, Display: o.Code.Text})
		d.Status = common(d.Status, o.Status, len(results) == 1)
	}
	r.add(s, it.first, it.last, d, "lab test", named(panel))
	for i, o := range results {
		r.add(s, tests[i].first, tests[i].last, o, "result", named(panel+"/"+o.Code.Text))
	}
}

// tests are the results below the head of a test.
func (r *reader) tests(it *item) ([]*item, []*field) {
	if len(it.body) == 0 {
		return nil, nil
	}
	return testKeys.parse(r.lines, it.bodyFirst, it.last)
}

// result reads one result.
func (r *reader) result(it *item) *record.Observation {
	o := &record.Observation{Category: category(record.Laboratory), Code: words(it.get("test name")), Status: statusOf(it.get("status"))}
	unit := it.get("units")
	text, flag := flagged(it.get("result"))
	o.Value, o.Interpretation = value(text, unit), flag
	o.ReferenceRange = reference(it.get("reference range"), unit)
	if place := it.get("performing location"); place != "" {
		o.Performer = []string{place}
	}
	if words := it.list("interpretation"); len(words) > 0 {
		o.Note = append(o.Note, strings.Join(words, "\n"))
	}
	o.Note = append(o.Note, it.rest()...)
	if o.Value.Empty() {
		o.DataAbsentReason = words("the report gives no value")
	}
	return o
}

// common is the status that all results of a report have, else "".
func common(so, status string, first bool) string {
	if first || so == status {
		return status
	}
	return ""
}

// local is a name for a block that another download of the same facts gives it
// too.
func (r *reader) local(parts ...string) string {
	name := strings.Join(parts, "/")
	r.locals[name]++
	if n := r.locals[name]; n > 1 {
		name = fmt.Sprintf("%s#%d", name, n)
	}
	return name
}

// named gives a record a name by which others refer to it.
func named(local string) func(*record.Record) {
	return func(rec *record.Record) { rec.Provenance[0].Local = append(rec.Provenance[0].Local, local) }
}
