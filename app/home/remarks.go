package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

// remark is a card of sentences and lines about the record as a whole.
type remark struct {
	Title string
	Words []sentence
	Lines []ui.Entry
	More  string
	All   ui.Route // where the rest is; zero: nowhere
}

// sentence is one of them; pressed, it shows the record that it is about.
type sentence struct {
	Words string
	Kind  record.Kind
	ID    record.ID // "" for none
}

// remarks are what is new since the last visit, what sources state differently and
// what nobody said anything about. Until all records were looked at, one card says
// that this is being done: silence would look like "nothing".
func remarks(p overview.Page) []remark {
	n := p.Noticed
	if n == nil {
		return []remark{{Title: lang.L("New, missing or stated differently"), Words: []sentence{{Words: lang.L("The whole record is being looked at…")}}}}
	}
	var out []remark
	if v := n.Visit; v != nil {
		r := remark{Title: lang.L("New since the last visit"), Words: []sentence{{Words: ui.EntryOf(p.Records[v.ID]).Title + "  ·  " + ui.EntryOf(p.Records[v.ID]).Date + ". " + ui.Said(v.Words), ID: v.ID, Kind: record.KindEncounter}}}
		r.Lines, r.All = entries(p, v.New), ui.Route{Place: ui.Records, Kind: record.KindEncounter}
		if more := v.Changes - len(v.New); more > 0 {
			r.More = lang.N("And {{.Count}} more.", more, map[string]any{"Count": more})
		}
		out = append(out, r)
	}
	if len(n.Differ) > 0 {
		r := remark{Title: lang.L("What sources state differently"), All: ui.Route{Place: ui.Differ}}
		for _, d := range n.Differ {
			r.Words = append(r.Words, sentence{Words: ui.Said(d.Words), ID: d.ID, Kind: d.Kind})
		}
		if more := n.Differs - len(n.Differ); more > 0 {
			r.More = lang.N("And {{.Count}} more.", more, map[string]any{"Count": more})
		}
		out = append(out, r)
	}
	if len(n.Missing) > 0 {
		r := remark{Title: lang.L("What is missing")}
		for _, m := range n.Missing {
			r.Words = append(r.Words, sentence{Words: ui.Said(m.Words)})
		}
		out = append(out, r)
	}
	return out
}

func (p *page) remarks(r remark) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, s := range r.Words {
		var words fyne.CanvasObject = widget.MutedWords(s.Words)
		if s.ID != "" {
			words = widget.NewPressed(words, func() { p.env.Open(ui.Route{Place: ui.Records, Kind: s.Kind, ID: s.ID}) })
		}
		parts = append(parts, words)
	}
	for _, e := range r.Lines {
		parts = append(parts, p.entry(e))
	}
	if r.More != "" {
		parts = append(parts, widget.MutedWords(r.More))
	}
	var all fyne.CanvasObject
	if r.All != (ui.Route{}) {
		link := fw.NewHyperlink(lang.L("Show all"), nil)
		link.OnTapped = func() { p.env.Open(r.All) }
		all = widget.Flush(link)
	}
	return widget.Card(r.Title, all, widget.Column(4, parts...))
}
