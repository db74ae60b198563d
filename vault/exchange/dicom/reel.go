package dicom

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
)

// reel finds the frames of one file.
type reel struct {
	form     *form
	layout   imaging.Layout
	frames   int
	open     File
	children exchange.Children

	mu    sync.Mutex
	index *fragments // nil until a frame that is packed was asked for
}

// span is a part of a file.
type span struct{ at, length int64 }

var errReply = errors.New("what was decoded of this frame cannot be used")

// fetch decodes a frame. Of the file it reads what that frame needs.
func (r *reel) fetch(ctx context.Context, n int) ([]byte, string, error) {
	in, err := r.open(ctx)
	if err != nil {
		return nil, "", err
	}
	f := &forward{r: in, again: func() (io.ReadCloser, error) { return r.open(ctx) }}
	defer func() { f.r.Close() }()
	q := request{Layout: r.layout}
	parts, err := r.find(f, &q, n)
	if err != nil {
		return nil, "", err
	}
	frame := &spliced{from: f, parts: parts}
	ask, err := q.written(frame)
	if err != nil {
		return nil, "", err
	}
	const photometricLimit = 255
	b, err := exchange.Isolate(ctx, r.children, frameTask, ask, 1+photometricLimit+r.layout.Size())
	if frame.err != nil {
		return nil, "", frame.err
	}
	if err != nil {
		return nil, "", err
	}
	if len(b) < 1 || len(b) != 1+int(b[0])+r.layout.Size() {
		return nil, "", errReply
	}
	return b[1+int(b[0]):], string(b[1 : 1+int(b[0])]), nil
}

// find says where a frame lies, and what the child is to know of it.
func (r *reel) find(f *forward, q *request, n int) ([]span, error) {
	p := r.form.Pixel
	if p.Fragments {
		q.Syntax = r.form.Syntax
		return r.packed(f, q, n)
	}
	switch {
	case p.Big && p.Words:
		q.Words = imaging.BigWords
	case p.Big:
		q.Words = imaging.BigEndian
	}
	bits := r.layout.Bits()
	if bits > 0 && int64(n) > (1<<62)/bits {
		return nil, imaging.ErrFrame
	}
	first := int64(n) * bits
	q.Bit, q.Length = int(first%8), (first%8+bits+7)/8
	at := p.Value + first/8
	if !p.Deflated && first/8+q.Length > p.Length {
		return nil, fault{p.At, p.Tag, "it holds fewer frames than the header says; the file is damaged"}
	}
	if p.Deflated {
		q.Packed, q.Skip = true, at-p.Start
		return []span{{p.Start, 1 << 62}}, nil
	}
	return []span{{at, q.Length}}, nil
}

// packed says where the fragments of a frame lie.
func (r *reel) packed(f *forward, q *request, n int) ([]span, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.index == nil {
		x, err := newFragments(r.form, r.frames, f)
		if err != nil {
			return nil, err
		}
		r.index = x
	}
	parts, err := r.index.of(f, n)
	for _, s := range parts {
		q.Length += s.length
	}
	if q.Length > packedLimit {
		return nil, imaging.ErrLarge
	}
	return parts, err
}

// forward reads a file at places. One that cannot be sought is read on, and
// opened again to go back.
type forward struct {
	r     io.ReadCloser
	at    int64
	again func() (io.ReadCloser, error)
}

func (f *forward) to(at int64) error {
	if _, ok := f.r.(io.Seeker); !ok && at < f.at {
		r, err := f.again()
		if err != nil {
			return err
		}
		f.r.Close()
		f.r, f.at = r, 0
	}
	err := goTo(f.r, at-f.at)
	f.at = at
	return err
}

// Read implements io.Reader.
func (f *forward) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	f.at += int64(n)
	return n, err
}

// spliced gives parts of a file one behind the other.
type spliced struct {
	from  *forward
	parts []span
	err   error // of going to a part
	begun bool
}

// Read implements io.Reader.
func (s *spliced) Read(p []byte) (int, error) {
	for len(s.parts) > 0 && s.parts[0].length == 0 {
		s.parts, s.begun = s.parts[1:], false
	}
	if len(s.parts) == 0 {
		return 0, io.EOF
	}
	part := &s.parts[0]
	if !s.begun {
		if s.err = s.from.to(part.at); s.err != nil {
			return 0, s.err
		}
		s.begun = true
	}
	n, err := s.from.Read(p[:min(int64(len(p)), part.length)])
	part.at, part.length = part.at+int64(n), part.length-int64(n)
	return n, err
}
