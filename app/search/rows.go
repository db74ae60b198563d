// Package search finds entries by words in all sections of a person's record.
package search

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// limit is how many hits are shown; a search with more is narrowed by a word.
const limit = 200

// row is one hit: the entry, with its section and the words around the match,
// of which those that matched are bold.
type row struct {
	ui.Entry
	strong []widget.Stretch
}

// rows are the hits, best first. Entries that their source withdrew are never
// shown.
func rows(hits []vault.Hit) []row {
	var list []row
	for _, h := range hits {
		if !ui.Listed(h.Record) {
			continue
		}
		r := row{Entry: ui.EntryOf(h.Record)}
		text := r.Text
		r.Text = ui.Section(r.Kind)
		switch {
		case h.Snippet != "" && h.Snippet != r.Title:
			r.add("  ·  ", false)
			r.snippet(h)
		case text != "":
			r.add("  ·  "+text, false)
		}
		list = append(list, r)
	}
	return list
}

// snippet adds the words around the match.
func (r *row) snippet(h vault.Hit) {
	at := 0
	for _, m := range h.Marks {
		r.add(h.Snippet[at:m.Start], false)
		r.add(h.Snippet[m.Start:m.End], true)
		at = m.End
	}
	r.add(h.Snippet[at:], false)
}

func (r *row) add(text string, strong bool) {
	start := len(r.Text)
	r.Text += record.Visible(text)
	if strong {
		r.strong = append(r.strong, widget.Stretch{Start: start, End: len(r.Text)})
	}
}

// footer says how many hits there are.
func footer(n int) string {
	if n >= limit {
		return lang.L("The {{.Count}} best matches. Add a word to narrow the search.", map[string]any{"Count": limit})
	}
	return ui.Entries(n)
}
