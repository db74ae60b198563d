package archive

import (
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// note notes the originals that a record of the person names.
func (w *writer) note(r record.Record) {
	if w.want == nil {
		return
	}
	for _, p := range r.Provenance {
		w.want[p.Original] = true
		w.carried(p.Said)
	}
	w.carried(r.Resource)
}

func (w *writer) carried(r record.Resource) {
	switch r := r.(type) {
	case *record.DocumentReference:
		for _, a := range r.Content {
			w.want[a.Hash] = true
		}
	case *record.DiagnosticReport:
		for _, a := range r.PresentedForm {
			w.want[a.Hash] = true
		}
	case *record.ImagingStudy:
		for h := range r.Files() {
			w.want[h] = true
		}
	}
}

// of leaves in a receipt what concerns the person, and says whether that is
// anything. The counts of a source that others share stay as they were.
func (w *writer) of(r *record.Receipt) bool {
	if !r.Concerns(w.opt.Person) {
		return false
	}
	own := []record.SourceReport{}
	for _, s := range r.Sources {
		if slices.Contains(s.People, w.opt.Person) || w.want[s.SHA256] {
			s.People = slices.DeleteFunc(slices.Clone(s.People), func(id record.ID) bool { return id != w.opt.Person })
			own = append(own, s)
		}
	}
	for _, p := range r.Everyone() {
		if p.ID == w.opt.Person {
			r.Person, r.People = p, nil
		}
	}
	r.Sources = own
	return true
}

// ending is that of an original's file: what a computer knows it by, where it is
// a harmless one.
func ending(name string) string {
	e := strings.ToLower(path.Ext(name))
	switch e {
	case ".json", ".ndjson", ".xml", ".txt", ".csv", ".tsv", ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".dcm", ".zip", ".hl7", ".rtf", ".docx", ".xlsx", ".odt", ".phr":
		return e
	}
	return ""
}

// originals writes what is known of the originals, then the files. A member of an
// archive lies in that one; of one person's archive each file lies by itself,
// since what carried it may hold others'.
func (w *writer) originals() error {
	list, err := w.lib.Originals(w.ctx)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o record.Original) bool { return w.want != nil && !w.want[o.Hash] })
	slices.SortFunc(list, func(a, b record.Original) int {
		return cmp.Or(cmp.Compare(min(len(a.Path), 1), min(len(b.Path), 1)), cmp.Compare(a.Hash, b.Hash)) // what holds others goes before them
	})
	files := map[record.Hash]string{}
	p := w.parts("originals")
	for n := range list {
		o := &list[n]
		if w.want != nil {
			o.Path = ""
		}
		l := originalLine{File: originalsDir + string(o.Hash) + ending(o.Name), Original: *o}
		if o.Path != "" {
			l.File = files[o.Within]
		} else {
			files[o.Hash] = l.File
			w.all += o.Size
		}
		b, err := encode(&l, &l.Exact, &l.Original)
		if err != nil {
			return err
		}
		if err := p.add(b); err != nil {
			return err
		}
		w.got.Originals++
	}
	if err := p.end(); err != nil {
		return err
	}
	for _, o := range list {
		if o.Path != "" {
			continue
		}
		if err := w.original(o, files[o.Hash]); err != nil {
			return err
		}
	}
	return nil
}

// original writes one file. Where it cannot be read to its end zeros stand, and
// the manifest says so.
func (w *writer) original(o record.Original, name string) error {
	f, _, err := w.lib.OpenOriginal(w.ctx, o.Hash)
	lacking := &filled{left: o.Size, bad: err != nil}
	if err == nil {
		defer f.Close()
		lacking.r = f
	}
	if err := w.file(name, o.Size, lacking); err != nil {
		return err
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if lacking.bad {
		w.got.Lacking = append(w.got.Lacking, o.Hash)
	}
	w.done += o.Size
	w.opt.Progress(w.done, w.all)
	return nil
}

// filled reads exactly as many bytes as there should be.
type filled struct {
	r    io.Reader
	left int64
	bad  bool // it could not be read, or is longer or shorter
}

func (f *filled) Read(p []byte) (int, error) {
	if f.left == 0 {
		if !f.bad {
			if n, err := io.ReadFull(f.r, make([]byte, 1)); n > 0 || !errors.Is(err, io.EOF) {
				f.bad = true
			}
		}
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), f.left)]
	if !f.bad {
		n, err := f.r.Read(p)
		f.left -= int64(n)
		if err == nil || n > 0 {
			return n, nil
		}
		f.bad = true
	}
	clear(p)
	f.left -= int64(len(p))
	return len(p), nil
}
