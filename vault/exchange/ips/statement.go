package ips

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// statement is what every export says about itself (hazards 49, 50, 51): when
// and by whom it was made, what it covers, where that came from, how much there
// is, and what is not in it.
func (w *writer) statement(records []record.Record, left []string) []string {
	sel := w.sel
	made := "Made on " + record.Date(w.made()).Human() + " with Carnet" + versionWords(sel.Version) + " by the patient or someone who acts for them"
	if sel.Scope.For != "" {
		made += ", for " + sel.Scope.For
	}
	out := []string{made + ". No care provider has checked or signed it."}
	if first, last := sel.Period(); first != "" {
		out = append(out, "Period: the dates of the entries run from "+first.Human()+" to "+last.Human()+".")
	} else {
		out = append(out, "Period: no entry has a date.")
	}
	if s := w.scope(); s != "" {
		out = append(out, "Limited by the patient to: "+s+". There may be more in the record.")
	}
	if s := sel.SinceWords(); s != "" {
		out = append(out, s)
	}
	out = append(out, "Sources: "+w.sources(records)+".", "Holds: "+counts(records)+".")
	if n := entered(records); n > 0 {
		out = append(out, count(n, "entry was", "entries were")+" entered by the patient and not by a care provider; each is marked.")
	}
	out = append(out, left...)
	if sel.Replaced > 0 {
		out = append(out, count(sel.Replaced, "entry", "entries")+" that a later statement of the same source replaced left out.")
	}
	if sel.InError > 0 {
		out = append(out, count(sel.InError, "entry", "entries")+" that the source itself withdrew (entered in error) left out.")
	}
	if sel.Withheld > 0 {
		out = append(out, "Some items withheld by the patient.")
	}
	return out
}

func (w *writer) scope() string {
	var parts []string
	for _, k := range w.sel.Scope.Kinds {
		parts = append(parts, strings.ToLower(k.Section()))
	}
	if from := w.sel.Scope.From; from != "" {
		parts = append(parts, "dates from "+from.Human())
	}
	if to := w.sel.Scope.To; to != "" {
		parts = append(parts, "dates up to "+to.Human())
	}
	if whole := w.sel.Scope.WholeWords(); whole != "" {
		parts = append(parts, whole)
	}
	return strings.Join(parts, ", ")
}

// sources names the files; one whose name must not leave is only counted.
func (w *writer) sources(records []record.Record) string {
	seen := map[record.Hash]bool{}
	var names []string
	unnamed, own := 0, false
	for _, r := range records {
		own = own || byPatient(r) && r.Source().Original == ""
		for _, p := range r.Provenance {
			if p.Original == "" || seen[p.Original] {
				continue
			}
			seen[p.Original] = true
			if name := w.sel.SourceName(p.Original); name != "" {
				names = append(names, name)
			} else {
				unnamed++
			}
		}
	}
	if unnamed > 0 {
		names = append(names, count(unnamed, "file", "files")+" not named here")
	}
	if own {
		names = append(names, "the patient's own entries")
	}
	if len(names) == 0 {
		return "none stated"
	}
	return strings.Join(names, "; ")
}

// counts says how many records of each kind there are, in reading order.
func counts(records []record.Record) string {
	n := map[record.Kind]int{}
	for _, r := range records {
		n[r.Resource.Kind()]++
	}
	var parts []string
	for _, k := range record.Kinds {
		if k.Kind != record.KindPatient && n[k.Kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", strings.ToLower(k.Section), n[k.Kind]))
		}
	}
	if len(parts) == 0 {
		return "no entries"
	}
	return strings.Join(parts, ", ")
}

func entered(records []record.Record) int {
	n := 0
	for _, r := range records {
		if byPatient(r) && r.Resource.Kind() != record.KindPatient {
			n++
		}
	}
	return n
}

// count is "1 entry" or "3 entries".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
