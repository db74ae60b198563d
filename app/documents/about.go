package documents

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// newAboutView shows what is known of a document: facts, files, sources, and what
// comes from it.
func newAboutView(env *ui.Env, l loaded) *view {
	body := container.NewStack()
	v := &view{name: lang.L("About it"), object: body}
	v.start = func() {
		parts := []fyne.CanvasObject{widget.Facts(facts(l.doc)...)}
		parts = append(parts, files(env, l)...)
		parts = append(parts, fw.NewSeparator(), widget.Subheading(lang.L("Where this comes from")))
		for n, o := range widget.Origins(l.record, func(h record.Hash) string { return l.names[h] }) {
			parts = append(parts, source(env, l.record, n, o))
		}
		all := fw.NewButtonWithIcon(lang.L("All facts, notes and corrections"), theme.InfoIcon(), func() {
			env.Open(ui.Route{Place: ui.Records, Kind: record.KindDocumentReference, ID: l.record.ID, Words: ui.AllFacts})
		})
		parts = append(parts, container.NewHBox(all), fw.NewSeparator(), linksPlace(env.Ctx, env, l.record))
		body.Objects = []fyne.CanvasObject{container.NewVScroll(widget.Inset(6, 24, 24, 24, widget.Column(14, parts...)))}
		body.Refresh()
	}
	return v
}

// facts are the labelled lines of a document without its text, which the other
// views show.
func facts(d *record.DocumentReference) []widget.Fact {
	var list []widget.Fact
	for _, row := range d.Details() {
		if row.SourceLabel() || row.Label == "Text" || row.Label == "Code" || row.Label == "Title" {
			continue
		}
		list = append(list, widget.Fact{Label: ui.Label(row), Value: ui.Value(row)})
	}
	return list
}

// files are the files that a document carries, besides the one it stands in.
func files(env *ui.Env, l loaded) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, a := range exchange.Attachments(l.doc) {
		if a.Hash == "" || l.names[a.Hash] != "" {
			continue
		}
		name := widget.NewLine(a.String(), "", "")
		name.Whole = true
		look := fw.NewButtonWithIcon(lang.L("Look at it"), theme.VisibilityIcon(), func() { original(env, l.record, ui.File(a.Hash)) })
		out = append(out, widget.Flow(6, container.NewHBox(fw.NewIcon(theme.FileIcon()), container.NewCenter(name)), look, saveButton(env, a.Hash)))
	}
	return out
}

// source is the nth source with what can be done with it.
func source(env *ui.Env, r record.Record, n int, o widget.Origin) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Facts(o.Facts...)}
	if h := o.Provenance.Original; h != "" {
		show := fw.NewButtonWithIcon(lang.L("Show in the original"), theme.SearchIcon(), func() { original(env, r, ui.Source(n)) })
		parts = append(parts, widget.Flow(6, show, saveButton(env, h)))
	}
	return widget.Column(6, parts...)
}

// original opens a file of an entry.
func original(env *ui.Env, r record.Record, words string) {
	env.Open(ui.Route{Place: ui.Original, Kind: r.Resource.Kind(), ID: r.ID, Words: words})
}
