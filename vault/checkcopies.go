package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
)

// copies looks at what the vault keeps beside the record: what it remembers of
// its backups, and its snapshots; with deep, every byte of them.
func (c *checker) copies() error {
	if !c.v.backupLogSound() {
		c.report.Problems = append(c.report.Problems, Problem{File: backupLogName, Text: "it was changed, and which backups there are is forgotten: make a backup now", Mended: true})
	}
	shelf, err := c.v.snapshots()
	if err != nil {
		c.problem(snapshotDir, "it holds snapshots of another vault, which are no help to this one")
		return nil
	}
	sound := map[string]bool{} // by path; nil before it was looked at
	for _, e := range shelf.Lists() {
		if errors.Is(e.Err, backup.ErrNewer) {
			continue
		}
		if e.Err != nil {
			c.spoilt(e.Dir, "a list of a snapshot was changed")
			continue
		}
		for _, f := range e.Files {
			path := shelf.Path(e, f)
			good, known := sound[path]
			if !known {
				if good, err = c.copied(path, f); err != nil {
					return err
				}
				sound[path] = good
			}
			if !good && !known {
				c.spoilt(path, "it is missing or was changed")
			}
			if !good {
				c.report.spoilt = append(c.report.spoilt, e.Dir) // such a list promises too much
			}
		}
	}
	return nil
}

// copied looks at one file of a snapshot.
func (c *checker) copied(path string, f backup.File) (sound bool, err error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() != f.Size {
		return false, nil
	}
	if !c.deep {
		return true, nil
	}
	sum, err := backup.Sum(c.ctx, path, f.Size, func(n int64) { _ = c.step(n) })
	return err == nil && bytes.Equal(sum, f.SHA256), c.ctx.Err()
}

// spoilt reports a part of a snapshot that is of no use any more.
func (c *checker) spoilt(path, what string) {
	name, err := filepath.Rel(c.v.dir, path)
	if err != nil {
		name = snapshotDir
	}
	c.problem(filepath.ToSlash(name), what+": it could not mend the journal; repair takes it away, and the next close makes another snapshot. The record itself is not touched by this")
	c.report.spoilt = append(c.report.spoilt, path)
}

// dropSpoilt takes the parts of snapshots away that are of no use, so that the
// close makes them anew.
func (v *Vault) dropSpoilt(paths []string) {
	v.write.Lock()
	defer v.write.Unlock()
	for _, path := range paths {
		os.RemoveAll(path)
	}
	v.unshelved = v.unshelved || len(paths) > 0
}
