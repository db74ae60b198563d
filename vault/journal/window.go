package journal

import (
	"errors"
	"io"
	"os"
)

// windowSize is how much of a segment is read at a time, in bytes. A frame of a
// large import has about a megabyte.
const windowSize = 2 << 20

// window reads a file from its start to its end through a buffer.
type window struct {
	f      *os.File
	size   int64
	start  int64 // of buf in the file
	buf    []byte
	failed error // the disk's own word, where it could not be read
}

func openWindow(path string) (*window, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || info.Size() > sizeLimit) {
		err = errors.New("not a file of the expected size")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &window{f: f, size: info.Size()}, nil
}

// at gives n bytes of the file, or those that there are; they are good until
// the next call.
func (w *window) at(offset int64, n int) ([]byte, error) {
	n = int(min(int64(n), w.size-offset))
	if from := offset - w.start; from >= 0 && from+int64(n) <= int64(len(w.buf)) {
		return w.buf[from : from+int64(n)], nil
	}
	size := int(min(int64(max(n, windowSize)), w.size-offset))
	if cap(w.buf) < size {
		w.buf = make([]byte, size)
	}
	w.buf, w.start = w.buf[:size], offset
	if _, err := w.f.ReadAt(w.buf, offset); err != nil && err != io.EOF {
		w.failed = err
		w.buf = w.buf[:0]
		return nil, err
	}
	return w.buf[:n], nil
}

func (w *window) close() { w.f.Close() }
