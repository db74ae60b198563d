package vault

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// sweep removes sealed files that no frame names: a commit that was cut short
// left them. It runs only once the index was shown to agree with the journal.
func (v *Vault) sweep(ctx context.Context) error {
	named := map[string]bool{}
	r, done, err := v.view(ctx)
	if err != nil {
		return err
	}
	defer done()
	err = v.eachOriginal(r, func(o sealedOriginal) error {
		named[o.File] = true
		return nil
	})
	if err != nil {
		return err
	}
	top := filepath.Join(v.dir, originalDir)
	return filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ctx.Err()
		}
		rel, err := filepath.Rel(top, path)
		if err != nil {
			return nil
		}
		file := strings.TrimSuffix(filepath.ToSlash(rel), partSuffix)
		if validFileName(file) && (!named[file] || strings.HasSuffix(path, partSuffix)) {
			os.Remove(path)
		}
		return nil
	})
}
