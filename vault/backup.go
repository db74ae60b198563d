package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Backup is one backup that was made and read back.
type Backup struct {
	Path  string    // the folder or file that was named
	At    time.Time // when it was made
	Epoch uint64    // the number of the last commit in it
	Items int       // records, originals and receipts
	Bytes int64     // of the vault's files in it

	Lacking int       // files of the vault that were missing or damaged when it was made: it cannot hold them whole
	Notices []Problem // what [Restore] or Backup has to say, such as a newer backup that is damaged
}

// BackupOptions are what a caller of [Vault.Backup] may set.
type BackupOptions struct {
	// Passphrase makes a .age file that this passphrase opens, with stock age
	// too ("age -d"), and nothing else: neither the vault's passphrase nor the
	// recovery key. Without one every key of the vault opens the file.
	Passphrase []byte
	All        bool // of a folder: read back what earlier runs copied, too
	Keep       int  // of a folder: how many backups it keeps; 0 means 10
}

// keptBackups is how many lists a backup folder keeps. Each costs little: what
// did not change is there once.
const keptBackups = 10

// backupSuffix ends the name of a backup that is one file.
const backupSuffix = ".age"

// Backup copies the vault to path, outside of the vault's folder, and reads back
// what it wrote before it returns. The vault stays usable meanwhile; what is
// committed meanwhile is not in it.
//
// A path that ends in ".age" is one file, which stock age and tar open too. It is
// written anew each time; a file of that name that is another vault's, or no
// backup, is left alone. Any other path is a folder, in which the vault gets one
// of its own: what is there already is not copied again. Either way a run that
// fails or is cancelled leaves the backup of before as it was.
//
// Files of a damaged vault that cannot be copied whole are left out, or copied
// as they are, and counted in Lacking. Errors: [ErrNoRoom], [ErrReadOnly],
// [ErrOtherVault], [ErrRescued]. progress may be nil and counts bytes.
func (v *Vault) Backup(ctx context.Context, path string, opt BackupOptions, progress func(done, total int64)) (Backup, error) {
	if v.rescued != "" {
		return Backup{}, ErrRescued
	}
	path, err := v.backupPath(path)
	if err != nil {
		return Backup{}, err
	}
	run := v.backupFolder
	if strings.HasSuffix(path, backupSuffix) {
		run = v.backupFile
	}
	b, err := run(ctx, path, opt, counted(progress))
	if err != nil {
		return Backup{}, backupProblem(err)
	}
	b.Path = path
	v.noteBackup(b)
	return b, nil
}

// backupPath makes a path absolute and refuses one inside the vault's own
// folder, which would be lost together with it.
func (v *Vault) backupPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", errors.New("the folder for the backup has no usable name")
	}
	parent := filepath.Dir(abs)
	if info, err := os.Stat(parent); err != nil || !info.IsDir() {
		return "", fmt.Errorf("the folder that is to hold the backup is not there: is the stick or drive connected? %w", fs.ErrNotExist)
	}
	inside := func(dir string) bool {
		rel, err := filepath.Rel(realPath(v.dir), realPath(dir))
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	}
	if inside(abs) || inside(parent) {
		return "", errors.New("the backup would stand in the vault's own folder: choose another one, on another disk if you can")
	}
	return abs, nil
}

// realPath is a path without links, as far as it exists.
func realPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// counted makes a progress that may be called from several goroutines.
func counted(progress func(done, total int64)) func(done, total int64) {
	var mu sync.Mutex
	return func(done, total int64) {
		if progress == nil {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		progress(done, total)
	}
}

// backupProblem gives the conditions of a backup in this package's words.
func backupProblem(err error) error {
	var unsound *backup.UnsoundError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, ErrNoRoom):
		return err
	case isFull(err):
		return ErrNoRoom
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		return fmt.Errorf("the place for the backup: %w", ErrReadOnly)
	case errors.As(err, &unsound):
		return unsound.Err
	case errors.Is(err, backup.ErrOtherVault):
		return ErrOtherVault
	case errors.Is(err, backup.ErrNewer):
		return ErrNewerVersion
	}
	return fmt.Errorf("backup: %w", plainCause(err))
}

// roomFor refuses a write of size bytes to a disk that cannot hold them.
func roomFor(opt Options, dir string, size int64) error {
	free, err := opt.Room(dir)
	if err != nil {
		return nil // not every file system says; the write itself will
	}
	if need := uint64(sparedRoom + size); free < need {
		return fmt.Errorf("%w (%d MB are free, %d MB are needed)", ErrNoRoom, free>>20, need>>20)
	}
	return nil
}

// backupKey is what opens backup files by the vault's own keys.
func (k *keyring) backupKey(header []byte) *seal.BackupKey {
	return &seal.BackupKey{VaultID: k.id, Header: header, Box: k.backup}
}
