package exchange

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// withoutImages are the imaging studies without the import's files. A study of
// which no image and no source is left goes.
func (w *withdrawal) withoutImages() []record.Record {
	var puts []record.Record
	for _, r := range w.studies {
		left, changed := w.withoutFiles(r)
		switch {
		case !changed:
		case len(left.Provenance) == 0:
			w.vanished = append(w.vanished, r.ID)
			w.gone[r.ID] = ""
			w.counts[r.Person]--
		default:
			w.stay++
			puts = append(puts, left)
		}
	}
	return puts
}

// withoutFiles is a study without what the import brought of it.
func (w *withdrawal) withoutFiles(r record.Record) (record.Record, bool) {
	study := *r.Resource.(*record.ImagingStudy)
	changed := false
	var series []record.ImagingSeries
	for _, s := range study.Series {
		kept, fewer := w.withoutInstances(s.Instance)
		if fewer {
			changed = true
			if len(kept) == 0 {
				continue
			}
		}
		s.Instance = kept
		series = append(series, s)
	}
	study.Series = series
	var sources []record.Provenance
	for n, p := range r.Provenance {
		if w.removed(r, n) {
			changed = true
			continue
		}
		sources = append(sources, p)
	}
	r.Resource, r.Provenance = &study, sources
	if changed && len(sources) == 0 {
		r.Provenance = w.remainingFile(study)
	}
	before := len(r.Provenance)
	w.inherit(&r)
	return r, changed || before != len(r.Provenance)
}

// withoutInstances are the images of a series that some file still holds.
func (w *withdrawal) withoutInstances(list []record.ImagingInstance) (kept []record.ImagingInstance, fewer bool) {
	for _, i := range list {
		if !slices.ContainsFunc(i.Files(), func(h record.Hash) bool { return w.goneFiles[h] }) {
			kept = append(kept, i)
			continue
		}
		fewer = true
		left := slices.DeleteFunc(copies(i), func(c record.ImagingInstance) bool { return w.goneFiles[c.Hash] })
		if len(left) > 0 {
			kept = append(kept, oneImage(left))
		}
	}
	return kept, fewer
}

// remainingFile names an image that stays as the source of its study, where the
// import brought the ones that were named.
func (w *withdrawal) remainingFile(study record.ImagingStudy) []record.Provenance {
	for _, s := range study.Series {
		for _, i := range s.Instance {
			for _, h := range i.Files() {
				if p := w.broughtBy(h); p != nil {
					return p
				}
			}
		}
	}
	return nil
}

// broughtBy names a file of another import as a source; nil when none brought it.
func (w *withdrawal) broughtBy(h record.Hash) []record.Provenance {
	for _, receipt := range w.others {
		for _, source := range receipt.Sources {
			if source.SHA256 == h {
				return []record.Provenance{{Import: receipt.Import, Original: h, Format: source.Format, Place: "whole file", Received: receipt.At}}
			}
		}
	}
	return nil
}
