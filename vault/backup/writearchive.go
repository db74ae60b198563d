package backup

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	type outcome struct {
		m   Manifest
		err error
	}
	back := make(chan outcome, 1)
	go func() {
		m, err := readCompared(ctx, g, s, step)
		back <- outcome{m, err}
	}()
	written, err := writeSealed(ctx, g, s, m, fill, step)
	g.finish()
	read := <-back
	switch {
	case err != nil:
		return m, err
	case ctx.Err() != nil:
		return m, ctx.Err()
	case read.err != nil:
		return m, errors.Join(ErrCopy, read.err)
	case !slices.EqualFunc(written.Files, read.m.Files, File.same):
		return m, ErrCopy
	}
	return written, nil
}

func readCompared(ctx context.Context, g *growing, s Sealing, step func(int64)) (Manifest, error) {
	plain, err := s.Open(bufio.NewReaderSize(g, 1<<18))
	if err != nil {
		return Manifest{}, err
	}
	return ReadArchive(ctx, plain, step, nil)
}

// writeSealed makes the archive in one goroutine and seals it in another one.
func writeSealed(ctx context.Context, dst io.Writer, s Sealing, m Manifest, fill func(*Archive) error, step func(int64)) (Manifest, error) {
	sealed, err := s.Seal(dst)
	if err != nil {
		return m, err
	}
	out, in := io.Pipe()
	sealing := make(chan error, 1)
	go func() {
		_, err := io.CopyBuffer(onlyWriter{sealed}, onlyReader{out}, make([]byte, stride))
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
