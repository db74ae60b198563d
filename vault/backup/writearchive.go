package backup

import (
	"bufio"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Sealing is how the bytes of an archive are sealed, and opened again to compare
// them.
type Sealing struct {
	Seal func(dst io.Writer) (io.WriteCloser, error)
	Open func(src io.Reader) (io.Reader, error)
}

// WriteArchive writes a sealed archive to path: as .part beside it, flushed, and
// renamed only when all of it has been read back, opened and compared. Fill adds
// the files. Step is told of every byte twice: when it is written and when it is
// compared. On an error a file of that name that was there before is as it was.
func WriteArchive(ctx context.Context, path string, s Sealing, m Manifest, fill func(*Archive) error, step func(int64)) (Manifest, error) {
	part := path + partSuffix
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, err
	}
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return m, err
	}
	written, err := writeCompared(ctx, f, s, m, fill, step)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
		return m, err
	}
	return written, syncDir(filepath.Dir(path))
}

// writeCompared writes, and compares what was written at the same time.
func writeCompared(ctx context.Context, f *os.File, s Sealing, m Manifest, fill func(*Archive) error, step func(int64)) (Manifest, error) {
	g := newGrowing(f)
	in, out := &print{}, &print{}
	out.h.SetSeed(in.h.Seed())
	back := make(chan error, 1)
	go func() { back <- readBack(ctx, g, s, out, step) }()
	written, err := writeSealed(ctx, g, s, m, in, fill, step)
	g.finish()
	backErr := <-back
	switch {
	case err != nil:
		return m, err
	case ctx.Err() != nil:
		return m, ctx.Err()
	case backErr != nil:
		return m, errors.Join(ErrCopy, backErr)
	case !in.same(out):
		return m, ErrCopy
	}
	return written, nil
}

// print tells two streams apart. What was sealed is vouched for by the seal, its
// length by this, and that it opens to what went in by both: a hash against
// chance is enough here.
type print struct {
	h maphash.Hash
	n int64
}

func (p *print) Write(b []byte) (int, error) {
	p.n += int64(len(b))
	return p.h.Write(b)
}

func (p *print) same(o *print) bool { return p.n == o.n && p.h.Sum64() == o.h.Sum64() }

// readBack opens what is written and reads it to its end.
func readBack(ctx context.Context, g *growing, s Sealing, p *print, step func(int64)) error {
	plain, err := s.Open(bufio.NewReaderSize(g, 1<<18))
	if err != nil {
		return err
	}
	for err == nil && ctx.Err() == nil {
		var n int64
		n, err = io.CopyN(p, plain, stride)
		step(n)
	}
	if err == io.EOF {
		return nil
	}
	return errors.Join(ctx.Err(), err)
}

// writeSealed makes the archive in one goroutine and seals it in another one.
func writeSealed(ctx context.Context, dst io.Writer, s Sealing, m Manifest, p *print, fill func(*Archive) error, step func(int64)) (Manifest, error) {
	sealed, err := s.Seal(dst)
	if err != nil {
		return m, err
	}
	out, in := io.Pipe()
	sealing := make(chan error, 1)
	go func() {
		_, err := io.CopyBuffer(onlyWriter{io.MultiWriter(p, sealed)}, onlyReader{out}, make([]byte, stride))
		out.CloseWithError(err) // the other end learns of it
		sealing <- errors.Join(err, sealed.Close())
	}()
	buf := bufio.NewWriterSize(in, stride)
	a := NewArchive(ctx, buf, m, step)
	written, err := m, fill(a)
	if err == nil {
		written, err = a.Close()
	}
	if err == nil {
		err = buf.Flush()
	}
	in.CloseWithError(err)
	if sealErr := <-sealing; err == nil {
		err = sealErr
	}
	return written, err
}
