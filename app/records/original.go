package records

import (
	"context"
	"slices"

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

// origin is the nth source with what can be done with it.
func (d *detail) origin(r record.Record, n int, o widget.Origin) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Facts(o.Facts...)}
	if h := o.Provenance.Original; h != "" {
		show := fw.NewButtonWithIcon(lang.L("Show in the original"), theme.SearchIcon(), func() { d.look(r, ui.Source(n)) })
		if s, ok := r.Resource.(*record.ImagingStudy); ok && holds(s, h) { // there is nothing to read in it
			show = fw.NewButtonWithIcon(lang.L("Look at the image"), theme.MediaPhotoIcon(), func() {
				d.env.Open(ui.Route{Place: ui.Imaging, Kind: record.KindImagingStudy, ID: r.ID, Words: ui.File(h)})
			})
		}
		parts = append(parts, widget.Flow(6, show, d.save(h)))
	}
	return widget.Column(6, parts...)
}

// look opens a file that an entry comes from or carries.
func (d *detail) look(r record.Record, words string) {
	d.env.Open(ui.Route{Place: ui.Original, Kind: r.Resource.Kind(), ID: r.ID, Words: words})
}

func (d *detail) save(h record.Hash) *fw.Button {
	b := fw.NewButtonWithIcon(lang.L("Save a copy of the file…"), theme.DocumentSaveIcon(), func() { ui.SaveCopy(d.env, h) })
	b.Importance = fw.LowImportance
	return b
}

// files are the files that an entry carries.
func (d *detail) files(r record.Record) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, a := range exchange.Attachments(r.Resource) {
		if a.Hash == "" {
			continue
		}
		name := widget.NewLine(a.String(), "", "")
		name.Whole = true
		open := fw.NewButtonWithIcon(lang.L("Look at it"), theme.VisibilityIcon(), func() { d.look(r, ui.File(a.Hash)) })
		out = append(out, widget.Flow(6, container.NewHBox(fw.NewIcon(theme.FileIcon()), container.NewCenter(name)), open, d.save(a.Hash)))
	}
	return out
}

// document is where the document that an entry stands in is offered, once it is
// found: one that comes from the same file.
func (d *detail) document(r record.Record) fyne.CanvasObject {
	place := widget.Column(0)
	keys := documentKeys(r)
	if len(keys) == 0 {
		return place
	}
	ui.Load(d.ctx, d.env.Work, func(ctx context.Context) ([]record.Record, error) { return d.env.Vault.Match(ctx, keys...) }, func(found []record.Record, err error) {
		found = slices.DeleteFunc(found, func(x record.Record) bool { return !isDocument(x) })
		if err != nil || len(found) != 1 { // where there are several it is not said which
			return
		}
		open := fw.NewButtonWithIcon(lang.L("Read the document it stands in"), theme.DocumentIcon(), func() {
			d.env.Open(ui.Route{Place: ui.Documents, Kind: record.KindDocumentReference, ID: found[0].ID})
		})
		place.Objects = []fyne.CanvasObject{container.NewHBox(open)}
		place.Refresh()
	})
	return place
}

// wholeDocument is where a file that is one document states it: a CDA document at
// its root, a FHIR document in its first entry, which is the Composition (FHIR R4,
// 3.3.1); others as a whole.
var wholeDocument = []string{"/ClinicalDocument", "/entry/0/resource", "whole file", "whole table"}

// documentKeys are those under which the vault finds the documents that an entry's
// files are.
func documentKeys(r record.Record) []record.Key {
	var keys []record.Key
	if _, is := r.Resource.(*record.DocumentReference); is {
		return nil
	}
	for _, p := range r.Provenance {
		if p.Original == "" {
			continue
		}
		for _, place := range wholeDocument {
			s := record.Testimony{Person: r.Person, Resource: &record.DocumentReference{}, Provenance: &record.Provenance{Original: p.Original, Place: place}}
			keys = append(keys, s.Place().Key())
		}
	}
	return keys
}

// isDocument tells a document from an entry of a FHIR file that only names one.
func isDocument(r record.Record) bool {
	d, ok := r.Resource.(*record.DocumentReference)
	return ok && ui.Listed(r) && (len(d.Section) > 0 || slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return p.Place != wholeDocument[1] }))
}

// holds says whether a file is an image of a study.
func holds(s *record.ImagingStudy, h record.Hash) bool {
	for _, x := range s.Series {
		for _, i := range x.Instance {
			if i.Rows != "" && slices.Contains(i.Files(), h) {
				return true
			}
		}
	}
	return false
}
