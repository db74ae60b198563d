package vault

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/backup"
)

// foldersLimit is how many vaults' backups in one folder are tried.
const foldersLimit = 64

// fromFolder restores from a shelf: the one that from names, or those in it.
func (r *restore) fromFolder() (Backup, error) {
	shelf, chosen := r.shelfOf()
	var b Backup
	err := r.eachShelf(shelf, func(dir string) (err error) {
		b, err = r.fromShelf(dir, chosen)
		return err
	})
	return b, err
}

// shelvesIn are the shelves of all vaults in a folder that people chose.
func shelvesIn(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var all []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), "carnet-") && backup.IsShelf(path) && len(all) < foldersLimit {
			all = append(all, path)
		}
	}
	return all
}

// shelfKeys opens the newest header of a shelf with the secret. One that is
// damaged is passed over; one that the secret does not open is not: an older
// passphrase would open an older backup, silently.
func (r *restore) shelfKeys(dir, chosen string) (*keyring, error) {
	for _, h := range backup.Headers(dir) {
		if chosen != "" && filepath.Base(h.Dir) != chosen {
			continue
		}
		parsed, e, err := parseHeader(h.Data)
		if errors.Is(err, ErrNewerVersion) {
			return nil, err
		}
		if err != nil {
			r.note(filepath.Base(h.Dir), "its header is damaged")
			continue
		}
		keys, _, err := unlockOne(headers{header: parsed, envelope: e, data: h.Data}, r.secret)
		if errors.Is(err, ErrDamaged) {
			r.note(filepath.Base(h.Dir), "its header was changed")
			continue
		}
		r.header = h.Data
		return keys, err
	}
	return nil, ErrBackupDamaged
}

func (r *restore) fromShelf(dir, chosen string) (Backup, error) {
	keys, err := r.shelfKeys(dir, chosen)
	if err != nil {
		return Backup{}, err
	}
	defer keys.wipe()
	shelf, err := backup.Open(dir, keys.id, keys.backup)
	if err != nil {
		return Backup{}, err
	}
	lists := shelf.Lists()
	if chosen != "" {
		lists = slices.DeleteFunc(lists, func(e backup.Entry) bool { return filepath.Base(e.Dir) != chosen })
	}
	for _, e := range lists {
		if e.Err != nil {
			r.note(filepath.Base(e.Dir), "its list is damaged, or of a newer version of carnet")
		}
	}
	for _, e := range lists {
		if e.Err != nil {
			continue
		}
		name := filepath.Base(e.Dir)
		b, err := r.fromList(shelf, e)
		if err == nil {
			return b, nil
		}
		var d *backup.DamageError
		if !errors.As(err, &d) && !errors.Is(err, ErrDamaged) {
			return Backup{}, err
		}
		r.note(name, "it is damaged and was passed over: %v", err)
		if err := r.empty(); err != nil {
			return Backup{}, err
		}
	}
	if len(r.notices) > 0 {
		return Backup{}, ErrBackupDamaged
	}
	return Backup{}, ErrNoBackup
}

// fromList restores what one list names.
func (r *restore) fromList(shelf *backup.Shelf, e backup.Entry) (Backup, error) {
	if err := roomFor(r.opt, r.part, e.Bytes()); err != nil {
		return Backup{}, err
	}
	r.done, r.total = 0, e.Bytes()
	if err := shelf.Extract(r.ctx, e, r.part, r.step); err != nil {
		return Backup{}, err
	}
	opened, err := r.check(e.Lacking)
	if err == nil && !opened { // from before the passphrase was changed
		r.note(filepath.Base(e.Dir), "it is older than the last change of a passphrase or key; it got the keys of the newest backup")
		if err = writeFile(filepath.Join(r.part, headerFile), r.header); err == nil {
			opened, err = r.check(e.Lacking)
		}
	}
	if err == nil && !opened {
		err = ErrWrongPassphrase
	}
	if err != nil {
		return Backup{}, err
	}
	return ofList(e), nil
}
