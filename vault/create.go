package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

// Create makes a vault in dir, which must not exist or be empty, and opens it.
// The recovery key is given this once and kept nowhere. The header is written
// last: a Create that was cut short leaves no vault, and one that fails leaves
// what was there before.
func Create(ctx context.Context, dir string, passphrase []byte, opt Options) (v *Vault, recoveryKey string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	opt = opt.withDefaults()
	made, err := emptyFolder(dir)
	if err != nil {
		return nil, "", err
	}
	v, recoveryKey, err = createIn(dir, passphrase, opt)
	if err != nil {
		emptyAgain(dir, made)
		return nil, "", fmt.Errorf("create %s: %w", dir, err)
	}
	return v, recoveryKey, nil
}

// emptyFolder makes sure that dir is an empty folder; made says that it is new.
func emptyFolder(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return false, writeProblem(dir, err)
		}
		return true, nil
	case err != nil:
		return false, fmt.Errorf("%s: not a folder that can be used: %w", dir, plainCause(err))
	case len(entries) > 0 && looksLikeVault(dir) == nil:
		return false, fmt.Errorf("%s: there is a vault in it already: open it, or choose another folder", dir)
	case len(entries) > 0:
		return false, fmt.Errorf("%s: the folder is not empty: choose a new one", dir)
	}
	return false, nil
}

func emptyAgain(dir string, made bool) {
	if made {
		os.RemoveAll(dir)
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		os.RemoveAll(filepath.Join(dir, e.Name()))
	}
}

func createIn(dir string, passphrase []byte, opt Options) (*Vault, string, error) {
	if err := enoughRoom(opt, dir, 0); err != nil {
		return nil, "", err
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, "", err
	}
	key := seal.NewKey()
	defer key.Wipe()
	h := newHeader(opt.Now())
	keys, err := newKeyring(h.ID, key)
	if err != nil {
		lock.Close()
		return nil, "", err
	}
	recovery, err := addSlots(&h, key, passphrase, opt.KDF)
	if err != nil {
		lock.Close()
		return nil, "", err
	}
	v, err := newVault(dir, opt, keys, lock)
	if err == nil {
		err = v.createFiles(h)
	}
	if err != nil {
		lock.Close()
		return nil, "", err
	}
	return v, recovery, nil
}

// addSlots wraps the key under the passphrase and under a new recovery key.
func addSlots(h *header, key *seal.Key, passphrase []byte, cost seal.Cost) (recovery string, err error) {
	if cost == (seal.Cost{}) {
		cost = seal.Calibrate()
	}
	p, err := seal.NewPassphraseSlot(h.ID, key, passphrase, cost)
	if err != nil {
		return "", err
	}
	recovery = seal.NewRecoveryKey()
	r, err := seal.NewRecoverySlot(h.ID, key, recovery)
	if err != nil {
		return "", err
	}
	p.Created, r.Created = h.Created, h.Created
	h.Slots = []seal.Slot{p, r}
	return recovery, nil
}

func (v *Vault) createFiles(h header) error {
	for _, name := range []string{journal.Dir, originalDir, searchDir} {
		if err := os.Mkdir(filepath.Join(v.dir, name), 0o700); err != nil {
			return writeProblem(v.dir, err)
		}
	}
	var err error
	if v.journal, err = v.segments.Create(); err != nil {
		return writeProblem(v.dir, err)
	}
	v.proof = store.Own(v.dir)
	if v.store, err = newStore(v.dir, v.keys); err != nil {
		v.journal.Close()
		return err
	}
	v.now.Store((&state{}).clone())
	head, err := h.encode(v.keys.header)
	if err == nil {
		v.head.Store(&head)
		v.opened = h.Slots[0].Ident()
		err = v.birth(head.envelope.Header)
	}
	if err == nil {
		err = writeHeader(v.dir, head.data)
	}
	if err != nil {
		v.store.Close()
		v.journal.Close()
	}
	return err
}

// birth writes the first transaction, which holds the header alone.
func (v *Vault) birth(header []byte) error {
	st := v.now.Load().clone()
	st.Root.Epoch = 1
	if err := v.writeHeaderFrame(st, header); err != nil {
		return err
	}
	v.publish(st)
	return nil
}
