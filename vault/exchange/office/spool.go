package office

import (
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/record"
)

const blockSize = 1 << 20 // bytes

// spool holds a file in blocks, so that reading it never copies what was read.
type spool struct {
	blocks [][]byte
	size   int64
}

func newSpool(in io.Reader) (*spool, error) {
	s := &spool{}
	for {
		b := make([]byte, blockSize)
		n, err := io.ReadFull(in, b)
		if n > 0 {
			s.blocks, s.size = append(s.blocks, b[:n:n]), s.size+int64(n)
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return s, nil
		case err != nil:
			return nil, err
		case s.size > sizeLimit:
			return nil, fmt.Errorf("the file is larger than %s; take pictures out of it, or save it as PDF", record.Bytes(sizeLimit))
		}
	}
}

// ReadAt implements io.ReaderAt.
func (s *spool) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("read before the file")
	}
	for n < len(p) && off < s.size {
		m := copy(p[n:], s.blocks[off/blockSize][off%blockSize:])
		n, off = n+m, off+int64(m)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
