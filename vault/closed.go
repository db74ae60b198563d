package vault

import (
	"os"
	"path"
	"path/filepath"
)

// closedName is the sealed account of db/ that a clean close leaves in it. It
// is gone once the vault is written to: without it, or when a byte of db/ is not as
// it says, db/ is not used and built again. What of a large db/ is compared
// before it is used, and what behind the first screen, proof.go says.
const closedName = "CLOSED"

const closedLimit = 16 << 20 // bytes: a million records have 200 files of 120 bytes

// storeLayout is how this version lays out the keys and values of db/. One of
// another layout is built again.
const storeLayout = 3

// closed is the content of that file.
type closed struct {
	Layout int          `cbor:"layout"`
	State  state        `cbor:"state"`
	Files  []closedFile `cbor:"files"`
}

type closedFile struct {
	Name   string `cbor:"name"`
	Size   int64  `cbor:"size"`
	SHA256 []byte `cbor:"sha256"`

	// The end of the file that Badger reads when it opens it; absent: all of it.
	Tail       int64  `cbor:"tail,omitempty"` // bytes
	TailSHA256 []byte `cbor:"tailSha256,omitempty"`
}

func (v *Vault) closedPlace() []byte { return v.keys.place([]byte("db/"+closedName), 1) }

// discardName is where Badger keeps count of its value log's waste: a megabyte
// of zeros for ours, which is empty. Badger makes it anew.
const discardName = "DISCARD"

// doubtName is an empty file in db/ that says that something in it did not read
// as it should: the next Open compares every byte before it uses any.
const doubtName = "DOUBT"

// sealStore writes the account, once Badger is closed.
func (v *Vault) sealStore() error {
	dir := filepath.Join(v.dir, storeDir)
	os.Remove(filepath.Join(dir, discardName))
	os.Remove(filepath.Join(dir, doubtName))
	files, err := v.accountFiles()
	if err != nil {
		return errStore
	}
	for _, f := range files {
		if os.Chmod(filepath.Join(dir, f.Name), 0o600) != nil { // Badger leaves it to the umask
			return errStore
		}
	}
	b, err := v.codec.enc.Marshal(closed{Layout: storeLayout, State: *v.now.Load(), Files: files})
	if err != nil {
		return errStore
	}
	sealed := v.keys.value.Seal(nil, v.closedPlace(), v.packer.frame(nil, b))
	return writeFile(filepath.Join(dir, closedName), sealed)
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
	sealed, err := readLimited(filepath.Join(v.dir, storeDir, closedName), closedLimit)
	if err != nil {
		return nil, false
	}
	c, ok := v.openClosed(sealed)
	if !ok {
		v.noteStore(closedName)
		return nil, false
	}
	v.witness = c.State.Frame // true, whatever became of the files
	if c.Layout != storeLayout {
		return nil, false
	}
	v.proof = newProof(filepath.Join(v.dir, storeDir), c.Files, v.opt.atOnce)
	if bad, ok := v.proof.begin(); !ok {
		v.noteStore(bad)
		return nil, false
	}
	return c.State.clone(), true
}

// proveNow compares what of db/ is still to be compared, before it is used.
func (v *Vault) proveNow() bool {
	bad, ok := v.proof.now()
	if !ok {
		v.noteStore(bad)
	}
	return ok
}

func (v *Vault) noteStore(name string) {
	v.noteMended(path.Join(storeDir, name), "it was changed, and the index was built again from the journal")
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
