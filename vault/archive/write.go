package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Library is what is archived. *vault.Vault is one.
type Library interface {
	Query(ctx context.Context, f record.Filter) iter.Seq2[record.Record, error]
	Imports(ctx context.Context) ([]record.Receipt, error)
	Originals(ctx context.Context) ([]record.Original, error)
	OpenOriginal(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error)
}

// Options say what an archive is of and by whom it was made.
type Options struct {
	Person   record.ID // "" for everybody
	Made     time.Time
	Version  string // of Carnet
	Progress func(done, total int64)
}

// Contents is what an archive holds.
type Contents struct {
	Records, Imports, Originals int
	Lacking                     []record.Hash // originals that could not be read
}

// head is ARCHIVE.json.
type head struct {
	What    string    `json:"what"`
	Format  string    `json:"format"`
	Made    string    `json:"made"`
	Version string    `json:"version"`
	Person  record.ID `json:"person,omitempty"`
}

const formatName = "carnet-archive 1"

// The files of an archive.
const (
	headName     = "ARCHIVE.json"
	readmeName   = "README.txt"
	manifestName = "MANIFEST"
	originalsDir = "originals/"
)

// partSize is how many bytes of lines go into one file, as long as one line is
// not larger.
const partSize = 4 << 20

// writer writes one archive.
type writer struct {
	ctx  context.Context // of the one call of Write
	lib  Library
	opt  Options
	tar  *tar.Writer
	sums bytes.Buffer // lines of MANIFEST
	got  Contents
	want map[record.Hash]bool // originals of the person; nil for all
	done int64
	all  int64 // bytes of originals
}

// Write writes everything of a library, or of one person of it.
func Write(ctx context.Context, out io.Writer, lib Library, opt Options) (Contents, error) {
	if opt.Progress == nil {
		opt.Progress = func(int64, int64) {}
	}
	w := &writer{ctx: ctx, lib: lib, opt: opt, tar: tar.NewWriter(out)}
	if opt.Person != "" {
		w.want = map[record.Hash]bool{}
	}
	for _, step := range []func() error{w.head, w.records, w.imports, w.originals, w.manifest, w.tar.Close} {
		if err := step(); err != nil {
			return w.got, err
		}
	}
	return w.got, nil
}

func (w *writer) head() error {
	b, err := json.MarshalIndent(head{
		What: "Everything that a Carnet vault holds. README.txt says how to read it.", Format: formatName,
		Made: w.opt.Made.UTC().Format(time.RFC3339), Version: w.opt.Version, Person: w.opt.Person,
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := w.bytes(headName, append(b, '\n')); err != nil {
		return err
	}
	return w.bytes(readmeName, []byte(readme))
}

func (w *writer) bytes(name string, b []byte) error {
	return w.file(name, int64(len(b)), bytes.NewReader(b))
}

// file writes one file of exactly size bytes.
func (w *writer) file(name string, size int64, r io.Reader) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.opt.Made.Truncate(time.Second)}); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(w.tar, io.TeeReader(r, sum)); err != nil {
		return err
	}
	fmt.Fprintf(&w.sums, "%s  %s\n", hex.EncodeToString(sum.Sum(nil)), name)
	return nil
}

// records writes every record: also those of the ledger, what was withdrawn and
// what was replaced.
func (w *writer) records() error {
	p := w.parts("records")
	filters := []record.Filter{{Person: w.opt.Person}}
	for _, k := range record.Ledger {
		filters = append(filters, record.Filter{Person: w.opt.Person, Kind: k.Kind})
	}
	for _, f := range filters {
		for r, err := range w.lib.Query(w.ctx, f) {
			if err != nil {
				return err
			}
			w.note(r)
			b, err := encodeRecord(r)
			if err != nil {
				return fmt.Errorf("record %s: %w", r.ID, err)
			}
			if err := p.add(b); err != nil {
				return err
			}
			w.got.Records++
		}
	}
	return p.end()
}

// imports writes the receipts; for one person those that concern them, with the
// sources that do.
func (w *writer) imports() error {
	list, err := w.lib.Imports(w.ctx)
	if err != nil {
		return err
	}
	p := w.parts("imports")
	for _, r := range list {
		if w.want != nil && !w.of(&r) {
			continue
		}
		l := importLine{Import: r}
		b, err := encode(&l, &l.Exact, &l.Import)
		if err != nil {
			return fmt.Errorf("import %s: %w", r.Import, err)
		}
		if err := p.add(b); err != nil {
			return err
		}
		w.got.Imports++
	}
	return p.end()
}

// manifest ends the archive.
func (w *writer) manifest() error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n# made %s\n# records %d\n# imports %d\n# originals %d\n", formatName, w.opt.Made.UTC().Format(time.RFC3339), w.got.Records, w.got.Imports, w.got.Originals)
	for _, h := range w.got.Lacking {
		fmt.Fprintf(&b, "# lacking %s\n", h)
	}
	b.Write(w.sums.Bytes())
	return w.bytes(manifestName, b.Bytes())
}

// parts writes lines as numbered files.
type parts struct {
	w    *writer
	name string
	n    int
	b    bytes.Buffer
}

func (w *writer) parts(name string) *parts { return &parts{w: w, name: name} }

func (p *parts) add(line []byte) error {
	if p.b.Len() > 0 && p.b.Len()+len(line) > partSize {
		if err := p.end(); err != nil {
			return err
		}
	}
	p.b.Write(line)
	return nil
}

func (p *parts) end() error {
	if p.b.Len() == 0 {
		return nil
	}
	p.n++
	err := p.w.bytes(fmt.Sprintf("%s-%04d.ndjson", p.name, p.n), p.b.Bytes())
	p.b.Reset()
	return err
}
