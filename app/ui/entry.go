package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// Entry is a record as every list shows it: two lines.
type Entry struct {
	ID     record.ID
	Kind   record.Kind
	Title  string
	Date   string
	Text   string
	Status string
	Tone   Tone
}

// EntryOf is the record in two lines. Lists leave records out that their source
// withdrew: see [Listed].
func EntryOf(r record.Record) Entry {
	s := r.Summary()
	status, tone := Status(r)
	e := Entry{ID: r.ID, Kind: r.Resource.Kind(), Title: s.Title, Date: ShortWhen(s.When), Text: resultLine(s), Status: status, Tone: tone}
	if e.Date == "" {
		e.Date = lang.L("Date unknown")
	}
	if e.Text == "" {
		e.Text = From(r)
	}
	return e
}

// Listed says whether a record may stand in a list: not when its source
// withdrew it, or said something else later.
func Listed(r record.Record) bool { return !r.Summary().Standing.History() }

// Status is what an entry means now, in words, or for a result the flag that
// its source set. What the patient disputes never stands without that.
func Status(r record.Record) (string, Tone) {
	words, tone := meaning(r)
	switch {
	case r.Overlay == nil || !r.Overlay.Disputed:
		return words, tone
	case words == "":
		return lang.L("Disputed by you"), Care
	}
	return words + " · " + lang.L("disputed by you"), Care
}

func meaning(r record.Record) (string, Tone) {
	words, tone := Standing(r)
	s := r.Summary()
	if words != "" || s.Interpretation == "" || strings.EqualFold(s.Interpretation, "normal") || s.Interpretation == "N" {
		return words, tone
	}
	return s.Interpretation, Care
}

func resultLine(s record.Summary) string {
	text := s.Result()
	if s.Range != "" && text != "" {
		text += "   " + lang.L("(range {{.Range}})", map[string]any{"Range": s.Range})
	}
	return strings.Join(strings.Fields(text), " ")
}

// From names where an entry came from in a few words; "" when the source names
// nobody.
func From(r record.Record) string {
	p := r.Source()
	switch {
	case p.Asserter == record.ByPatient && p.Original == "":
		return lang.L("entered by you")
	case p.System != "" && !LooksLikeCode(p.System):
		return p.System
	}
	return p.Author
}

// LooksLikeCode tells an identifier for computers (URI, OID) from a name.
func LooksLikeCode(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "urn:") || strings.Trim(s, "0123456789.") == ""
}
