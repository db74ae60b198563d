package vault

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
)

// fromFile restores from a .age file.
func (r *restore) fromFile(size int64) (Backup, error) {
	if err := roomFor(r.opt, r.part, size); err != nil {
		return Backup{}, err
	}
	f, plain, err := r.openFile()
	if err != nil {
		return Backup{}, err
	}
	defer f.Close()
	r.total = size
	x := &extraction{r: r, folders: map[string]bool{}, left: size}
	m, err := backup.ReadArchive(r.ctx, plain, r.step, x.take)
	if err == nil {
		err = x.settle()
	}
	if err != nil {
		return Backup{}, err
	}
	b := ofManifest(m)
	b.Bytes = x.bytes
	opened, err := r.check(m.Lacking)
	if err == nil && !opened {
		err = r.compare(m)
	}
	return b, err
}

// openFile opens the file with the secret. The caller closes it.
func (r *restore) openFile() (*os.File, io.Reader, error) {
	f, err := os.Open(r.from)
	if err != nil {
		return nil, nil, err
	}
	plain, err := seal.DecryptBackup(bufio.NewReaderSize(f, 1<<18), r.secret, r.unlockStanza)
	switch {
	case errors.Is(err, seal.ErrWrongSecret):
		err = ErrWrongPassphrase
	case errors.Is(err, seal.ErrForged):
		err = &backup.DamageError{Name: "its beginning"}
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, plain, nil
}

// unlockStanza opens the header in the file's own stanza.
func (r *restore) unlockStanza(data []byte) (*seal.BackupKey, error) {
	h, e, err := parseHeader(data)
	if errors.Is(err, ErrNewerVersion) {
		return nil, err
	}
	if err != nil {
		return nil, seal.ErrForged
	}
	keys, _, err := unlockOne(headers{header: h, envelope: e, data: data}, r.secret)
	if errors.Is(err, ErrDamaged) {
		return nil, seal.ErrForged
	}
	if err != nil {
		return nil, err
	}
	return keys.backupKey(data), nil
}

// compare reads back what was written where the vault could not be opened.
func (r *restore) compare(m backup.Manifest) error {
	if _, err := readHeaders(r.part); err != nil {
		return err
	}
	if _, err := journal.Numbers(r.part); err != nil {
		return damaged(journal.Dir, "the backup holds no journal")
	}
	if err := r.compareFiles(m); err != nil {
		return err
	}
	r.note("", "the backup was opened with a key of its own, and every byte compared; the vault in it was not opened: do so with its passphrase or recovery key, and let it be checked")
	return nil
}

// extraction writes the files of an archive into a restore's folder.
type extraction struct {
	r       *restore
	folders map[string]bool
	left    int64 // bytes that may still come: no archive holds more than its file
	bytes   int64
}

// take writes one file. Its name is one that a vault has, and new.
func (x *extraction) take(name string, size int64, src io.Reader) error {
	if x.left -= size; x.left < 0 {
		return &backup.DamageError{Name: name}
	}
	path := filepath.Join(x.r.part, filepath.FromSlash(name))
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	x.folders[dir], x.folders[filepath.Dir(dir)] = true, true
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, err := io.CopyBuffer(struct{ io.Writer }{f}, src, make([]byte, min(1<<20, size+1)))
	x.bytes += n
	return errors.Join(err, f.Sync(), f.Close())
}

// settle makes the names durable.
func (x *extraction) settle() error {
	for dir := range x.folders {
		if len(dir) < len(x.r.part) {
			continue
		}
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// compareFiles compares the files on the disk with the manifest.
func (r *restore) compareFiles(m backup.Manifest) error {
	for _, f := range m.Files {
		name, inVault := strings.CutPrefix(f.Name, backup.VaultDir)
		if !inVault {
			continue
		}
		sum, err := backup.Sum(r.ctx, filepath.Join(r.part, filepath.FromSlash(name)), f.Size, nil)
		if err != nil || !bytes.Equal(sum, f.SHA256) {
			return errors.Join(r.ctx.Err(), &backup.DamageError{Name: f.Name})
		}
	}
	return nil
}

// headersOf reads the headers of a vault, or the one in a backup file.
func headersOf(path string) ([]headers, error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return readHeaders(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: the backup cannot be read: %w", path, plainCause(err))
	}
	defer f.Close()
	data, ok := seal.BackupHeader(f)
	if !ok {
		return nil, ErrNoBackup
	}
	h, e, err := parseHeader(data)
	if err != nil {
		return nil, errors.Join(ErrBackupDamaged, err)
	}
	return []headers{{header: h, envelope: e, data: data}}, nil
}
