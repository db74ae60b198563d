package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/badger/v4/y"
)

// A table of Badger is blocks, the index, its length (u32, big-endian), a
// checksum, its length (u32). Each block and the index end with the 16 bytes
// that their encryption started from. Opening a table reads the index and the
// last block.

const (
	tableSuffix = ".sst"
	ivSize      = 16
	indexLimit  = 64 << 20 // bytes: a table of 16 MB has less than one
)

// tails gives the size of the end of each table that Badger reads when it opens
// it. A table that is not understood has none, and is compared whole.
func (p *Proof) tails(dir string, k *Keys, files []File) map[string]int64 {
	found := make(map[string]int64)
	keys, err := badger.OpenKeyRegistry(badger.KeyRegistryOptions{Dir: dir, ReadOnly: true, EncryptionKey: k.Badger})
	if err != nil {
		return found
	}
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if err != nil {
		return found
	}
	defer f.Close()
	manifest, _, err := badger.ReplayManifestFile(f, 0, badgerOptions(dir, k.Badger))
	if err != nil {
		return found
	}
	for _, file := range files {
		id, ok := table.ParseFileID(file.Name)
		if !ok || !strings.HasSuffix(file.Name, tableSuffix) {
			continue
		}
		if _, ok := p.known(file); ok {
			continue
		}
		if key, err := keys.DataKey(manifest.Tables[id].KeyID); err == nil && key != nil {
			if tail, err := tableTail(filepath.Join(dir, file.Name), file.Size, key.Data); err == nil {
				found[file.Name] = tail
			}
		}
	}
	return found
}

// tableTail finds where the last block of a table begins.
func tableTail(path string, size int64, key []byte) (tail int64, err error) {
	defer rescue(&err)
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	at := size
	number := func() int64 { // the u32 that ends at at
		var b [4]byte
		at -= 4
		if _, e := f.ReadAt(b[:], at); e != nil {
			err = e
		}
		return int64(binary.BigEndian.Uint32(b[:]))
	}
	at -= number() // the checksum
	length := number()
	if err != nil || length <= ivSize || length > indexLimit || length > at {
		return 0, ErrBroken
	}
	at -= length
	b := make([]byte, length)
	if _, err := f.ReadAt(b, at); err != nil {
		return 0, err
	}
	plain := make([]byte, length-ivSize)
	if err := y.XORBlock(plain, b[:length-ivSize], key, b[length-ivSize:]); err != nil {
		return 0, err
	}
	index := fb.GetRootAsTableIndex(plain, 0)
	var last fb.BlockOffset
	n := index.OffsetsLength()
	if n == 0 || !index.Offsets(&last, n-1) || int64(last.Offset())+int64(last.Len()) != at {
		return 0, ErrBroken
	}
	return size - int64(last.Offset()), nil
}
