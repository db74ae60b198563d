package container

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"time"
)

// Limits on an archive.
const (
	membersLimit   = 20_000   // members of one archive
	totalLimit     = 8 << 30  // bytes of all members together
	memberLimit    = 4 << 30  // bytes of one member
	directoryLimit = 16 << 20 // bytes that listing the members may read
)

// ErrNotContainer says that a file is neither a zip archive nor a disc image.
var ErrNotContainer = errors.New("neither a zip archive nor a disc image")

// Member is one file inside an archive.
type Member struct {
	Name  string // path inside the archive, with slashes; valid UTF-8
	Size  int64  // bytes, as the archive promises
	Fault error  // why it cannot be opened; nil when it can
}

// Archive is a zip archive or disc image. It is safe for concurrent use as far
// as its ReaderAt is.
type Archive struct {
	Kind    string // for people: "zip archive", "disc image"
	members []*entry
	byName  map[string]*entry
}

// entry is a Member with the way to its bytes.
type entry struct {
	Member
	changed time.Time
	open    func() (io.ReadCloser, error)
}

var _ fs.FS = (*Archive)(nil)

// Is says whether the first bytes of a file are those of a container. 64 KiB of
// head are enough for both kinds.
func Is(head []byte) bool { return isZip(head) || isISO(head) }

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// Open lists an archive of size bytes. The error holds no names.
func Open(r io.ReaderAt, size int64) (*Archive, error) {
	head := make([]byte, min(size, isoHead))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, fmt.Errorf("the archive cannot be read: %w", err)
	}
	switch {
	case isZip(head):
		entries, err := zipEntries(r, size)
		return newArchive("zip archive", entries, err)
	case isISO(head):
		entries, err := isoEntries(r, size)
		return newArchive("disc image", entries, err)
	}
	return nil, ErrNotContainer
}

// newArchive checks what every kind must keep.
func newArchive(kind string, entries []*entry, err error) (*Archive, error) {
	if err != nil {
		return nil, err
	}
	a := &Archive{Kind: kind, byName: make(map[string]*entry, len(entries))}
	total := int64(0)
	for n, e := range entries {
		if e.Fault == nil && !safeName(e.Name) {
			e.Fault = fmt.Errorf("member %d of the %s has a name that leads out of it or that not every computer can keep", n+1, kind)
		}
		if e.Fault == nil && (e.Size < 0 || e.Size > memberLimit) {
			e.Fault = errors.New("unpacked, it is larger than 4 GiB, the most that is read")
		}
		if e.Fault == nil {
			total += e.Size
		}
		if _, twice := a.byName[e.Name]; twice {
			return nil, fmt.Errorf("two members of the %s have the same name, so it is not clear which one is meant; nothing of it is read", kind)
		}
		a.byName[e.Name] = e
		a.members = append(a.members, e)
	}
	switch {
	case len(entries) > membersLimit:
		return nil, fmt.Errorf("the %s holds more than %d files; unpack it and bring it in folder by folder", kind, membersLimit)
	case total > totalLimit:
		return nil, fmt.Errorf("unpacked, the %s is larger than 8 GiB; unpack it and bring it in folder by folder", kind)
	}
	sort.Slice(a.members, func(i, j int) bool { return a.members[i].Name < a.members[j].Name })
	return a, nil
}

// Members lists the files inside by name, those with a Fault too.
func (a *Archive) Members() []Member {
	out := make([]Member, len(a.members))
	for n, e := range a.members {
		out[n] = e.Member
	}
	return out
}

// Open implements fs.FS for the members; folders cannot be opened.
func (a *Archive) Open(name string) (fs.File, error) {
	e, ok := a.byName[name]
	switch {
	case !ok:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case e.Fault != nil:
		return nil, e.Fault
	}
	return &file{entry: e}, nil
}

// file is an opened member. Its content is opened by the first Read, so that
// asking for its size costs nothing.
type file struct {
	*entry
	content io.ReadCloser
	left    int64
}

// Stat implements fs.File.
func (f *file) Stat() (fs.FileInfo, error) { return info{f.entry}, nil }

// Read gives at most as many bytes as the archive promises.
func (f *file) Read(p []byte) (int, error) {
	if f.content == nil {
		content, err := f.open()
		if err != nil {
			return 0, err
		}
		f.content, f.left = content, f.Member.Size
	}
	n, err := f.content.Read(p)
	if f.left -= int64(n); f.left < 0 {
		return 0, errors.New("unpacked, it is larger than the archive says")
	}
	return n, err
}

// Close implements fs.File.
func (f *file) Close() error {
	if f.content == nil {
		return nil
	}
	return f.content.Close()
}

// info is what is known of a member.
type info struct{ e *entry }

func (i info) Name() string       { return path.Base(i.e.Member.Name) }
func (i info) Size() int64        { return i.e.Member.Size }
func (i info) Mode() fs.FileMode  { return 0o400 }
func (i info) ModTime() time.Time { return i.e.changed }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
