// Package readback reads images from beginning to end and takes all of their
// frames apart, of a disc or of a record: what it calls good can be read and
// looked at now. It changes nothing.
package readback

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
)

// Item is a file to read.
type Item struct {
	Name string // for people
	Open func(context.Context) (io.ReadCloser, error)
}

// Finding is a file with what is to be said of it.
type Finding struct{ Name, Why string }

// Report is what came of reading.
type Report struct {
	Files  int // read to their ends
	Images int // of them, with all frames taken apart
	Frames int

	Bad     []Finding // cannot be read to the end, or not taken apart
	Kept    []Finding // read to the end, in a packing that is not taken apart here
	Missing []Finding // what the disc's own list says is not there
}

// Good says that nothing is damaged or missing.
func (r *Report) Good() bool { return len(r.Bad)+len(r.Missing) == 0 }

var errUnread = errors.New("it cannot be read to its end: the disc is scratched or was taken out, or the file is damaged")

// Check reads the items one after the other; images are taken apart where
// children run, in this process where it is nil. Its error is that of ctx.
// progress may be nil.
func Check(ctx context.Context, children exchange.Children, items []Item, progress func(done, total int)) (Report, error) {
	var r Report
	for n, it := range items {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		r.file(ctx, children, it)
		if progress != nil {
			progress(n+1, len(items))
		}
	}
	return r, ctx.Err()
}

// file reads one file.
func (r *Report) file(ctx context.Context, children exchange.Children, it Item) {
	head, err := whole(ctx, it)
	if err != nil {
		if !errors.Is(err, exchange.ErrAway) && !errors.Is(err, exchange.ErrChanged) {
			err = errUnread
		}
		r.Bad = append(r.Bad, Finding{it.Name, err.Error()})
		return
	}
	r.Files++
	if dicom.Format.Identify(exchange.Head{Bytes: head}) == exchange.No {
		return
	}
	i, err := dicom.Open(ctx, children, it.Open)
	switch {
	case errors.Is(err, dicom.ErrNoImage), errors.Is(err, exchange.ErrNotThisFormat):
		return
	case err != nil:
		r.Bad = append(r.Bad, Finding{it.Name, err.Error()})
		return
	case i.Shown != nil:
		r.Kept = append(r.Kept, Finding{it.Name, i.Shown.Error()})
		return
	}
	for n := range i.Frames {
		if _, err := i.Frame(ctx, n); err != nil {
			r.Bad = append(r.Bad, Finding{it.Name, err.Error()})
			return
		}
		r.Frames++
	}
	r.Images++
}

// whole reads a file to its end and gives how it begins.
func whole(ctx context.Context, it Item) (head []byte, err error) {
	f, err := it.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	const headSize = 4 << 10
	var b bytes.Buffer
	if _, err := io.CopyN(&b, f, headSize); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, stopping{ctx, f}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// stopping ends reading with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}
