package vault

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

// backupFile is a backup to one age file.
func (v *Vault) backupFile(ctx context.Context, path string, opt BackupOptions, progress func(done, total int64)) (Backup, error) {
	if err := v.replaceable(path); err != nil {
		return Backup{}, err
	}
	return withPlan(ctx, v, func(p *backupView, damaged bool) (Backup, error) {
		f := &fileBackup{v: v, ctx: ctx, view: p, passphrase: opt.Passphrase}
		if err := f.prepare(damaged); err != nil {
			return Backup{}, err
		}
		if err := roomFor(v.opt, filepath.Dir(path), f.estimate()); err != nil {
			return Backup{}, err
		}
		return f.write(path, progress)
	})
}

// replaceable says whether a backup may take the place of what stands at path.
func (v *Vault) replaceable(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	data, ok := seal.BackupHeader(f)
	if !ok {
		for _, b := range v.Backups() {
			if b.Path == path {
				return nil // one with a passphrase of its own
			}
		}
		return errors.New("there is a file of this name that is no backup of this vault: choose another name")
	}
	if h, _, err := parseHeader(data); err != nil || string(h.ID) != string(v.keys.id) {
		return backup.ErrOtherVault
	}
	return nil
}

// fileBackup is one backup to a file on its way.
type fileBackup struct {
	v          *Vault
	ctx        context.Context // of the one call of Backup
	view       *backupView
	passphrase []byte
	lacking    int
}

// prepare looks at every source before anything is written, and leaves out what
// is missing. A damaged segment is taken as it is: what is readable in it is more
// than nothing.
func (f *fileBackup) prepare(damaged bool) error {
	kept := f.view.plan.Sources[:0]
	for _, s := range f.view.plan.Sources {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		err := s.Sound()
		if err != nil && !damaged {
			return &backup.UnsoundError{Name: s.Name, Err: err}
		}
		if err != nil {
			f.lacking++
		}
		if err == nil || s.Grows && exists(s.Path) {
			kept = append(kept, s)
		}
	}
	f.view.plan.Sources = kept
	return nil
}

func (f *fileBackup) bytes() int64 {
	total := int64(len(f.view.plan.Header))
	for _, s := range f.view.plan.Sources {
		total += s.Size
	}
	return total
}

// plainPerPacked is about how many bytes of JSON lines come out of one byte of
// the journal.
const plainPerPacked = 12

// estimate is about the size of the file: the records in clear are not known
// before they are written.
func (f *fileBackup) estimate() int64 {
	total := f.bytes()
	for _, s := range f.view.plan.Sources {
		if s.Grows {
			total += plainPerPacked * s.Size
		}
	}
	return total
}

func (f *fileBackup) write(path string, progress func(done, total int64)) (Backup, error) {
	p := f.view.plan
	key := f.v.keys.backupKey(p.Header)
	sealing := backup.Sealing{
		Seal: func(dst io.Writer) (io.WriteCloser, error) {
			return seal.EncryptBackup(dst, key, f.view.slots, f.passphrase, f.v.opt.KDF)
		},
		Open: func(src io.Reader) (io.Reader, error) {
			return seal.DecryptBackup(src, f.passphrase, func([]byte) (*seal.BackupKey, error) { return key, nil })
		},
	}
	var done atomic.Int64
	total := 2 * f.bytes() // the records come on top; they are not known before
	m := backup.Manifest{Vault: f.v.keys.id, At: p.At, Epoch: p.Epoch, Count: p.Count, Lacking: f.lacking}
	_, err := backup.WriteArchive(f.ctx, path, sealing, m, f.fill, func(n int64) { progress(min(done.Add(n), total), total) })
	if err != nil {
		return Backup{}, err
	}
	return Backup{At: p.At.UTC(), Epoch: p.Epoch, Items: p.Count, Bytes: f.bytes(), Lacking: f.lacking}, nil
}

// fill writes what is for people and for other programs first, then the vault.
func (f *fileBackup) fill(a *backup.Archive) error {
	err := a.AddBytes("README.txt", []byte(backup.Readme))
	if err == nil {
		err = a.AddBytes("originals.key", f.v.keys.originals.IdentityFile())
	}
	if err == nil {
		err = f.records(a)
	}
	if err == nil {
		err = a.AddBytes(backup.VaultDir+headerFile, f.view.plan.Header)
	}
	for _, s := range f.view.plan.Sources {
		if err != nil {
			break
		}
		err = a.AddFile(backup.VaultDir+s.Name, s.Path, s.Size)
		if errors.Is(err, fs.ErrNotExist) {
			err = &backup.UnsoundError{Name: s.Name, Err: err}
		}
	}
	return err
}
