package office

import (
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
)

const (
	partsLimit = 128 << 20 // bytes of XML read in one file
	partsMost  = 2000      // parts read in one file
)

// readPackage is the task that reads a file of Office Open XML or OpenDocument.
var readPackage = exchange.Task{Name: "office", Run: func(in io.Reader, out io.Writer) error {
	s, err := newSpool(in)
	if err != nil {
		return err
	}
	archive, err := container.Open(s, s.size)
	if errors.Is(err, container.ErrNotContainer) {
		return exchange.ErrNotThisFormat
	}
	if err != nil {
		return err
	}
	p := &pack{archive: archive, left: partsLimit, parts: map[string]bool{}}
	for _, m := range archive.Members() {
		p.names, p.parts[m.Name] = append(p.names, m.Name), true
	}
	read := p.officeOpen
	if p.parts["mimetype"] || p.parts["content.xml"] {
		read = p.openDocument
	}
	if err := read(); err != nil {
		return err
	}
	p.prose.into(&p.result)
	return json.NewEncoder(out).Encode(p.result)
}}

// pack is a package that is being read.
type pack struct {
	archive *container.Archive
	names   []string // sorted
	parts   map[string]bool
	left    int64 // bytes that may still be read
	opened  int   // parts so far
	prose   prose
	result  result
}

// open gives a part's content.
func (p *pack) open(name string) (io.ReadCloser, error) {
	if p.opened++; p.left <= 0 || p.opened > partsMost {
		p.result.Cut = true
		return nil, errors.New("there is more in the file than is read")
	}
	f, err := p.archive.Open(name)
	if err != nil {
		return nil, err
	}
	return &counted{f, &p.left}, nil
}

// counted takes what is read off what may be read.
type counted struct {
	io.ReadCloser
	left *int64
}

func (c *counted) Read(b []byte) (int, error) {
	if *c.left <= 0 {
		return 0, errors.New("there is more in the file than is read")
	}
	n, err := c.ReadCloser.Read(b[:min(int64(len(b)), *c.left)])
	*c.left -= int64(n)
	return n, err
}

// part reads one part with walk. A damaged one is told; the others are read all
// the same.
func (p *pack) part(name string, walk func(io.Reader) error) {
	if !p.parts[name] || p.prose.full() {
		p.result.Cut = p.result.Cut || p.prose.full()
		return
	}
	f, err := p.open(name)
	if err == nil {
		defer f.Close()
		err = walk(f)
	}
	if err != nil {
		p.result.Broken = true
	}
	p.prose.line()
}

// inFolder gives the parts of a folder whose names begin so, "slide2.xml" before
// "slide10.xml".
func (p *pack) inFolder(folder, prefix string) []string {
	var byLength [64][]string
	for _, n := range p.names {
		if base := path.Base(n); path.Dir(n) == folder && strings.HasPrefix(base, prefix) && strings.HasSuffix(base, ".xml") && len(base) < len(byLength) {
			byLength[len(base)] = append(byLength[len(base)], n)
		}
	}
	var all []string
	for _, names := range byLength {
		all = append(all, names...)
	}
	return all
}
