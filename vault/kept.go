package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

const (
	keptLimit   = 4 << 20 // of one kept view, in bytes
	keptVersion = 1       // the last part of its place
)

// Stamp says of what a view of one person's records was made: two stamps agree on
// a kind where the vault held exactly the same records of it, each in the same
// words, however it came to hold them. It is keyed: nobody without the vault's key
// can make one that agrees.
type Stamp struct {
	Epoch  uint64
	Prints map[record.Kind][32]byte // kinds without a record have none
}

// Agrees says that the records of these kinds are the same in both.
func (s Stamp) Agrees(o Stamp, kinds ...record.Kind) bool {
	for _, k := range kinds {
		a, has := s.Prints[k]
		b, had := o.Prints[k]
		if has != had || a != b {
			return false
		}
	}
	return true
}

// Same says that the records of all kinds are the same in both.
func (s Stamp) Same(o Stamp) bool { return maps.Equal(s.Prints, o.Prints) }

// Stamp gives the one of a person's records as they are. It reads nothing from
// the disk.
func (v *Vault) Stamp(ctx context.Context, person record.ID) (Stamp, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return Stamp{}, err
	}
	defer done()
	s := Stamp{Epoch: r.state.Root.Epoch, Prints: map[record.Kind][32]byte{}}
	for kind, h := range r.state.Prints[person] {
		s.Prints[kind] = h
	}
	return s, nil
}

// Keep puts what was worked out from the records aside under a name, sealed, so
// that it need not be worked out again; empty data drops it. It is no part of the
// record, and no backup has it; it may be lost at any time. Where nothing can be
// written, and in what [Rescue] opened, it is not kept.
func (v *Vault) Keep(name string, data []byte) {
	done, err := v.use()
	if err != nil || v.rescued != "" || len(data) > keptLimit {
		if err == nil {
			done()
		}
		return
	}
	defer done()
	v.drafts.Lock()
	defer v.drafts.Unlock()
	path := v.keptPath(name)
	if len(data) == 0 {
		os.Remove(path)
		return
	}
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return
	}
	if writeFile(path, v.keys.value.Seal(nil, v.keptPlace(path), v.packer.frame(nil, data))) != nil {
		os.Remove(path) // an older one stands for nothing
	}
}

// Kept gives what was kept under a name; nil when there is nothing, or when it was
// changed, cut or moved. Who keeps something puts its [Stamp] into it, and
// believes nothing whose stamp does not agree.
func (v *Vault) Kept(name string) []byte {
	done, err := v.use()
	if err != nil {
		return nil
	}
	defer done()
	v.drafts.Lock()
	defer v.drafts.Unlock()
	path := v.keptPath(name)
	sealed, err := readLimited(path, keptLimit+seal.Overhead)
	if err != nil {
		return nil
	}
	packed, err := v.keys.value.Open(nil, v.keptPlace(path), sealed)
	if err != nil {
		return nil
	}
	data, err := v.packer.unpack(packed)
	if err != nil {
		return nil
	}
	return data
}

// keptPath is where it lies. Its name there says nothing to anybody without the
// key.
func (v *Vault) keptPath(name string) string {
	mac := seal.MAC(v.keys.drafts, []byte("kept\x00"), []byte(name))
	return filepath.Join(v.dir, keptDir, hex.EncodeToString(mac[:16]))
}

func (v *Vault) keptPlace(path string) []byte {
	return v.keys.place([]byte(keptDir+"/"+filepath.Base(path)), keptVersion)
}

// dropKept removes all of it: it may tell of what was deleted.
func (v *Vault) dropKept() {
	v.drafts.Lock()
	defer v.drafts.Unlock()
	os.RemoveAll(filepath.Join(v.dir, keptDir))
}
