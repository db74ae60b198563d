package vault

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/store"
)

// writable opens the store for writing before the first commit. Until then it
// was only read, so that looking at a vault changes nothing in it. Views that
// are open keep the old one, which shows the same.
func (v *Vault) writable() error {
	if !v.store.ReadOnly() {
		return nil
	}
	if err := v.proof.Finish(); err != nil {
		return err
	}
	// From here until the next clean close, db/ is not to be trusted by others.
	if err := os.Remove(filepath.Join(v.dir, store.Dir, store.AccountName)); err != nil {
		return writeProblem(v.dir, err)
	}
	s, err := v.store.Writable(v.dir)
	if err != nil {
		return err
	}
	s.Forget(v.now.Load().Root.Epoch)
	v.mu.Lock()
	v.retired, v.store = v.store, s
	v.mu.Unlock()
	return nil
}

// newStore makes an empty db/, in place of any that is there.
func newStore(dir string, keys *keyring) (*store.Store, error) {
	path := filepath.Join(dir, store.Dir)
	if err := os.RemoveAll(path); err != nil {
		return nil, fmt.Errorf("remove db/ to build it again: %w", plainCause(err))
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		return nil, writeProblem(dir, err)
	}
	return store.Open(dir, keys.store(), false)
}

// read is a view of the store at one epoch. It must be closed.
type read struct {
	*store.Read
	state *state // of the vault at that epoch; nil in a replay
}

func (v *Vault) at(epoch uint64) *read { return &read{Read: v.store.At(epoch)} }
