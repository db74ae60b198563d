package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"github.com/carnet-phr/carnet/vault/journal"
)

// The memory is what this computer has seen of its vaults: one small sealed
// file for each, outside of the vault. Nothing inside a vault's folder can tell
// that the whole folder was exchanged for an older copy of itself; this can.

const (
	memoryLimit  = 4096 // bytes of one file; ours have about 200
	memoryName   = "memory"
	memorySuffix = ".seen"
)

// seen is the content of that file: the newest state that was seen.
type seen struct {
	Version int         `cbor:"v"` // 1; a higher one counts as no memory
	Epoch   uint64      `cbor:"epoch"`
	Frame   uint64      `cbor:"frame"`
	Tag     journal.Tag `cbor:"tag"`
	Hash    setHash     `cbor:"hash"`
	At      time.Time   `cbor:"at"` // when it was seen
}

const memoryVersion = 1

// MemoryDir is where the programs keep what this computer has seen of its
// vaults, for [Options].Memory; "" where the system has no such place.
func MemoryDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "carnet", "vaults")
}

// memoryPath names the file after a hash of the vault's id, so that the folder
// does not say which vaults were opened here.
func (v *Vault) memoryPath() string {
	sum := sha256.Sum256(append([]byte("carnet memory\x00"), v.keys.id...))
	return filepath.Join(v.opt.Memory, hex.EncodeToString(sum[:16])+memorySuffix)
}

func (v *Vault) memoryPlace() []byte { return v.keys.place([]byte(memoryName), memoryVersion) }

// recall reads the memory; false where there is none that can be used.
func (v *Vault) recall() (m seen, ok bool) {
	if v.opt.Memory == "" {
		return m, false
	}
	sealed, err := readLimited(v.memoryPath(), memoryLimit)
	if err != nil {
		return m, false
	}
	b, err := v.keys.value.Open(nil, v.memoryPlace(), sealed)
	if err != nil || v.codec.dec.Unmarshal(b, &m) != nil || m.Version > memoryVersion {
		return seen{}, false
	}
	return m, true
}

// takeForNewest has this computer remember the vault as it is, although it may
// have seen a newer state: whoever puts a backup back wants just that.
func (v *Vault) takeForNewest(memory string) {
	v.write.Lock()
	defer v.write.Unlock()
	v.opt.Memory, v.seen = memory, seen{}
	v.remember()
}

// remember writes the vault's present state into the memory, unless it stands
// there. It is called behind what it remembers, so a crash leaves an older
// memory and never one that is ahead; it is not flushed, for it guards against
// an exchanged folder, not against a power cut. Where it cannot be written the
// vault works as on a computer that never saw it.
func (v *Vault) remember() {
	st := v.now.Load()
	if v.opt.Memory == "" || v.seen.Frame == st.Frame && v.seen.Tag == st.Tag {
		return
	}
	m := seen{memoryVersion, st.Root.Epoch, st.Frame, st.Tag, st.Root.Hash, v.opt.Now().UTC()}
	b, err := v.codec.enc.Marshal(m)
	if err != nil || os.MkdirAll(v.opt.Memory, 0o700) != nil {
		return
	}
	path := v.memoryPath()
	if os.WriteFile(path+partSuffix, v.keys.value.Seal(nil, v.memoryPlace(), b), 0o600) != nil {
		return
	}
	if os.Rename(path+partSuffix, path) == nil {
		v.seen = m
	}
}
