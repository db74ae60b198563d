package wrap

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Stage is a folder of sealed files, for a package until it is wrapped. The key
// is in this process alone: what a crash leaves behind is of no use to anybody.
type Stage struct {
	dir  string
	seal *seal.Originals

	mu    sync.Mutex
	next  int
	files map[string]staged
}

type staged struct {
	path string
	size int64 // of the content
}

var _ handover.Place = (*Stage)(nil)

// NewStage makes a stage in a folder of its own below parent. Close removes it.
func NewStage(parent string) (*Stage, error) {
	key := make([]byte, seal.KeySize)
	rand.Read(key)
	box, err := seal.NewOriginals(key)
	clear(key)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(parent, ".carnet-package-")
	if err != nil {
		return nil, cause(err)
	}
	return &Stage{dir: dir, seal: box, files: map[string]staged{}}, nil
}

// Close removes the folder with all that lies in it.
func (s *Stage) Close() error { return cause(os.RemoveAll(s.dir)) }

// Create implements [handover.Place].
func (s *Stage) Create(name string) (io.WriteCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.files[name]; there {
		return nil, fs.ErrExist
	}
	s.next++
	at := filepath.Join(s.dir, strconv.Itoa(s.next)) // a name would tell what the file is
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, cause(err)
	}
	w, err := s.seal.Writer(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &staging{s: s, name: name, f: f, w: w, at: at}, nil
}

// staging is a file on its way into the stage.
type staging struct {
	s    *Stage
	name string
	f    *os.File
	w    io.WriteCloser
	at   string
	n    int64
}

func (g *staging) Write(p []byte) (int, error) {
	n, err := g.w.Write(p)
	g.n += int64(n)
	return n, err
}

func (g *staging) Close() error {
	if err := errors.Join(g.w.Close(), cause(g.f.Close())); err != nil {
		return err
	}
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.files[g.name] = staged{g.at, g.n}
	return nil
}

// Remove implements [handover.Place].
func (s *Stage) Remove(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[name]
	if !ok {
		return nil
	}
	delete(s.files, name)
	return cause(os.Remove(f.path))
}

// Names implements [handover.Place].
func (s *Stage) Names() ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.files)), nil
}

// Open implements [fs.FS]. The file can also be read at any place.
func (s *Stage) Open(name string) (fs.File, error) {
	s.mu.Lock()
	at, ok := s.files[name]
	s.mu.Unlock()
	if !ok {
		return nil, fs.ErrNotExist
	}
	f, err := os.Open(at.path)
	if err != nil {
		return nil, cause(err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, cause(err)
	}
	r, size, err := s.seal.DecryptAt(f, info.Size())
	if err != nil || size != at.size {
		f.Close()
		return nil, seal.ErrForged
	}
	content := io.NewSectionReader(r, 0, size)
	return &stagedFile{content, bufio.NewReaderSize(content, readSize), f, path.Base(name)}, nil
}

// readSize is how much is read at once, in bytes: what is sealed opens in chunks of
// 64 KiB, and each read opens one anew.
const readSize = 256 << 10

// stagedFile is an open file of the stage.
type stagedFile struct {
	*io.SectionReader
	ahead *bufio.Reader
	f     *os.File
	name  string
}

// Read implements [io.Reader].
func (f *stagedFile) Read(p []byte) (int, error) { return f.ahead.Read(p) }

// Seek implements [io.Seeker].
func (f *stagedFile) Seek(offset int64, whence int) (int64, error) {
	if whence == io.SeekCurrent {
		offset -= int64(f.ahead.Buffered())
	}
	at, err := f.SectionReader.Seek(offset, whence)
	f.ahead.Reset(f.SectionReader)
	return at, err
}

func (f *stagedFile) Close() error               { return cause(f.f.Close()) }
func (f *stagedFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *stagedFile) Name() string               { return f.name }
func (f *stagedFile) Mode() fs.FileMode          { return 0o600 }
func (f *stagedFile) ModTime() time.Time         { return time.Time{} }
func (f *stagedFile) IsDir() bool                { return false }
func (f *stagedFile) Sys() any                   { return nil }

// cause is the reason of a file error without its path: paths name people.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
