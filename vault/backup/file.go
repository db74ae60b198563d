package backup

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// stride is how many bytes go by between two looks at the context.
const stride = 1 << 20

// ErrCopy says that a file does not hold the bytes that it should.
var ErrCopy = errors.New("the bytes that were read back are not those that were written: the disk or stick is failing")

// errShort says that a source has fewer bytes than it had.
var errShort = errors.New("a file of the vault became shorter while it was copied")

// watched passes bytes on, hashes and counts them, and stops when ctx does.
type watched struct {
	ctx  context.Context // of the one call that copies
	h    hash.Hash
	step func(n int64)
}

func (w *watched) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	w.h.Write(b)
	w.step(int64(len(b)))
	return len(b), nil
}

func newWatched(ctx context.Context, step func(int64)) *watched {
	if step == nil {
		step = func(int64) {}
	}
	return &watched{ctx, sha256.New(), step}
}

// copySum copies size bytes of src to dst and gives their SHA-256.
func copySum(ctx context.Context, dst io.Writer, src io.Reader, size int64, step func(int64)) ([]byte, error) {
	w := newWatched(ctx, step)
	out := io.Writer(w)
	if dst != nil {
		out = io.MultiWriter(w, dst)
	}
	buf := make([]byte, min(stride, max(size, 1)))
	in := &source{r: io.LimitReader(src, size)}
	n, err := io.CopyBuffer(onlyWriter{out}, in, buf)
	switch {
	case in.err != nil:
		err = &readError{in.err}
	case err == nil && n < size:
		err = &readError{errShort}
	}
	return w.h.Sum(nil), err
}

// source remembers why reading failed, to tell it from a failed write.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// readError is a file that could not be read to its end.
type readError struct{ error }

func (e *readError) Unwrap() error { return e.error }

// onlyWriter hides that a file could read from another one by itself: the bytes
// have to pass by the hash, in the buffer's size.
type onlyWriter struct{ io.Writer }

// Sum is the SHA-256 of a file that has to have exactly size bytes.
func Sum(ctx context.Context, path string, size int64, step func(int64)) ([]byte, error) {
	if !hasSize(path, size) {
		return nil, ErrCopy
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum, err := copySum(ctx, nil, f, size, step)
	return sum, err
}

// CopyFile copies the first size bytes of a file to a new one, flushed, and
// gives their SHA-256. What is left of a copy that failed is removed.
func CopyFile(ctx context.Context, dst, src string, size int64, step func(int64)) (sum []byte, err error) {
	in, err := os.Open(src)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	out, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // never through a link that stands there
	if err != nil {
		return nil, err
	}
	sum, err = copySum(ctx, out, in, size, step)
	if err == nil {
		err = out.Sync()
	}
	if err == nil {
		forget(out)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(dst)
	}
	return sum, err
}

// syncDir makes names in a folder durable. Windows has no such call: there a
// rename is in the journal of NTFS.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeFile writes a small file, flushed.
func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// makeDir makes a folder and makes its name durable.
func makeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}
