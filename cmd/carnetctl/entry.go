package main

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/carnet-phr/carnet/vault/record"
)

// entry is a record as list, search and summary print it in JSON. The names are
// part of the command line's contract (doc.go).
type entry struct {
	ID             record.ID       `json:"id"`
	Kind           record.Kind     `json:"kind"`
	Title          string          `json:"title"`
	When           string          `json:"when"`
	Status         string          `json:"status"`
	Current        bool            `json:"current"`
	Standing       record.Standing `json:"standing"`
	Category       string          `json:"category,omitempty"`
	Codes          []entryCode     `json:"codes"`
	Value          string          `json:"value"`
	Unit           string          `json:"unit"`
	Range          string          `json:"range"`
	Interpretation string          `json:"interpretation"`
	Source         entrySource     `json:"source"`
	Sources        int             `json:"sources"`
	Says           []record.Detail `json:"patientSays,omitempty"`
	Person         record.ID       `json:"person"`
}

type entryCode struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display"`
}

type entrySource struct {
	Original record.Hash     `json:"original"`
	Format   string          `json:"format"`
	Place    string          `json:"place"`
	Asserter record.Asserter `json:"asserter"`
}

func newEntry(r record.Record) entry {
	s, src := r.Summary(), r.Source()
	e := entry{
		ID: r.ID, Kind: r.Resource.Kind(), Title: s.Title, When: isoWhen(s.When), Status: s.Status,
		Current: s.Standing == record.Current, Standing: s.Standing, Category: s.Category, Codes: []entryCode{},
		Value: s.Value, Unit: s.Unit, Range: s.Range, Interpretation: s.Interpretation,
		Source:  entrySource{src.Original, src.Format, src.Place, src.Asserter},
		Sources: len(r.Provenance), Person: r.Person, Says: r.Overlay.Says(),
	}
	for _, k := range s.Codes {
		e.Codes = append(e.Codes, entryCode{k.System, k.Code, k.Display})
	}
	return e
}

// isoWhen is a point or a period as ISO 8601, with the written precision; words
// where there is no date.
func isoWhen(w record.When) string {
	switch {
	case w.Start != "" && (w.End != "" || w.Period):
		return string(w.Start) + "/" + string(w.End)
	case w.Start != "":
		return string(w.Start)
	case w.End != "":
		return "/" + string(w.End)
	}
	return w.Text
}

// line is the entry for people.
func (e entry) line(r record.Record) string {
	s := r.Summary()
	parts := []string{orElse(s.When.Human(), "date unknown"), s.Title}
	if v := s.Result(); v != "" {
		parts = append(parts, v)
	}
	if s.Range != "" {
		parts = append(parts, "range "+s.Range)
	}
	for _, w := range []string{s.Interpretation, s.Status} {
		if w != "" {
			parts = append(parts, w)
		}
	}
	switch s.Standing {
	case record.Held:
		parts = append(parts, "HELD BACK: "+record.HeldWords(r.Held))
	case record.InError:
		if r.OwnEntry() {
			parts = append(parts, "RETRACTED by the patient")
		} else {
			parts = append(parts, "WITHDRAWN by its source as an error")
		}
	case record.Replaced:
		parts = append(parts, "REPLACED by a later statement")
	}
	if r.Source().Asserter == record.ByPatient {
		parts = append(parts, record.ByPatient.Words())
	}
	for _, row := range r.Overlay.Says() {
		parts = append(parts, row.Label+": "+row.Value)
	}
	for i := range parts {
		parts[i] = visible(parts[i])
	}
	return fmt.Sprintf("%s  %s", e.ID, strings.Join(parts, " | "))
}

// visible makes control and direction-changing characters of imported text
// harmless to a terminal by spelling them out.
func visible(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

func orElse(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
