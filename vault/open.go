package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Open opens the vault in dir with a passphrase, a recovery key or the age
// identity of a trusted person, told apart by their form. Errors: [ErrWrongPassphrase], [ErrRecoveryKeyTypo],
// [ErrNotVault], [ErrLocked], [ErrReadOnly], [ErrNewerVersion], [ErrOlder], and
// for damage that the journal cannot mend [ErrDamaged]; none of them changes the
// vault.
func Open(ctx context.Context, dir string, secret []byte, opt Options) (*Vault, error) {
	if err := looksLikeVault(dir); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	v, err := openLocked(ctx, dir, secret, opt.withDefaults(), lock)
	if err != nil {
		lock.Close()
		return nil, fmt.Errorf("open %s: %w", dir, err)
	}
	return v, nil
}

func looksLikeVault(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: there is no such folder: %w", dir, ErrNotVault)
	case err != nil:
		return fmt.Errorf("%s: the folder cannot be read: %w", dir, plainCause(err))
	case !info.IsDir():
		return fmt.Errorf("%s: %w", dir, ErrNotVault)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return fmt.Errorf("%s: the folder cannot be read: %w", dir, plainCause(err))
	}
	for _, name := range []string{headerFile, headerCopy, journal.Dir} {
		if exists(filepath.Join(dir, name)) {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", dir, ErrNotVault)
}

func openLocked(ctx context.Context, dir string, secret []byte, opt Options, lock *os.File) (*Vault, error) {
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
	if err := v.openOrHeal(ctx); err != nil {
		return nil, err
	}
	v.notes = append(v.notes, conflictCopies(dir)...)
	err = v.settleHeader()
	v.sweepParts()
	if err == nil && (v.unclean || exists(filepath.Join(dir, originalDir, sealingName))) {
		err = v.sweep(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	v.noteSnapshots()
	return v, nil
}

// noteHeaders notes which of the two headers is not as it should be.
func (v *Vault) noteHeaders(want []byte) {
	for _, name := range []string{headerFile, headerCopy} {
		if data, err := readLimited(filepath.Join(v.dir, name), headerLimit); err != nil || !bytes.Equal(data, want) {
			v.noteMended(name, "it was missing, changed or older, and was written again from its copy")
		}
	}
}

// noteMended notes damage that Open made good, for the next Check.
func (v *Vault) noteMended(file, what string) {
	v.mended = append(v.mended, Problem{File: file, Text: what + "; if this comes back, the disk is failing or somebody changes the folder", Mended: true})
}

// unlock finds a header that the secret opens and that nobody tampered with,
// and the slot that it opens. The authentic header of the highest generation
// decides: a secret that was changed or removed does not come in by an older one
// beside it.
func unlock(found []headers, secret []byte) (*keyring, headers, string, error) {
	var first error
	for i, h := range found {
		if i > 0 && string(h.data) == string(found[0].data) {
			break
		}
		keys, slot, err := unlockOne(h, secret)
		if err == nil && supersededBy(found[:i], h, keys) {
			err = ErrWrongPassphrase
		}
		if err == nil {
			return keys, h, slot, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, headers{}, "", first
}

// supersededBy says whether one of the headers is a later one of the same vault
// than h, which gave the keys.
func supersededBy(others []headers, h headers, keys *keyring) bool {
	for _, o := range others {
		if o.header.Generation > h.header.Generation && bytes.Equal(o.header.ID, h.header.ID) && o.envelope.authentic(keys.header) {
			return true
		}
	}
	return false
}

func unlockOne(h headers, secret []byte) (*keyring, string, error) {
	key, i, err := seal.FindSlot(h.header.ID, h.header.Slots, secret, "")
	if err != nil {
		return nil, "", secretProblem(err)
	}
	defer key.Wipe()
	keys, err := newKeyring(h.header.ID, key)
	if err != nil {
		return nil, "", err
	}
	if !h.envelope.authentic(keys.header) {
		return nil, "", damaged(headerFile, "it was changed by somebody who does not have the key: put it back from a backup")
	}
	return keys, h.header.Slots[i].Ident(), nil
}

// secretProblem is what seal says of a secret, in this package's words.
func secretProblem(err error) error {
	switch {
	case errors.Is(err, seal.ErrWrongSecret):
		return ErrWrongPassphrase
	case errors.Is(err, seal.ErrTypo):
		return ErrRecoveryKeyTypo
	}
	return damaged(headerFile, "%v: put it back from a backup", err)
}

func newVault(dir string, opt Options, keys *keyring, lock *os.File) (*Vault, error) {
	keys.watch(opt.Watch)
	v := &Vault{dir: dir, opt: opt, keys: keys, segments: journal.In(dir, keys.id, keys.journal), lock: lock, readers: map[uint64]int{}, renamed: map[string]bool{}, taken: map[string]bool{}, subscribers: map[int]func(Event){}}
	v.search = newSearchIndex(v)
	var err error
	if v.codec, err = newCodec(); err != nil {
		return nil, err
	}
	if v.packer, err = newPacker(); err != nil {
		return nil, err
	}
	return v, nil
}

// openOrHeal is openFiles with a try to make damage good: from copies, else from
// the index.
func (v *Vault) openOrHeal(ctx context.Context) error {
	err := v.openFiles(ctx)
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	if healed, healErr := v.healSegments(ctx); healErr != nil {
		return healErr
	} else if len(healed) > 0 {
		if err = v.openFiles(ctx); !errors.Is(err, ErrDamaged) {
			v.noteHealed(healed)
			return err
		}
	}
	if err := v.heal(ctx, err); err != nil {
		return err
	}
	return v.openFiles(ctx)
}

func (v *Vault) noteHealed(files []string) {
	for _, f := range files {
		v.noteMended(f, "it was damaged or missing, and was put back from a copy of it")
	}
}

// openFiles opens the journal, then db/ as far as the journal vouches for it.
func (v *Vault) openFiles(ctx context.Context) error {
	chain, err := v.segments.List()
	if err != nil {
		return err
	}
	j, scan, err := v.segments.Open(chain)
	if err != nil {
		return err
	}
	v.journal = j
	st, err := v.openState(ctx, chain.List[:int(j.End().Segment-chain.List[0])+1], scan)
	if err != nil {
		return err
	}
	cut, err := j.Settle()
	if err != nil {
		v.proof.End()
		v.store.Close()
		return err
	}
	if cut && !v.unclean {
		v.noteMended(journal.Name(j.End().Segment), "bytes stood behind its end that no commit wrote, and were taken off")
	}
	v.now.Store(st)
	v.began = st.Root.Epoch
	v.remember()
	v.store.Forget(st.Root.Epoch)
	return nil
}
