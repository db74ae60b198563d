package vault

import (
	"encoding/binary"

	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

// keyring is everything derived from the vault key. One subkey, one purpose;
// the labels are part of the format.
type keyring struct {
	id        []byte // the vault's
	badger    []byte // Badger's own encryption, which hides its keys
	root      []byte // of the set-hash
	header    []byte // HMAC of vault.json
	drafts    []byte // HMAC of the names of drafts
	value     *seal.Box
	journal   *seal.Box
	search    *seal.Box
	labels    *seal.Box // of the slots in vault.json
	backup    *seal.Box // lists of backups and snapshots, and the vault's memory of them
	originals *seal.Originals
}

func newKeyring(id []byte, key *seal.Key) (*keyring, error) {
	originals, err := seal.NewOriginals(key.Derive(id, "originals identity"))
	if err != nil {
		return nil, err
	}
	return &keyring{
		id:        id,
		badger:    key.Derive(id, "badger"),
		root:      key.Derive(id, "root"),
		header:    key.Derive(id, "header"),
		drafts:    key.Derive(id, "drafts"),
		value:     seal.NewBox(key.Derive(id, "value")),
		journal:   seal.NewBox(key.Derive(id, "journal")),
		search:    seal.NewBox(key.Derive(id, "search")),
		labels:    seal.NewBox(key.Derive(id, "slot labels")),
		backup:    seal.NewBox(key.Derive(id, "backup")),
		originals: originals,
	}, nil
}

// watch has f called before each value is opened or sealed.
func (k *keyring) watch(f func()) {
	for _, b := range []*seal.Box{k.value, k.journal, k.search, k.labels, k.backup} {
		b.Watch = f
	}
}

// store are the keys of db/.
func (k *keyring) store() *store.Keys {
	return &store.Keys{VaultID: k.id, Badger: k.badger, Value: k.value}
}

// wipe overwrites the keys that are ours to overwrite.
func (k *keyring) wipe() {
	clear(k.badger)
	clear(k.root)
	clear(k.header)
	clear(k.drafts)
}

// place is the associated data of a small sealed file: it cannot be read back
// under another name, as another version or in another vault. That of the values
// in db/ is made in the same way.
func (k *keyring) place(key []byte, version uint64) []byte {
	ad := make([]byte, 0, len(k.id)+len(key)+8)
	ad = append(append(ad, k.id...), key...)
	return binary.BigEndian.AppendUint64(ad, version)
}
