package handover

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// ErrNotEmpty is returned when the place of the package is taken.
var ErrNotEmpty = errors.New("the folder is already there and holds files")

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
	p := &packer{layout: layout, at: at, sel: sel.Sharing(), formats: formats, progress: progress}
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
	if err := p.documents(ctx); err != nil {
		return Manifest{}, err
	}
	p.sheet = sheet.Of(p.sel)
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
