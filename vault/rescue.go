package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
)

// Rescue opens a vault that Open refuses, or that lies where nothing can be
// written, for reading only: with everything that can still be read, and nothing
// that cannot. [Vault.Damage] says what is missing. Whatever writes is
// [ErrRescued]; nothing in the folder is changed. Errors: [ErrWrongPassphrase],
// [ErrRecoveryKeyTypo], [ErrNotVault], [ErrLocked], [ErrNewerVersion], and
// [ErrDamaged] where nothing at all can be read.
//
// The index of a rescue is built in the system's folder for temporary files,
// sealed like any other, and removed by Close.
func Rescue(ctx context.Context, dir string, secret []byte, opt Options) (*Vault, error) {
	if err := looksLikeVault(dir); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir)
	if err != nil && !errors.Is(err, ErrReadOnly) {
		return nil, err
	}
	v, err := rescueLocked(ctx, dir, secret, opt.withDefaults(), lock)
	if err != nil {
		lock.Close() // nil is fine
		return nil, fmt.Errorf("open what can be read of %s: %w", dir, err)
	}
	return v, nil
}

func rescueLocked(ctx context.Context, dir string, secret []byte, opt Options, lock *os.File) (*Vault, error) {
	found, err := readHeaders(dir)
	if err != nil {
		return nil, err
	}
	keys, h, slot, err := unlock(found, secret)
	if err != nil {
		return nil, err
	}
	v, err := newVault(dir, opt, keys, lock)
	if err != nil {
		return nil, err
	}
	v.head.Store(&h)
	v.opened = slot
	v.broken = ErrRescued
	if v.rescued, err = os.MkdirTemp("", "carnet-*"); err != nil {
		return nil, fmt.Errorf("make a folder for temporary files: %w", plainCause(err))
	}
	if err := v.salvage(ctx); err != nil {
		if v.store != nil {
			v.store.Close()
		}
		os.RemoveAll(v.rescued)
		return nil, err
	}
	return v, nil
}

// Damage is what was found missing or changed by [Rescue]; empty for a vault
// that Open opened.
func (v *Vault) Damage() []Problem { return slices.Clone(v.damage) }

func (v *Vault) noteDamage(file, format string, args ...any) {
	v.damage = append(v.damage, Problem{File: file, Text: fmt.Sprintf(format, args...)})
}

// closeRescue ends a vault that Rescue opened.
func (v *Vault) closeRescue() error {
	err := errors.Join(v.store.Close(), os.RemoveAll(v.rescued))
	v.packer.close()
	v.keys.wipe()
	if v.lock != nil {
		err = errors.Join(err, v.lock.Close())
	}
	return err
}

// checkRescued reports what is known to be damaged, and looks at the originals.
func (v *Vault) checkRescued(ctx context.Context, deep bool, progress func(done, total int64)) (Report, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return Report{}, err
	}
	defer done()
	c := newChecker(ctx, v, r, deep, progress)
	c.report.Problems = append(c.report.Problems, v.damage...)
	for _, n := range r.state.tallies("") {
		c.report.Records += n
	}
	err = c.originals()
	return c.report, err
}
