package documents

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// linksMost is how many entries of a file are named beside a document.
const linksMost = 300

// links are the entries that come from a document's files.
type links struct {
	entries []ui.Entry
	all     int
	shared  bool // other documents stand in these files too
}

// filesOf are the files that a document comes from.
func filesOf(r record.Record) []record.Hash {
	var files []record.Hash
	for _, p := range r.Provenance {
		if p.Original != "" && !slices.Contains(files, p.Original) {
			files = append(files, p.Original)
		}
	}
	return files
}

// findLinks looks through a person's record for what comes from a document's files.
func findLinks(ctx context.Context, v *vault.Vault, of record.Record) (links, error) {
	files := filesOf(of)
	var l links
	if len(files) == 0 {
		return l, nil
	}
	for r, err := range v.Query(ctx, record.Filter{Person: of.Person}) {
		if err != nil {
			return l, err
		}
		l.add(r, of, files)
	}
	return l, nil
}

// add takes an entry that comes from one of the files.
func (l *links) add(r, of record.Record, files []record.Hash) {
	from := func(p record.Provenance) bool { return slices.Contains(files, p.Original) }
	if r.ID == of.ID || r.Resource.Kind() == record.KindPatient || !ui.Listed(r) || !slices.ContainsFunc(r.Provenance, from) {
		return
	}
	if r.Resource.Kind() == record.KindDocumentReference {
		l.shared = true
	}
	if l.all++; len(l.entries) < linksMost {
		l.entries = append(l.entries, ui.EntryOf(r))
	}
}

func (l links) heading() string {
	if l.shared {
		return lang.L("In the same file")
	}
	return lang.L("What comes from this document")
}

// object lists the entries; each leads to itself.
func (l links) object(env *ui.Env) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Subheading(l.heading())}
	if l.all == 0 {
		return widget.Column(8, append(parts, widget.MutedWords(lang.L("No other entry of the record comes from it.")))...)
	}
	parts = append(parts, widget.Caption(ui.Of(len(l.entries), l.all)))
	var rows []func() fyne.CanvasObject
	var kind record.Kind
	for _, e := range l.entries {
		if e.Kind != kind {
			kind = e.Kind
			rows = append(rows, func() fyne.CanvasObject {
				line := widget.NewLine(ui.Section(e.Kind), "", ui.ColorMuted)
				line.Bold = true
				return line
			})
		}
		rows = append(rows, func() fyne.CanvasObject {
			view := widget.NewRowView()
			view.Set(e)
			return widget.NewPressed(view, func() { env.Open(ui.Route{Place: ui.Records, Kind: e.Kind, ID: e.ID}) })
		})
	}
	return widget.Column(8, append(parts, widget.Unrolled(2, rows))...)
}

// linksPlace is where the links of a document stand once they are found.
func linksPlace(ctx context.Context, env *ui.Env, of record.Record) fyne.CanvasObject {
	place := widget.Column(0)
	place.Objects = []fyne.CanvasObject{widget.MutedWords(lang.L("Looking for what comes from this document…"))}
	var load func()
	load = func() {
		ui.Load(ctx, env.Work, func(ctx context.Context) (links, error) { return findLinks(ctx, env.Vault, of) }, func(l links, err error) {
			if err != nil {
				t := ui.Explain(err)
				place.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, t.What, t.Next, fw.NewButton(lang.L("Try again"), load))}
			} else {
				place.Objects = []fyne.CanvasObject{l.object(env)}
			}
			place.Refresh()
		})
	}
	load()
	return place
}
