package vault

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

// healOriginals puts the damaged and missing originals that a check named back
// from copies, and gives how many.
func (v *Vault) healOriginals(ctx context.Context, problems []Problem) (healed int, err error) {
	named := map[string]bool{}
	for _, p := range problems {
		if file, ok := strings.CutPrefix(p.File, originalDir+"/"); ok {
			named[file] = true
		}
	}
	if len(named) == 0 {
		return 0, nil
	}
	r, done, err := v.view(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	err = v.eachOriginal(r, func(o originalEntry) error {
		if named[o.File] && !o.inside() && v.healOriginal(ctx, o.sealedOriginal) {
			healed++
		}
		return ctx.Err()
	})
	return healed, err
}

// healOriginal tries the copies of one original.
func (v *Vault) healOriginal(ctx context.Context, o sealedOriginal) bool {
	for c := range v.copies(ctx, originalDir+"/"+o.File) {
		if v.putOriginal(ctx, c, o) == nil {
			return true
		}
	}
	return false
}

// putOriginal puts a copy in an original's place once every byte of it was read
// back and shown to be the one that was filed.
func (v *Vault) putOriginal(ctx context.Context, c fileCopy, o sealedOriginal) error {
	path := v.originalPath(o.File)
	part := path + partSuffix
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	os.Remove(part)
	defer os.Remove(part)
	if _, err := backup.CopyFile(ctx, part, c.path, c.size, nil); err != nil {
		return err
	}
	if err := v.isOriginal(part, o); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// isOriginal reads a sealed file and compares it with what was filed.
func (v *Vault) isOriginal(path string, o sealedOriginal) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := seal.HeadOf(f)
	if err != nil || string(head[:]) != string(o.Head) {
		return errNoHelp
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	plain, err := v.keys.originals.Decrypt(f)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, newVerified(f, plain, o))
	return err
}
