package vault

import (
	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// searchRules numbers what is taken into the index and how it is cut into
// words: an index made by other rules is built again.
const searchRules = 2

// searchTexts are the texts of a record that [Vault.Search] looks through, in
// the order in which a snippet is chosen from them; none for what stands in
// record.Ledger.
func searchTexts(r record.Record) []fulltext.Text {
	if r.Resource.Kind().Ledger() {
		return nil
	}
	summary := r.Resource.Summary()
	rows := r.Resource.Details()
	texts := make([]fulltext.Text, 0, 1+len(summary.Codes)+len(rows)+2*len(r.Provenance)+2)
	add := func(f fulltext.Field, text string) {
		if text != "" {
			texts = append(texts, fulltext.Text{Field: f, Text: text})
		}
	}
	add(fulltext.Title, summary.Title)
	for _, c := range summary.Codes {
		add(fulltext.Code, c.Code+" "+c.Display)
	}
	if r.Overlay != nil {
		add(fulltext.Body, r.Overlay.Note)
		add(fulltext.Body, r.Overlay.Reason)
	}
	if d, ok := r.Resource.(*record.DocumentReference); ok { // the labels of its rows are its own words
		for _, s := range d.Section {
			add(fulltext.Body, s.Title)
		}
	}
	for _, row := range rows {
		add(fulltext.Body, row.Value)
	}
	for _, p := range r.Provenance {
		add(fulltext.Body, p.Author)
		add(fulltext.Body, p.System)
	}
	return texts
}

// searchDoc is what the index keeps of a record besides its words.
func searchDoc(e *entry) fulltext.Doc {
	return fulltext.Doc{ID: string(e.id), Print: searchPrint(e.elem), Group: searchGroup(e.place.person, e.place.kind), Time: e.place.time}
}

// searchPrint tells a record from what it was, and from every other one: the
// start of its element of the set-hash.
func searchPrint(elem setHash) [fulltext.PrintSize]byte {
	return [fulltext.PrintSize]byte(elem[:fulltext.PrintSize])
}

// searchGroup is what a search can be narrowed to: a person and a kind.
func searchGroup(person record.ID, kind record.Kind) string {
	return string(append(append([]byte{byte(len(person))}, person...), kind...))
}

// searchAccept says which groups a filter lets through; nil: all.
func searchAccept(f record.Filter) func(group string) bool {
	if f.Person == "" && f.Kind == "" {
		return nil
	}
	return func(group string) bool {
		person, kind, ok := cutCounted([]byte(group))
		return ok && (f.Person == "" || f.Person == record.ID(person)) && (f.Kind == "" || f.Kind == record.Kind(kind))
	}
}
