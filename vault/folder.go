package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// The names inside a vault's folder.
const (
	headerFile  = "vault.json"
	headerCopy  = "vault.json.bak"
	originalDir = "originals"
	searchDir   = "search"
	draftDir    = "drafts"
	keptDir     = "kept"
	snapshotDir = "snapshots"
	lockName    = "lock"
	partSuffix  = ".part" // a file that is being written; never read
)

// syncDir makes names in a folder durable. Windows has no such call: there a
// rename is in the journal of NTFS.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeFile puts a file in place as a whole: .part, fsync, rename, fsync folder.
func writeFile(path string, data []byte) error {
	part := path + partSuffix
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // never through a link that stands there
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
		return err
	}
	return syncDir(filepath.Dir(path))
}

// readLimited reads a whole file of at most limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, errors.New("not a file of the expected size")
	}
	return os.ReadFile(path)
}

// takeLock makes this process the vault's only one. It also finds out whether
// the folder can be written to, before anything relies on it.
func takeLock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, writeProblem(dir, err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		if errors.Is(err, ErrLocked) {
			return nil, fmt.Errorf("%s: %w", dir, ErrLocked)
		}
		return nil, fmt.Errorf("%s: this disk offers no file locks: copy the vault to a local disk", dir)
	}
	probe, err := os.OpenFile(filepath.Join(dir, lockName+partSuffix), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		f.Close()
		return nil, writeProblem(dir, err)
	}
	probe.Close()
	os.Remove(probe.Name())
	return f, nil
}

func writeProblem(dir string, err error) error {
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
		return fmt.Errorf("%s: %w", dir, ErrReadOnly)
	}
	return fmt.Errorf("%s: the folder cannot be used: %w", dir, plainCause(err))
}

// plainCause drops the path that the os package adds: it may be a file inside
// the vault that means nothing to a reader.
func plainCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
