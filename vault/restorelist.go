package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/backup"
)

// BackupsIn gives what a restore could take from a folder, newest first: the
// Path of each is what [Restore] takes for it, and one with Notices is damaged.
// Their lists are read, not what they name. A .age file has one; all of it is
// read. Errors are those of [Restore].
func BackupsIn(ctx context.Context, from string, secret []byte, progress func(done, total int64)) ([]Backup, error) {
	r := &restore{ctx: ctx, from: from, secret: secret, progress: counted(progress)}
	info, err := os.Stat(from)
	switch {
	case err != nil:
		return nil, ErrNoBackup
	case !info.IsDir():
		b, err := r.lookAtFile(info.Size())
		if err != nil {
			return nil, restoreProblem(err)
		}
		return []Backup{b}, nil
	}
	shelf, chosen := r.shelfOf()
	var list []Backup
	err = r.eachShelf(shelf, func(dir string) error {
		all, err := r.listed(dir, chosen)
		list = append(list, all...)
		return err
	})
	if err != nil {
		return nil, restoreProblem(err)
	}
	return list, nil
}

func (r *restore) listed(dir, chosen string) ([]Backup, error) {
	keys, err := r.shelfKeys(dir, chosen)
	if err != nil {
		return nil, err
	}
	defer keys.wipe()
	shelf, err := backup.Open(dir, keys.id, keys.backup)
	if err != nil {
		return nil, err
	}
	var list []Backup
	for _, e := range shelf.Lists() {
		b := ofList(e)
		b.Path = e.Dir
		if e.Err != nil {
			b.Notices = []Problem{{File: filepath.Base(e.Dir), Text: "its list is damaged, or of a newer version of carnet"}}
		}
		if chosen == "" || chosen == filepath.Base(e.Dir) {
			list = append(list, b)
		}
	}
	return list, nil
}

func ofList(e backup.Entry) Backup {
	return Backup{At: e.At, Epoch: e.Epoch, Items: e.Count, Bytes: e.Bytes(), Lacking: e.Lacking}
}

// lookAtFile reads a .age file to its end.
func (r *restore) lookAtFile(size int64) (Backup, error) {
	r.total = size
	f, plain, err := r.openFile()
	if err != nil {
		return Backup{}, err
	}
	defer f.Close()
	m, err := backup.ReadArchive(r.ctx, plain, r.step, nil)
	b := ofManifest(m)
	b.Path = r.from
	for _, f := range m.Files {
		if strings.HasPrefix(f.Name, backup.VaultDir) {
			b.Bytes += f.Size
		}
	}
	return b, err
}

func ofManifest(m backup.Manifest) Backup {
	return Backup{At: m.At, Epoch: m.Epoch, Items: m.Count, Lacking: m.Lacking}
}

// shelfOf is the shelf that from names, and the one list where it names that.
func (r *restore) shelfOf() (shelf, chosen string) {
	from := filepath.Clean(r.from)
	if backup.IsList(from) {
		return filepath.Dir(filepath.Dir(from)), filepath.Base(from)
	}
	return from, ""
}

// eachShelf calls do for a shelf, or for those of several vaults in a folder
// until the secret opens one.
func (r *restore) eachShelf(dir string, do func(dir string) error) error {
	shelves := []string{dir}
	if !backup.IsShelf(dir) {
		shelves = shelvesIn(dir)
	}
	if len(shelves) == 0 {
		return ErrNoBackup
	}
	var first error
	for _, dir := range shelves {
		err := do(dir)
		if err == nil || !errors.Is(err, ErrWrongPassphrase) && !errors.Is(err, ErrRecoveryKeyTypo) {
			return err
		}
		if first == nil {
			first = err
		}
	}
	return first
}
