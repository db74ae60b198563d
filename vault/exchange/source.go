package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on what is read from outside.
const (
	sourcesLimit    = 20_000  // files in one import
	sourceSizeLimit = 8 << 30 // bytes of one file; formats have limits of their own
)

// Source is one file to import, wherever it lies.
type Source struct {
	Name string // for people: the path inside what the user gave
	FS   fs.FS
	Path string      // inside FS
	Hash record.Hash // SHA-256 of the content; set before a format reads it
	dir  string      // the folder, where it is known
	tree string      // the folder that the user gave and that is walked; "" for a single file

	within   record.Hash // the container that holds the file; "" for none
	holder   *Source     // the container itself
	carried  bool        // it lies in within as an attachment, kept by itself
	children Children    // where tasks run; nil for this process
	answers  map[string]string
}

// member is the path inside the container.
func (s Source) member() string {
	if s.within == "" || s.carried {
		return ""
	}
	return s.Path
}

// reopen opens the file when its container may have been closed since.
func (s Source) reopen() (io.ReadCloser, error) {
	if s.holder == nil {
		return s.Open()
	}
	a, err := s.holder.archive()
	if err != nil {
		return nil, err
	}
	f, err := a.Open(s.Path)
	if err != nil {
		a.close()
		return nil, err
	}
	return closers{f, a}, nil
}

// closers is a member that closes its container with itself.
type closers struct {
	io.ReadCloser
	a *archive
}

func (c closers) Close() error {
	defer c.a.close()
	return c.ReadCloser.Close()
}

// archive opens a file as a container.
func (s Source) archive() (*archive, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	at, canSeek := f.(io.ReaderAt)
	file, isFile := f.(fs.File)
	if !canSeek || !isFile {
		f.Close()
		return nil, errors.New("an archive inside another one is not opened; bring it in by itself")
	}
	info, err := file.Stat()
	if err != nil {
		f.Close()
		return nil, readError(err)
	}
	a, err := container.Open(at, info.Size())
	if err != nil {
		f.Close()
		return nil, err
	}
	return &archive{a, f}, nil
}

// noFile says that no file lies behind the name.
func (s Source) noFile() bool { _, no := s.FS.(noFile); return no }

// folder tells files that lie together from others.
func (s Source) folder() string { return s.dir + "\x00" + path.Dir(s.Name) }

// Open opens the file. The caller closes it.
func (s Source) Open() (io.ReadCloser, error) {
	f, err := s.FS.Open(s.Path)
	if err != nil {
		if s.within != "" {
			return nil, err // a container's own words
		}
		return nil, readError(err)
	}
	return f, nil
}

// ReadAll gives the whole content, at most limit bytes.
func (s Source) ReadAll(limit int64) ([]byte, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, readError(err)
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("the file is larger than %s", record.Bytes(limit))
	}
	return b, nil
}

// readError puts a file system error into words without its path.
func readError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("the file is no longer there; put it back or plug its drive in again")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("this computer does not allow reading the file; check its permissions")
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("cannot read the file: %w", pe.Err)
	}
	return fmt.Errorf("cannot read the file: %w", err)
}

// Paths makes sources of files and folders. A folder is walked in name order;
// hidden files and those that systems leave behind are passed over. The error
// names the path.
func Paths(paths ...string) ([]Source, error) {
	var sources []Source
	for _, p := range paths {
		found, err := pathSources(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		if sources = append(sources, found...); len(sources) > sourcesLimit {
			return nil, fmt.Errorf("%s: more than %d files at once; bring them in folder by folder", p, sourcesLimit)
		}
	}
	return sources, nil
}

func pathSources(p string) ([]Source, error) {
	info, err := os.Stat(p)
	if err != nil {
		return nil, readError(err)
	}
	if !info.IsDir() {
		if !info.Mode().IsRegular() {
			return nil, errors.New("neither a file nor a folder")
		}
		dir, name := filepath.Split(p)
		if dir == "" {
			dir = "."
		}
		return []Source{{Name: shown(name), FS: folderFS(dir), Path: name, dir: filepath.Clean(dir)}}, nil
	}
	root := folderFS(p)
	base := filepath.Base(p)
	var sources []Source
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", shown(name), readError(err))
		case name != "." && passedOver(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
		case d.Type().IsRegular():
			sources = append(sources, Source{Name: shown(path.Join(base, name)), FS: root, Path: name, dir: filepath.Clean(p), tree: filepath.Clean(p)})
		default:
			sources = append(sources, Source{Name: shown(path.Join(base, name)), FS: noFile{d.Type()}, Path: name, tree: filepath.Clean(p)})
		}
		if len(sources) > sourcesLimit {
			return fmt.Errorf("more than %d files at once; bring them in folder by folder", sourcesLimit)
		}
		return nil
	})
	return sources, err
}

