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

	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on what is read from outside.
const (
	sourcesLimit    = 20_000    // files in one import
	sourceSizeLimit = 512 << 20 // bytes of one file
)

// Source is one file to import, wherever it lies.
type Source struct {
	Name string // for people: the path inside what the user gave
	FS   fs.FS
	Path string // inside FS
}

// Open opens the file. The caller closes it.
func (s Source) Open() (io.ReadCloser, error) {
	f, err := s.FS.Open(s.Path)
	if err != nil {
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
		return []Source{{Name: name, FS: os.DirFS(dir), Path: name}}, nil
	}
	root := os.DirFS(p)
	base := filepath.Base(p)
	var sources []Source
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", name, readError(err))
		case name != "." && passedOver(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.Type().IsRegular():
			if sources = append(sources, Source{Name: path.Join(base, name), FS: root, Path: name}); len(sources) > sourcesLimit {
				return fmt.Errorf("more than %d files at once; bring them in folder by folder", sourcesLimit)
			}
		}
		return nil
	})
	return sources, err
}

func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || name == "Thumbs.db" || name == "desktop.ini" || name == "__MACOSX"
}

// inspection is what one reading of a source tells.
type inspection struct {
	head Head
	hash record.Hash
}

// inspect reads the file once for its head, size and hash.
func (s Source) inspect(ctx context.Context) (inspection, error) {
	f, err := s.Open()
	if err != nil {
		return inspection{}, err
	}
	defer f.Close()
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
	return inspection{
		head: Head{Name: s.Name, Bytes: head[:n:n], Size: size},
		hash: record.Hash(hex.EncodeToString(h.Sum(nil))),
	}, nil
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
