package handover

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Place is where a package is laid down and read again: a folder, or one whose
// files are sealed until they are wrapped. Names have forward slashes.
type Place interface {
	fs.FS // Open, to read again
	// Create begins a new file. It counts once it is closed without an error.
	Create(name string) (io.WriteCloser, error)
	Remove(name string) error
	// Names lists every file there is, sorted.
	Names() ([]string, error)
}

// Folder is a place whose files everybody can read.
type Folder string

var _ Place = Folder("")

func (f Folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

// Open implements [fs.FS].
func (f Folder) Open(name string) (fs.File, error) {
	file, err := os.DirFS(string(f)).Open(name)
	if err != nil {
		return nil, cause(err)
	}
	return file, nil
}

// Create implements [Place].
func (f Folder) Create(name string) (io.WriteCloser, error) {
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o700); err != nil {
		return nil, cause(err)
	}
	file, err := os.OpenFile(f.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, cause(err)
	}
	return flushed{file}, nil
}

// Remove implements [Place].
func (f Folder) Remove(name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cause(err)
	}
	return nil
}

// Names implements [Place].
func (f Folder) Names() ([]string, error) {
	var names []string
	err := filepath.WalkDir(string(f), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(string(f), path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	slices.Sort(names)
	return names, cause(err)
}

// flushed is a file that is on the disk when it is closed.
type flushed struct{ *os.File }

func (f flushed) Close() error { return errors.Join(cause(f.Sync()), cause(f.File.Close())) }