// folderFS is a folder of this computer. Unlike os.DirFS it opens files whose
// names are not UTF-8, as discs carry them; it is given only names that it
// listed itself.
type folderFS string

// Open implements fs.FS.
func (f folderFS) Open(name string) (fs.File, error) {
	return os.Open(filepath.Join(string(f), filepath.FromSlash(name)))
}

// shown is a file's name as text.
func shown(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }

// noFile stands for a name in a folder behind which no file lies: it is refused
// by name, not passed over in silence.
type noFile struct{ kind fs.FileMode }

// Open implements fs.FS.
func (n noFile) Open(string) (fs.File, error) {
	if n.kind&fs.ModeSymlink != 0 {
		return nil, errors.New("a link to another place; bring in what it points at by itself")
	}
	return nil, errors.New("neither a file nor a folder")
}

func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || name == "Thumbs.db" || name == "desktop.ini" || name == "__MACOSX"
}

// inspection is what one reading of a source tells.
type inspection struct {
	head    Head
	hash    record.Hash
	changed time.Time

	archive  *archive // the file opened as a container, when it is one
	unopened error    // why a container could not be opened
}

// errChanged says that what a format read may not be what was hashed.
var errChanged = errors.New("the file was changed while it was read; bring it in again once it is complete")

// recheck finds out whether the file is still the one that was inspected.
func (s Source) recheck(seen inspection) error {
	info, err := fs.Stat(s.FS, s.Path)
	if err != nil {
		return readError(err)
	}
	if info.Size() != seen.head.Size || !info.ModTime().Equal(seen.changed) {
		return errChanged
	}
	return nil
}

// inspect reads the file once for its head, size and hash.
func (s Source) inspect(ctx context.Context) (inspection, error) {
	f, err := s.Open()
	if err != nil {
		return inspection{}, err
	}
	defer f.Close()
	var changed time.Time
	if f, ok := f.(fs.File); ok {
		info, err := f.Stat()
		if err != nil {
			return inspection{}, readError(err)
		}
		changed = info.ModTime()
	}
	h := sha256.New()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return inspection{}, readError(err)
	}
	h.Write(head[:n])
	rest, err := io.Copy(h, io.LimitReader(contextReader{ctx, f}, sourceSizeLimit-int64(n)+1))
	if err != nil {
		if ctx.Err() != nil {
			return inspection{}, ctx.Err()
		}
		return inspection{}, readError(err)
	}
	size := int64(n) + rest
	if size > sourceSizeLimit {
		return inspection{}, fmt.Errorf("the file is larger than %s, the most that is read at once", record.Bytes(sourceSizeLimit))
	}
	seen := inspection{
		head:    Head{Name: s.Name, Bytes: head[:n:n], Size: size},
		hash:    record.Hash(hex.EncodeToString(h.Sum(nil))),
		changed: changed,
	}
	if s.within == "" && container.Is(seen.head.Bytes) {
		if seen.archive, seen.unopened = s.archive(); seen.unopened == nil {
			seen.head.Members = names(seen.archive.Members())
		}
	}
	return seen, nil
}

func names(members []container.Member) []string {
	out := make([]string, len(members))
	for n, m := range members {
		out[n] = m.Name
	}
	return out
}

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
