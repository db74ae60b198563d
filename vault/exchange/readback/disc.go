package readback

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/record"
)

// filesLimit bounds the files of one disc.
const filesLimit = 100_000

var (
	errMany = errors.New("there are more than 100,000 files; check it folder by folder")
	errPath = errors.New("it cannot be read: is the disc in the drive?")
)

// Disc reads a folder, a disc, or a disc image or zip archive, and holds it
// against its own list, DICOMDIR.
func Disc(ctx context.Context, children exchange.Children, path string, progress func(done, total int)) (Report, error) {
	fsys, names, done, err := open(path)
	if err != nil {
		return Report{}, err
	}
	defer done()
	items := make([]Item, len(names))
	for n, name := range names {
		items[n] = Item{record.Visible(name), func(context.Context) (io.ReadCloser, error) { return fsys.Open(name) }}
	}
	r, err := Check(ctx, children, items, progress)
	if err != nil {
		return r, err
	}
	x, err := dicom.Format.Index(ctx, exchange.Tree{Name: filepath.Base(path), FS: fsys, Names: names})
	if err != nil || x == nil {
		return r, err
	}
	for _, i := range x.Issues {
		if i.Severity != record.Information {
			r.Missing = append(r.Missing, Finding{record.Visible(i.Place), i.Text})
		}
	}
	return r, nil
}

// open lists the files of a path.
func open(path string) (fsys fs.FS, names []string, done func(), err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, nil, errPath
	}
	if info.IsDir() {
		fsys = os.DirFS(path)
		names, err = walk(fsys)
		return fsys, names, func() {}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, errPath
	}
	a, err := container.Open(f, info.Size())
	if err != nil { // a single file
		f.Close()
		return os.DirFS(filepath.Dir(path)), []string{filepath.Base(path)}, func() {}, nil
	}
	for _, m := range a.Members() {
		names = append(names, m.Name) // one with a fault does not open, and is told so
	}
	return a, names, func() { f.Close() }, nil
}

// walk lists the files of a folder; links are not followed. A folder that cannot
// be listed stands as a file, which will be told not to be read.
func walk(fsys fs.FS) (names []string, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			names = append(names, name)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			names = append(names, name)
		}
		if len(names) > filesLimit {
			return errMany
		}
		return nil
	})
	slices.Sort(names)
	return slices.Compact(names), err
}
