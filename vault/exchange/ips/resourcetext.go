package ips

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// narrativeOf is every stated element of a record in words, with its source and
// whether the patient entered it. The narrative of a source keeps its tables.
func narrativeOf(rec record.Record) *element {
	var p page
	p.head(rec.Summary().Title)
	for _, words := range rec.Held {
		p.say("Attention: this entry " + record.HeldWords([]string{words}) + " (" + words + "). It may mean something else than it seems to.")
	}
	own, texts := texts(rec.Resource)
	var rows [][]string
	for _, row := range rec.Resource.Details() {
		if !own[row.Value] {
			rows = append(rows, []string{row.Label, monthInWords(row.Value)})
		}
	}
	rows = append(rows, []string{"Source", sourceWords(rec)})
	for _, row := range rec.Overlay.Says() {
		rows = append(rows, []string{row.Label, row.Value})
	}
	p.table([]string{"What", "As stated"}, rows)
	for _, t := range texts {
		if t.title != "" {
			p.head(t.title)
		}
		p.verbatim(t.text)
	}
	return p.narrative()
}

// monthInWords writes a value that is a bare date with the name of its month
// (hazard 37); entries of unknown types keep dates as text.
func monthInWords(s string) string {
	if d, err := record.ParseDate(s); err == nil && d.Precision() >= record.Day {
		return d.Human()
	}
	return s
}

type titled struct {
	title string
	text  record.Narrative
}

// texts are the narratives inside a resource, and the rows of its details that
// would repeat them.
func texts(r record.Resource) (rows map[string]bool, out []titled) {
	switch r := r.(type) {
	case *record.DocumentReference:
		for _, s := range r.Section {
			out = append(out, titled{nonEmpty(s.Title, s.Code.String()), s.Text})
		}
	case *record.DiagnosticReport:
		out = []titled{{"", r.Text}}
	case *record.CarePlan:
		out = []titled{{"", r.Text}}
	case *record.Other:
		out = []titled{{"", r.Text}}
	}
	rows = map[string]bool{}
	kept := out[:0]
	for _, t := range out {
		if t.text != "" {
			rows[t.text.Plain()] = true
			kept = append(kept, t)
		}
	}
	return rows, kept
}

// sourceWords says where a record came from: who recorded it, in which system,
// and in how many files it was seen.
func sourceWords(rec record.Record) string {
	src := rec.Source()
	var parts []string
	for _, s := range []string{src.Author, src.System} {
		if s != "" && (len(parts) == 0 || parts[0] != s) {
			parts = append(parts, s)
		}
	}
	switch {
	case byPatient(rec):
		parts = append(parts, record.ByPatient.Words())
	case src.Asserter == record.ByDevice:
		parts = append(parts, record.ByDevice.Words())
	case len(parts) == 0:
		parts = append(parts, src.Asserter.Words())
	}
	if n := files(rec); n > 1 {
		parts = append(parts, fmt.Sprintf("seen in %d files", n))
	}
	return strings.Join(parts, ", ")
}

// files counts the different originals that state a record.
func files(rec record.Record) int {
	seen := map[record.Hash]bool{}
	for _, p := range rec.Provenance {
		if p.Original != "" {
			seen[p.Original] = true
		}
	}
	return len(seen)
}
