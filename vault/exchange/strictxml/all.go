package strictxml

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// sized is how long a file says that it is, 0 where it does not say.
func sized(r io.Reader) int64 {
	switch f := r.(type) {
	case interface{ Len() int }:
		return int64(f.Len())
	case interface{ Stat() (fs.FileInfo, error) }:
		if i, err := f.Stat(); err == nil && i.Mode().IsRegular() {
			return i.Size()
		}
	}
	return 0
}

// all reads the whole document. What the file says of its own size is taken for
// true as far as what was read bears it out, so that the text is copied once or
// twice only and a size that is a lie costs nothing.
func (d *Decoder) all() (string, error) {
	const first, trust = 64 << 10, 32 // bytes; how many times what was read
	var b strings.Builder
	size := int64(first)
	if d.size > 0 {
		size = min(first, d.size+1) // one more sees the end
	}
	buf := make([]byte, size)
	for {
		n, err := io.ReadFull(d.src, buf)
		if int64(b.Len()+n) > d.lim.Size {
			return "", errors.New("the XML file is too large to read at once")
		}
		if room := b.Cap() - b.Len(); n > room {
			told := min(d.size+first, d.lim.Size, trust*int64(b.Len()+n))
			b.Grow(max(n, int(told)-b.Len(), b.Len()/2))
		}
		b.Write(buf[:n])
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return b.String(), nil
		case err != nil:
			return "", fmt.Errorf("read XML: %w", err)
		}
	}
}
