package vault

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/store"
)

// sweep finishes what a commit that was cut short left in originals/: a .part
// file gets its name when a frame names it, and goes when none does; so does the
// file of an original that was taken back. A file with a name that no frame
// knows is left alone: it belongs to a part of the journal that is not here, as
// when a folder was copied or synchronised by halves. It runs only once the
// index was shown to agree with the journal.
func (v *Vault) sweep(ctx context.Context) error {
	named := map[string]bool{}
	r, done, err := v.view(ctx)
	if err != nil {
		return err
	}
	defer done()
	err = v.eachOriginal(r, func(o originalEntry) error {
		named[o.File] = true
		return nil
	})
	if err != nil {
		return err
	}
	for file := range v.taken {
		if validFileName(file) && !named[file] {
			os.Remove(v.originalPath(file))
		}
	}
	top := filepath.Join(v.dir, originalDir)
	err = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ctx.Err()
		}
		rel, err := filepath.Rel(top, path)
		if err != nil {
			return nil
		}
		file, isPart := strings.CutSuffix(filepath.ToSlash(rel), partSuffix)
		switch {
		case !isPart || !validFileName(file):
		case named[file] && !exists(v.originalPath(file)):
			if err := os.Rename(path, v.originalPath(file)); err != nil {
				return sealProblem(err)
			}
			v.renamed[filepath.Dir(path)] = true
		default:
			os.Remove(path)
		}
		return nil
	})
	if err == nil {
		os.Remove(filepath.Join(top, sealingName))
	}
	return err
}

// sweepParts removes what a process left behind that was ended while it wrote a
// file. Other files of such a name are not ours.
func (v *Vault) sweepParts() {
	for _, name := range []string{headerFile, headerCopy, backupLogName, store.Dir + "/" + store.AccountName} {
		os.Remove(filepath.Join(v.dir, name+partSuffix))
	}
	v.segments.DropParts()
	top := filepath.Join(v.dir, searchDir)
	entries, _ := os.ReadDir(top)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partSuffix) && isSearchName(strings.TrimSuffix(e.Name(), partSuffix)) {
			os.Remove(filepath.Join(top, e.Name()))
		}
	}
}
