package ccd

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// about is the first section: what the document says about itself (CLINICAL-SAFETY
// hazards 49, 50, 51). It is read before anything else, and holds no entry.
func (w *writer) about() *section {
	sel := w.sel
	made := "Made on " + w.made().Human() + " with Carnet" + versionWords(sel.Version) + " by the patient or someone who acts for them"
	if sel.Scope.For != "" {
		made += ", for " + sel.Scope.For
	}
	out := []string{
		made + ". No care provider has checked or signed it.",
		"The patient keeps this record; no organisation is its custodian. Each entry names who stated it; what the patient entered is marked.",
	}
	if first, last := sel.Period(); first != "" {
		out = append(out, "Period: the dates of the entries run from "+first.Human()+" to "+last.Human()+".")
	} else {
		out = append(out, "Period: no entry has a date.")
	}
	if s := w.scope(); s != "" {
		out = append(out, "Limited by the patient to: "+s+". There may be more in the record.")
	}
	out = append(out, "Sources: "+w.sources()+".", "Holds: "+w.counts()+".")
	if n := w.entered(); n > 0 {
		out = append(out, count(n, "entry was", "entries were")+" entered by the patient and not by a care provider; each is marked.")
	}
	if n := w.held(); n > 0 {
		out = append(out, heldWords(n))
	}
	if sel.Replaced > 0 {
		out = append(out, count(sel.Replaced, "entry", "entries")+" that a later statement of the same source replaced left out.")
	}
	if sel.InError > 0 {
		out = append(out, count(sel.InError, "entry", "entries")+" that the source itself withdrew (entered in error) left out.")
	}
	if sel.Withheld > 0 {
		out = append(out, "Some items withheld by the patient.")
	}
	out = append(out, "What the coded entries cannot hold stands in the text alone. Insurance is left out. Files are named, not included.")
	return &section{heading: heading{title: "About this document"}, first: append(out, w.person()...)}
}

func versionWords(v string) string {
	if v == "" {
		return ""
	}
	return " " + v
}

// person is what is known of the patient, in words.
func (w *writer) person() []string {
	var out []string
	for _, row := range w.sel.Patient().Details() {
		out = append(out, row.Label+": "+monthInWords(row.Value))
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
	return strings.Join(parts, ", ")
}

// sources names the files; one whose name must not leave is only counted.
func (w *writer) sources() string {
	seen := map[record.Hash]bool{}
	var names []string
	unnamed, own := 0, false
	for _, r := range w.records {
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
func (w *writer) counts() string {
	n := map[record.Kind]int{}
	for _, r := range w.records {
		if r.Summary().Standing != record.Held {
			n[r.Resource.Kind()]++
		}
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

func (w *writer) entered() int {
	n := 0
	for _, r := range w.records {
		if byPatient(r) && r.Resource.Kind() != record.KindPatient {
			n++
		}
	}
	return n
}

func (w *writer) held() int {
	n := 0
	for _, r := range w.records {
		if r.Summary().Standing == record.Held {
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
