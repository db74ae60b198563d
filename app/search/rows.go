// Package search finds entries by words in all sections of a person's record.
package search

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// limit is how many hits are shown; a search with more is narrowed by a word.
const limit = 200

// row is one hit: the entry, with its section and the words around the match.
type row struct{ ui.Entry }

// rows are the hits for one person, best first. Entries that their source
// withdrew are never shown.
func rows(hits []vault.Hit, person record.ID) []row {
	var list []row
	for _, h := range hits {
		if h.Record.Person != person || !ui.Listed(h.Record) {
			continue
		}
		e := ui.EntryOf(h.Record)
		text := strings.Join(strings.Fields(h.Snippet), " ")
		if text == "" || text == e.Title {
			text = e.Text
		}
		e.Text = ui.Section(e.Kind)
		if text != "" {
			e.Text += "  ·  " + text
		}
		list = append(list, row{e})
	}
	return list
}

// footer says how many hits there are.
func footer(n int) string {
	if n >= limit {
		return lang.L("The {{.Count}} best matches. Add a word to narrow the search.", map[string]any{"Count": limit})
	}
	return ui.Entries(n)
}
