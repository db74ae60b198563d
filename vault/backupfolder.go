package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

// planTries is how often a backup starts over because a commit took away what it
// was about to copy.
const planTries = 5

// backupFolder is a backup to a folder.
func (v *Vault) backupFolder(ctx context.Context, path string, opt BackupOptions, progress func(done, total int64)) (Backup, error) {
	shelf, err := backup.Open(filepath.Join(path, backup.FolderName(v.keys.id)), v.keys.id, v.keys.backup)
	if err != nil {
		return Backup{}, err
	}
	if err := os.Mkdir(path, 0o700); err != nil && !os.IsExist(err) {
		return Backup{}, err
	}
	put := backup.Options{Keep: opt.Keep, All: opt.All, Progress: progress, Room: func(need int64) error { return roomFor(v.opt, path, need) }}
	if put.Keep <= 0 {
		put.Keep = keptBackups
	}
	l, err := withPlan(ctx, v, func(p *backupView, damaged bool) (backup.List, error) {
		put.Damaged = damaged
		return shelf.Put(ctx, p.plan, put)
	})
	if err != nil {
		return Backup{}, err
	}
	return Backup{At: l.At, Epoch: l.Epoch, Items: l.Count, Bytes: l.Bytes(), Lacking: l.Lacking}, nil
}

// backupView is the vault at one moment: its files and its records.
type backupView struct {
	plan  backup.Plan
	slots []seal.Slot
	r     *read
}

// withPlan does run with the vault as it is at one moment. Where a file that was
// to be copied is not whole, it starts over if a commit came in between, which
// may have taken the file away; else it goes on with what there is.
func withPlan[T any](ctx context.Context, v *Vault, run func(p *backupView, damaged bool) (T, error)) (T, error) {
	damaged := false
	for try := 1; ; try++ {
		t, epoch, err := oncePlanned(ctx, v, func(p *backupView) (T, error) { return run(p, damaged) })
		var unsound *backup.UnsoundError
		if !errors.As(err, &unsound) || try == planTries {
			return t, err
		}
		damaged = v.now.Load().Root.Epoch == epoch
	}
}

func oncePlanned[T any](ctx context.Context, v *Vault, run func(p *backupView) (T, error)) (t T, epoch uint64, err error) {
	v.write.Lock()
	r, done, err := v.view(ctx)
	if err != nil {
		v.write.Unlock()
		return t, 0, err
	}
	defer done()
	p := &backupView{r: r, slots: v.head.Load().header.Slots}
	p.plan, err = v.backupPlan(ctx)
	v.write.Unlock()
	if err == nil {
		err = v.planOriginals(ctx, p)
	}
	if err == nil {
		t, err = run(p)
	}
	return t, p.plan.Epoch, err
}

// planOriginals adds the sealed originals.
func (v *Vault) planOriginals(ctx context.Context, p *backupView) error {
	return v.eachOriginal(p.r, func(o originalEntry) error {
		if o.inside() {
			return ctx.Err()
		}
		s := backup.Source{Name: originalDir + "/" + o.File, Path: v.originalPath(o.File), Size: o.Size}
		head := string(o.Head)
		s.Sound = func() error { return v.originalSound(s, head) }
		p.plan.Sources = append(p.plan.Sources, s)
		return ctx.Err()
	})
}

// originalSound says whether a sealed file is the one that was written, as far
// as its size and its head tell.
func (v *Vault) originalSound(s backup.Source, head string) error {
	f, err := os.Open(s.Path)
	if err != nil {
		return damaged(s.Name, "it is missing or cannot be read: put it back from a backup")
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.Size() == s.Size {
		if h, err := seal.HeadOf(f); err == nil && string(h[:]) == head {
			return nil
		}
	}
	return damaged(s.Name, "it was changed: put it back from a backup")
}
