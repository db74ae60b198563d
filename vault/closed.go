package vault

import (
	"os"
	"path"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/store"
)

// The account of db/ is [store.AccountName], sealed, which a clean close leaves in
// it. It is gone once the vault is written to: without it, or when a byte of db/
// is not as it says, db/ is not used and built again. What of a large db/ is
// compared before it is used, and what behind the first screen, store.Proof says.

const closedLimit = 16 << 20 // bytes: a million records have 200 files of 120 bytes

// storeLayout is how this version lays out the keys and values of db/. One of
// another layout is built again.
const storeLayout = 5

// closed is the content of that file.
type closed struct {
	Layout int          `cbor:"layout"`
	State  state        `cbor:"state"`
	Files  []store.File `cbor:"files"`
}

func (v *Vault) closedPlace() []byte { return v.keys.place([]byte("db/"+store.AccountName), 1) }

// sealStore writes the account, once Badger is closed.
func (v *Vault) sealStore() error {
	dir := filepath.Join(v.dir, store.Dir)
	os.Remove(filepath.Join(dir, store.DiscardName))
	os.Remove(filepath.Join(dir, store.DoubtName))
	files, err := store.Account(v.dir, v.keys.store(), v.proof)
	if err != nil {
		return store.ErrBroken
	}
	for _, f := range files {
		if os.Chmod(filepath.Join(dir, f.Name), 0o600) != nil { // Badger leaves it to the umask
			return store.ErrBroken
		}
	}
	b, err := v.codec.enc.Marshal(closed{Layout: storeLayout, State: *v.now.Load(), Files: files})
	if err != nil {
		return store.ErrBroken
	}
	sealed := v.keys.value.Seal(nil, v.closedPlace(), v.packer.frame(nil, b))
	return writeFile(filepath.Join(dir, store.AccountName), sealed)
}

// readClosed gives the state that db/ holds; false unless every byte of it is
// as the last close left it. What is not is noted, but for what a process that
// died leaves: no account at all.
func (v *Vault) readClosed() (*state, bool) {
	st, ok := v.readAccount()
	if !ok || !v.proveNow() {
		return nil, false
	}
	return st, true
}

// readAccount gives the state that db/ holds; false unless all that Badger needs
// to open it is as the last close left it. The rest is still to be compared, by
// [Vault.proveNow] or behind the first screen.
func (v *Vault) readAccount() (*state, bool) {
	sealed, err := readLimited(filepath.Join(v.dir, store.Dir, store.AccountName), closedLimit)
	if err != nil {
		return nil, false
	}
	c, ok := v.openClosed(sealed)
	if !ok {
		v.noteStore(store.AccountName)
		return nil, false
	}
	v.witness = c.State.Frame // true, whatever became of the files
	if c.Layout != storeLayout {
		return nil, false
	}
	v.proof = store.NewProof(v.dir, c.Files, v.opt.atOnce)
	if bad, ok := v.proof.Begin(); !ok {
		v.noteStore(bad)
		return nil, false
	}
	return c.State.clone(), true
}

// proveNow compares what of db/ is still to be compared, before it is used.
func (v *Vault) proveNow() bool {
	bad, ok := v.proof.Now()
	if !ok {
		v.noteStore(bad)
	}
	return ok
}

func (v *Vault) noteStore(name string) {
	v.noteMended(path.Join(store.Dir, name), "it was changed, and the index was built again from the journal")
}

// openClosed opens the account itself.
func (v *Vault) openClosed(sealed []byte) (c closed, ok bool) {
	packed, err := v.keys.value.Open(nil, v.closedPlace(), sealed)
	if err != nil {
		return c, false
	}
	b, err := v.packer.unpack(packed)
	if err != nil {
		return c, false
	}
	return c, v.codec.dec.Unmarshal(b, &c) == nil
}
