package backup

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeList writes the header and the list behind everything that they name,
// reads them back and gives their folder.
func (p *put) writeList() (string, error) {
	sum := sha256.Sum256(p.plan.Header)
	p.list.Files = append([]File{{HeaderName, int64(len(p.plan.Header)), sum[:]}}, p.list.Files...)
	sealed, err := p.list.seal(p.s.box)
	if err != nil {
		return "", err
	}
	top := filepath.Join(p.s.dir, listsDir)
	name := p.freeName(top)
	part := filepath.Join(top, name+partSuffix)
	err = os.Mkdir(part, 0o700)
	if err == nil {
		err = writeFile(filepath.Join(part, HeaderName), p.plan.Header)
	}
	if err == nil {
		err = writeFile(filepath.Join(part, listName), sealed)
	}
	if err == nil {
		err = syncDir(part)
	}
	if err == nil {
		err = p.readBack(part)
	}
	if err == nil {
		err = os.Rename(part, filepath.Join(top, name))
	}
	if err != nil {
		os.RemoveAll(part)
		return "", err
	}
	return name, syncDir(top)
}

func (p *put) readBack(part string) error {
	l, err := p.s.readList(part)
	if err != nil || !l.same(p.list) {
		return ErrCopy
	}
	if h, err := readLimited(filepath.Join(part, HeaderName), headerLimit); err != nil || string(h) != string(p.plan.Header) {
		return ErrCopy
	}
	return nil
}

// freeName is the list's name; a second one of the same epoch and second gets a
// number behind it.
func (p *put) freeName(top string) string {
	name := p.list.folder()
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(top, name)); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d", p.list.folder(), n)
	}
}

// prune keeps the list just written and the newest ones before it, drops those
// that are the same as it or cannot be read, and the blobs that no list names.
// What fails here is done by the next run.
func (s *Shelf) prune(written string, keep int) {
	all := s.Lists()
	for _, e := range all {
		if errors.Is(e.Err, ErrNewer) {
			return // it names blobs that we cannot know
		}
	}
	last, ok := newest(all)
	if !ok || filepath.Base(last.Dir) != written {
		return
	}
	named := map[string]bool{}
	kept, whole := 0, false
	for _, e := range all {
		again := e.Dir != last.Dir && e.same(last.List)
		wanted := kept < keep || !whole && e.Lacking == 0 // a whole one is never dropped for one that lacks something
		if e.Err != nil || again || !wanted {
			dropList(e.Dir)
			continue
		}
		kept++
		whole = whole || e.Lacking == 0
		for _, f := range e.Files {
			named[s.BlobPath(f.SHA256)] = true
		}
	}
	s.dropBlobs(named)
}

// dropList removes a list. It stops being one at once: whoever is cut short here
// leaves a part, which the next run sweeps away, and not half a list.
func dropList(dir string) {
	if os.Rename(dir, dir+partSuffix) == nil {
		os.RemoveAll(dir + partSuffix)
	}
}

func (s *Shelf) dropBlobs(named map[string]bool) {
	top := filepath.Join(s.dir, blobsDir)
	folders, _ := os.ReadDir(top)
	for _, d := range folders {
		dir := filepath.Join(top, d.Name())
		blobs, _ := os.ReadDir(dir)
		for _, b := range blobs {
			if path := filepath.Join(dir, b.Name()); !named[path] && len(b.Name()) == 2*sha256.Size {
				os.Remove(path)
			}
		}
		os.Remove(dir) // fails, as it should, where it is not empty
	}
}
