package backup

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
)

// add copies a source to the shelf and reads it back.
func (s *Shelf) add(ctx context.Context, src Source, step func(int64), touch func(dir string)) ([]byte, error) {
	var random [12]byte
	rand.Read(random[:])
	part := filepath.Join(s.dir, blobsDir, hex.EncodeToString(random[:])+partSuffix)
	sum, err := CopyFile(ctx, part, src.Path, src.Size, step)
	if err != nil {
		return nil, err
	}
	path := s.BlobPath(sum)
	if err := place(part, path, touch); err != nil {
		os.Remove(part)
		return nil, err
	}
	back, err := Sum(ctx, path, src.Size, step)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil || !bytes.Equal(back, sum):
		os.Remove(path)
		return nil, ErrCopy
	}
	return sum, nil
}

// place gives a blob its name.
func place(part, path string, touch func(dir string)) error {
	dir := filepath.Dir(path)
	if err := os.Mkdir(dir, 0o700); err == nil {
		touch(filepath.Dir(dir))
	} else if !os.IsExist(err) {
		return err
	}
	touch(dir)
	return os.Rename(part, path)
}

// endSize is how much of each end of a file is compared, in bytes. The last
// bytes of a segment are the tag of its last frame, which stands for all frames
// before it.
const endSize = 64

// sameEnds says whether two files of that size begin and end alike.
func sameEnds(a, b string, size int64) bool {
	x, okA := ends(a, size)
	y, okB := ends(b, size)
	return okA && okB && x == y
}

func ends(path string, size int64) (both [2 * endSize]byte, ok bool) {
	f, err := os.Open(path)
	if err != nil || size < endSize {
		if err == nil {
			f.Close()
		}
		return both, false
	}
	defer f.Close()
	_, err = f.ReadAt(both[:endSize], 0)
	if err == nil {
		_, err = f.ReadAt(both[endSize:], size-endSize)
	}
	return both, err == nil
}
