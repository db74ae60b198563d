package handover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// ErrNotEmpty is returned when the place of the package is taken.
var ErrNotEmpty = errors.New("the folder is already there and holds files")

// document is one of the files that a format writes.
type document struct {
	format   string
	name     string
	required bool
	what     string // for the manifest
}

// documents are the files of a package, in the order in which they are written.
var documents = []document{
	{"html", "START-HERE.html", true, "the whole record in one page for any browser"},
	{"pdf", "Summary.pdf", true, "the summary to print"},
	{"ips", "ips.json", false, "the same for software: HL7 FHIR R4 document, International Patient Summary"},
	{"ccda", "ccd.xml", false, "the same for software: HL7 C-CDA R2.1, Continuity of Care Document"},
}

// Write makes the package of a selection in dir, which must not exist or be
// empty. When it fails or ctx ends, nothing is left behind. progress may be nil;
// it is called from the calling goroutine.
func Write(ctx context.Context, formats []exchange.Format, sel exchange.Selection, dir string, progress func(exchange.Progress)) (Manifest, error) {
	dir = filepath.Clean(dir)
	if err := free(dir); err != nil {
		return Manifest{}, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), ".carnet-package-")
	if err != nil {
		return Manifest{}, fmt.Errorf("make the package's folder: %w", cause(err))
	}
	m, err := Pack(ctx, formats, sel, Folder(temp), progress)
	if err == nil {
		err = place(temp, dir)
	}
	if err != nil {
		return Manifest{}, errors.Join(err, os.RemoveAll(temp))
	}
	return m, nil
}

// Pack lays the package of a selection down in an empty place and checks it
// there. When it fails, what lies there is for the caller to remove. progress
// may be nil.
func Pack(ctx context.Context, formats []exchange.Format, sel exchange.Selection, at Place, progress func(exchange.Progress)) (Manifest, error) {
	return PackAs(ctx, Plain, formats, sel, at, progress)
}

// PackAs is Pack in a layout.
func PackAs(ctx context.Context, layout Layout, formats []exchange.Format, sel exchange.Selection, at Place, progress func(exchange.Progress)) (Manifest, error) {
	if progress == nil {
		progress = func(exchange.Progress) {}
	}
	p := &packer{layout: layout, at: at, sel: sel, sheet: sheet.Build(sel), formats: formats, progress: progress}
	return p.pack(ctx)
}

// free says whether a package may be put at dir.
func free(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at the package's folder: %w", cause(err))
	case len(entries) > 0:
		return ErrNotEmpty
	}
	return nil
}

// place moves the finished folder to where it belongs.
func place(temp, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("put the package in its place: %w", cause(err))
	}
	if err := os.Rename(temp, dir); err != nil {
		return fmt.Errorf("put the package in its place: %w", cause(err))
	}
	return nil
}

// packer writes one package.
type packer struct {
	layout   Layout
	at       Place
	sel      exchange.Selection
	sheet    *sheet.Sheet
	formats  []exchange.Format
	progress func(exchange.Progress)
	files    []File
	missing  []string // what could not be included, found while writing
	verified []Check  // documents that were read again
	stored   map[string]string
	medium   *medium // the DICOM files
}

func (p *packer) pack(ctx context.Context) (Manifest, error) {
	for _, d := range documents {
		if err := p.document(ctx, d); err != nil {
			return Manifest{}, err
		}
	}
	if err := p.originals(ctx); err != nil {
		return Manifest{}, err
	}
	if err := p.media(ctx); err != nil {
		return Manifest{}, err
	}
	if err := p.readme(ctx); err != nil {
		return Manifest{}, err
	}
	m := p.manifest()
	m.Checks = append(append(check(ctx, p.at, m), p.checkImages(ctx)...), p.verified...)
	if err := ctx.Err(); err != nil {
		return Manifest{}, err
	}
	if err := m.failed(); err != nil {
		return Manifest{}, err
	}
	return m, p.writeManifest(ctx, m)
}

// document writes what one format exports.
func (p *packer) document(ctx context.Context, d document) error {
	f, ok := exchange.Exporter(p.formats, d.format)
	if !ok {
		if d.required {
			return fmt.Errorf("write %s: there is no format %q", d.name, d.format)
		}
		p.missing = append(p.missing, d.name+": this version of Carnet does not write it.")
		return nil
	}
	err := p.file(ctx, d.name, d.what, func(w io.Writer) error { return f.Export(ctx, w, p.sel) })
	switch {
	case errors.Is(err, exchange.ErrTooLarge) && !d.required:
		return p.leaveOut(d.name, "there is more in the record than one such file can hold")
	case err != nil || f.Verify == nil:
		return err
	}
	return p.verify(ctx, d, f)
}

// verify reads a document again with the importer of its format: facts in, facts
// out. One that does not state what the record states never leaves; it does not
// keep the others from leaving where the package is whole without it.
func (p *packer) verify(ctx context.Context, d document, f exchange.Format) error {
	err := f.Verify(ctx, exchange.Source{Name: d.name, FS: p.at, Path: d.name}, p.sel)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	what := d.name + ": read again, it states what the record states"
	switch {
	case err == nil:
		p.verified = append(p.verified, Check{What: what, OK: true})
		return nil
	case d.required:
		return fmt.Errorf("%w: %s", ErrCheck, what)
	}
	p.files = p.files[:len(p.files)-1]
	return p.leaveOut(d.name, "read again, it did not state what the record states")
}

func (p *packer) leaveOut(name, why string) error {
	if err := p.at.Remove(name); err != nil {
		return fmt.Errorf("remove %s: %w", name, cause(err))
	}
	p.missing = append(p.missing, name+": "+why+", so it is left out.")
	return nil
}

// cause is the reason of a file error without its path: paths name people.
func cause(err error) error {
	if err == nil {
		return nil
	}
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		return le.Err
	}
	return err
}
