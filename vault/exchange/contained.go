package exchange

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/container"
)

// Contained makes sources of the files in an archive that lies in no file of its
// own: what a sealed package holds. Each is kept by itself, as the files of a
// folder are; name is that of the sealed file, for people.
func Contained(name string, r io.ReaderAt, size int64) ([]Source, error) {
	a, err := container.Open(r, size)
	if err != nil {
		return nil, err
	}
	root := nested{a}
	var sources []Source
	for _, m := range a.Members() {
		if m.Fault == nil && slices.ContainsFunc(strings.Split(m.Name, "/"), passedOver) {
			continue
		}
		sources = append(sources, Source{Name: shown(path.Join(name, m.Name)), FS: root, Path: m.Name, tree: "\x00" + name})
	}
	if len(sources) == 0 {
		return nil, errors.New("the sealed file holds no files")
	}
	return sources, nil
}

// nested are the files of an archive. One that is an archive itself, as an office
// file is, is taken into memory, so that it can be read at any place.
type nested struct{ a *container.Archive }

const nestedLimit = 256 << 20 // bytes of an archive inside the archive

// Open implements fs.FS.
func (n nested) Open(name string) (fs.File, error) {
	f, err := n.a.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.Size() > nestedLimit {
		return f, err
	}
	head := make([]byte, 4)
	if k, err := io.ReadFull(f, head); err != nil || !container.Is(head[:k]) {
		f.Close()
		return n.a.Open(name)
	}
	defer f.Close()
	rest, err := io.ReadAll(io.LimitReader(f, nestedLimit))
	if err != nil {
		return nil, err
	}
	return &whole{carriedFile: carriedFile{*bytes.NewReader(append(head, rest...))}, info: info}, nil
}

// whole is a file that was taken into memory.
type whole struct {
	carriedFile
	info fs.FileInfo
}

func (w *whole) Stat() (fs.FileInfo, error) { return w.info, nil }
