package exchange

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Offer has a file that [Sink.Attach] kept read as what it is, as if the user had
// brought it in with the file that carries it: a clinical document inside a
// message states facts, with places in itself. It is read when a format other
// than one of documents is sure of it, after the file that carries it, and has a
// line of its own in the receipt; what it carries in turn is not read. A sink
// that is not the pipeline's keeps it as a document only.
func Offer(sink Sink, a record.Attachment) {
	if c, ok := sink.(*collector); ok && a.Hash != "" {
		c.offered = append(c.offered, a.Hash)
	}
}

// inside reads the files that one file carries and that its format offers.
func (r *reader) inside(ctx context.Context, c *collector) error {
	if c.refused || c.source.carried {
		return nil
	}
	done := map[record.Hash]bool{}
	for _, o := range c.attached {
		if done[o.Hash] || !c.offers(o.Hash) {
			continue
		}
		done[o.Hash] = true
		if err := r.insideOne(ctx, c, o); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) offers(h record.Hash) bool {
	for _, o := range c.offered {
		if o == h {
			return true
		}
	}
	return false
}

// insideOne reads one file that another carries. One that turns out to be broken
// stays what it was, a document of that file.
func (r *reader) insideOne(ctx context.Context, c *collector, o record.Incoming) error {
	content, err := readIncoming(o)
	if err != nil {
		return err
	}
	head := Head{Name: o.Name, Bytes: content[:min(len(content), headSize)], Size: o.Size}
	if sure, err := identify(r.formats, head); err != nil || len(sure) != 1 || sure[0].Documents || sure[0].Identify(head) != Yes {
		return nil
	}
	before, total := len(r.done), r.total
	r.total++
	src := c.source
	src.Name, src.FS, src.Path, src.Hash = c.source.Name+"/"+path.Base(o.Name), carriedFS(content), carriedName, ""
	src.within, src.holder, src.carried = c.original.Hash, nil, true
	one, err := r.one(ctx, src, Member{Security: c.member.Security})
	if err != nil {
		return err
	}
	if one.refused {
		r.done, r.total = r.done[:before], total
		for _, i := range one.issues.list() {
			c.issues.add(record.Issue{Severity: record.Warning, Place: src.Name, Text: "a document inside could not be read, and is kept as it is: " + i.Text}, "")
		}
	}
	return nil
}

func readIncoming(o record.Incoming) ([]byte, error) {
	f, err := o.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// carriedFS is the one file, in memory, that another file carries.
type carriedFS []byte

// carriedName is its name in there.
const carriedName = "file"

// Open implements fs.FS.
func (c carriedFS) Open(name string) (fs.File, error) {
	if name != carriedName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &carriedFile{*bytes.NewReader(c)}, nil
}

// carriedFile is it, opened.
type carriedFile struct{ bytes.Reader }

func (f *carriedFile) Close() error               { return nil }
func (f *carriedFile) Stat() (fs.FileInfo, error) { return carriedInfo(f.Size()), nil }

type carriedInfo int64

func (carriedInfo) Name() string       { return carriedName }
func (i carriedInfo) Size() int64      { return int64(i) }
func (carriedInfo) Mode() fs.FileMode  { return 0o444 }
func (carriedInfo) ModTime() time.Time { return time.Time{} }
func (carriedInfo) IsDir() bool        { return false }
func (carriedInfo) Sys() any           { return nil }
