package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
)

// restoreMark is a file in the folder of a restore on its way: what tells its
// remains from anything else of that name.
const restoreMark = "restore" + partSuffix

// Restore puts a backup into dir, a new folder. From is a folder that
// [Vault.Backup] wrote to, one of the folders below its "lists", or a .age file.
// Of a folder the newest backup is taken that is whole and that the secret
// opens; newer ones that are damaged are passed over, and named in Notices.
//
// The secret is whatever opens the vault as it was then: a passphrase, the
// recovery key, a trusted person's age identity; and for a file made with a
// passphrase of its own, that one. The file's own passphrase and the recovery
// key's age identity open the file but not the vault: then every byte is
// compared, the vault is not opened, and Notices say so.
//
// All is written beside dir first, compared, opened and checked as [Vault.Check]
// does, deep; only then the folder gets its name. What was there before is never
// touched, and on an error nothing is left. Errors: [ErrWrongPassphrase],
// [ErrRecoveryKeyTypo], [ErrNoBackup], [ErrBackupDamaged], [ErrNoRoom],
// [ErrNewerVersion], [ErrReadOnly]. progress may be nil and counts bytes.
func Restore(ctx context.Context, from, dir string, secret []byte, opt Options, progress func(done, total int64)) (Backup, error) {
	r := &restore{ctx: ctx, from: from, secret: secret, opt: opt.withDefaults(), memory: opt.Memory, progress: counted(progress)}
	r.opt.Memory, r.opt.Snapshots = "", -1 // looked at, not lived in
	if err := r.begin(dir); err != nil {
		return Backup{}, err
	}
	b, err := r.run()
	if err == nil {
		err = r.settle(dir)
	}
	if err != nil {
		os.RemoveAll(r.part)
		return Backup{}, restoreProblem(err)
	}
	b.Path, b.Notices = from, r.notices
	return b, nil
}

// restore is one restore on its way.
type restore struct {
	ctx      context.Context // of the one call of Restore
	from     string
	part     string // where the vault is being written
	made     bool   // dir was there, empty
	secret   []byte
	opt      Options
	memory   string // where this computer is to learn that the backup is the newest from now on
	progress func(done, total int64)
	notices  []Problem
	header   []byte // of a folder: the newest one, which the secret opened

	done, total int64
}

func (r *restore) note(file, format string, args ...any) {
	r.notices = append(r.notices, Problem{File: file, Text: fmt.Sprintf(format, args...)})
}

// step counts bytes; only one goroutine restores.
func (r *restore) step(n int64) {
	r.done += n
	r.progress(min(r.done, r.total), r.total)
}

// begin makes the folder that is written to.
func (r *restore) begin(dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return errors.New("the new folder has no usable name")
	}
	entries, err := os.ReadDir(abs)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("%s: the folder is not empty: choose a new one", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: not a folder that can be used: %w", dir, plainCause(err))
	}
	r.part, r.made = abs+partSuffix, err == nil
	if exists(filepath.Join(r.part, restoreMark)) {
		os.RemoveAll(r.part) // of a restore that was cut short
	}
	if err := os.MkdirAll(filepath.Dir(r.part), 0o700); err != nil {
		return writeProblem(dir, err)
	}
	if err := os.Mkdir(r.part, 0o700); err != nil {
		return writeProblem(r.part, err)
	}
	if err := os.WriteFile(filepath.Join(r.part, restoreMark), nil, 0o600); err != nil {
		os.Remove(r.part)
		return writeProblem(dir, err)
	}
	return nil
}

func (r *restore) run() (Backup, error) {
	info, err := os.Stat(r.from)
	switch {
	case err != nil:
		return Backup{}, fmt.Errorf("the backup is not there: is the stick or drive connected? %w", ErrNoBackup)
	case info.IsDir():
		return r.fromFolder()
	}
	return r.fromFile(info.Size())
}

// empty makes the folder as begin made it, for another try.
func (r *restore) empty() error {
	entries, err := os.ReadDir(r.part)
	for _, e := range entries {
		if e.Name() != restoreMark {
			err = errors.Join(err, os.RemoveAll(filepath.Join(r.part, e.Name())))
		}
	}
	return err
}

// check opens what was written with the secret and reads all of it; opened says
// that the secret does open it.
func (r *restore) check(lacking int) (opened bool, err error) {
	header, err := os.ReadFile(filepath.Join(r.part, headerFile))
	if err == nil {
		err = writeFile(filepath.Join(r.part, headerCopy), header)
	}
	if err != nil {
		return false, err
	}
	v, err := Open(r.ctx, r.part, r.secret, r.opt)
	switch {
	case errors.Is(err, ErrWrongPassphrase), errors.Is(err, ErrRecoveryKeyTypo):
		return false, nil
	case errors.Is(err, ErrDamaged) && lacking > 0:
		r.note("", "the vault was damaged already when this backup was made, and does not open as it is: %v", err)
		return true, nil
	case err != nil:
		return true, err
	}
	report, err := v.Check(r.ctx, true, func(done, total int64) { r.progress(done, total) })
	if err == nil {
		v.takeForNewest(r.memory)
	}
	err = errors.Join(err, v.Close())
	if err == nil && lacking == 0 && len(report.Problems) > 0 {
		p := report.Problems[0]
		err = damaged(p.File, "%s", p.Text)
	}
	return true, err
}

// settle gives the vault its name.
func (r *restore) settle(dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(r.part, restoreMark)); err != nil {
		return err
	}
	if err := errors.Join(r.ctx.Err(), syncDir(r.part)); err != nil {
		return err
	}
	if r.made {
		if err := os.Remove(abs); err != nil {
			return err // somebody put something into it
		}
	}
	if err := os.Rename(r.part, abs); err != nil {
		return err
	}
	return syncDir(filepath.Dir(abs))
}

// restoreProblem gives the conditions of a restore in this package's words.
func restoreProblem(err error) error {
	var d *backup.DamageError
	switch {
	case errors.As(err, &d):
		return fmt.Errorf("%w: %s is missing or was changed", ErrBackupDamaged, d.Name)
	case errors.Is(err, ErrDamaged):
		return fmt.Errorf("%w: %w", ErrBackupDamaged, err)
	case errors.Is(err, backup.ErrNewer):
		return ErrNewerVersion
	case isFull(err):
		return ErrNoRoom
	case errors.Is(err, ErrNoRoom), errors.Is(err, ErrWrongPassphrase), errors.Is(err, ErrRecoveryKeyTypo),
		errors.Is(err, ErrNoBackup), errors.Is(err, ErrBackupDamaged), errors.Is(err, context.Canceled):
		return err
	}
	return fmt.Errorf("restore: %w", plainCause(err))
}
