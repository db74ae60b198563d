package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// DamageError says which file of a backup is not as it was written.
type DamageError struct{ Name string }

// Error implements error.
func (e *DamageError) Error() string {
	return fmt.Sprintf("the backup is damaged: %s is missing or was changed", e.Name)
}

// Extract copies the files of a list into dir, which must be an empty folder,
// and compares the SHA-256 of each. The names are flushed too.
func (s *Shelf) Extract(ctx context.Context, e Entry, dir string, step func(int64)) error {
	folders := map[string]bool{dir: true}
	for _, f := range e.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := foldersFor(dir, path, folders); err != nil {
			return err
		}
		src := s.Path(e, f)
		if !hasSize(src, f.Size) {
			return &DamageError{f.Name}
		}
		sum, err := CopyFile(ctx, path, src, f.Size, step)
		var unread *readError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &unread):
			return &DamageError{f.Name}
		case err != nil:
			return err
		case !bytes.Equal(sum, f.SHA256):
			return &DamageError{f.Name}
		}
	}
	return syncAll(folders)
}

// foldersFor makes the folders between top and a file, and notes them.
func foldersFor(top, path string, made map[string]bool) error {
	dir := filepath.Dir(path)
	for d := dir; len(d) > len(top); d = filepath.Dir(d) {
		made[d] = true
	}
	return os.MkdirAll(dir, 0o700)
}

func syncAll(folders map[string]bool) error {
	for dir := range folders {
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}
