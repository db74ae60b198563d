package dicom

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// Bounds on what a deflated file may unpack to.
const (
	bloatFree  = 10 << 20 // bytes that may be packed however well
	bloatLimit = 200      // times its packed size, beyond that
	streamSize = 8 << 10  // bytes read at a time: a header costs kilobytes, whatever follows
)

// stream reads forward alone and knows where it is.
type stream struct {
	r      *bufio.Reader
	at     int64
	packed *bloat // nil unless deflated
}

func newStream(r io.Reader) *stream { return &stream{r: bufio.NewReaderSize(r, streamSize)} }

// inflate goes on with the unpacked rest (PS3.5, A.5). Offsets are those of the
// unpacked data from here on.
func (s *stream) inflate() {
	b := &bloat{from: &tally{ByteReader: s.r, r: s.r}}
	b.r = flate.NewReader(b.from)
	s.packed, s.r = b, bufio.NewReaderSize(b, streamSize)
}

// tally counts what the unpacking takes in.
type tally struct {
	io.ByteReader
	r io.Reader
	n int64
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	return n, err
}

func (t *tally) ReadByte() (byte, error) {
	b, err := t.ByteReader.ReadByte()
	if err == nil {
		t.n++
	}
	return b, err
}

var (
	errBloat   = errors.New(faultBloat)
	errDeflate = errors.New(faultDeflate)
)

// bloat bounds what comes out of the unpacking.
type bloat struct {
	r    io.Reader
	from *tally
	n    int64
}

func (b *bloat) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.n += int64(n); b.n > bloatFree && b.n/bloatLimit > b.from.n {
		return 0, errBloat
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = errDeflate
	}
	return n, err
}

// broken puts an error of reading into words.
func (s *stream) broken(t tag, at int64, err error) error {
	switch {
	case errors.Is(err, errBloat):
		return fault{at, t, faultBloat}
	case errors.Is(err, errDeflate):
		return fault{at, t, faultDeflate}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fault{at, t, faultEnds}
	}
	return err
}

// peek gives the next bytes without taking them; fewer at the end.
func (s *stream) peek(n int) []byte {
	b, _ := s.r.Peek(n)
	return b
}

// fixed reads a few bytes into p.
func (s *stream) fixed(p []byte) error {
	n, err := io.ReadFull(s.r, p)
	s.at += int64(n)
	return err
}

// skip passes n bytes over.
func (s *stream) skip(n int64) error {
	for n > 0 {
		step, err := s.r.Discard(int(min(n, 1<<30)))
		s.at += int64(step)
		if err != nil {
			return err
		}
		n -= int64(step)
	}
	return nil
}

// take reads n bytes; the memory grows with what is there, not with what is
// claimed.
func (s *stream) take(n int64) ([]byte, error) {
	var b bytes.Buffer
	got, err := io.CopyN(&b, s.r, n)
	s.at += got
	return b.Bytes(), err
}
