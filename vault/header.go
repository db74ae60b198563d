package vault

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
)

const (
	formatName    = "carnet vault"
	formatVersion = 1
	vaultIDSize   = 16      // bytes
	headerLimit   = 1 << 20 // bytes: a header with a hundred slots has 40 kB
)

// header is what can be read of a vault without its key.
type header struct {
	Format     string      `json:"format"`
	Version    int         `json:"version"`
	ID         []byte      `json:"id"`
	Created    time.Time   `json:"created"`
	Generation uint64      `json:"generation,omitempty"` // one more with each change of the slots; 0 in vaults of before
	Slots      []seal.Slot `json:"slots"`
}

// envelope is vault.json: the header's exact bytes, their HMAC under the header
// subkey against tampering, and a SHA-256 over both against damage.
type envelope struct {
	Header json.RawMessage `json:"header"`
	HMAC   string          `json:"hmac"`
	SHA256 string          `json:"sha256"`
}

func newHeader(now time.Time) header {
	id := make([]byte, vaultIDSize)
	rand.Read(id)
	return header{Format: formatName, Version: formatVersion, ID: id, Created: now.UTC().Truncate(time.Second), Generation: 1}
}

// encode gives the header as vault.json holds it: one line.
func (h header) encode(subkey []byte) (headers, error) {
	raw, err := json.Marshal(h)
	if err != nil {
		return headers{}, err
	}
	return sealHeader(raw, subkey)
}

// sealHeader makes vault.json of a header's exact bytes.
func sealHeader(raw, subkey []byte) (headers, error) {
	h, err := decodeHeader(raw)
	if err != nil {
		return headers{}, err
	}
	mac := seal.MAC(subkey, raw)
	e := envelope{Header: raw, HMAC: hex.EncodeToString(mac[:])}
	e.SHA256 = e.sum()
	data, err := e.bytes()
	return headers{header: h, envelope: e, data: data}, err
}

func (e envelope) sum() string {
	s := sha256.Sum256(append(bytes.Clone(e.Header), e.HMAC...))
	return hex.EncodeToString(s[:])
}

func (e envelope) bytes() ([]byte, error) {
	b, err := json.Marshal(e)
	return append(b, '\n'), err
}

// authentic checks the HMAC, once the key is known.
func (e envelope) authentic(subkey []byte) bool {
	mac := seal.MAC(subkey, e.Header)
	return seal.SameMAC([]byte(hex.EncodeToString(mac[:])), []byte(e.HMAC))
}

var errHeader = errors.New("header does not match its checksum")

// parseHeader reads vault.json. The file must be exactly what encode writes, so
// that no changed byte goes unseen.
func parseHeader(data []byte) (header, envelope, error) {
	var e envelope
	if json.Unmarshal(data, &e) != nil {
		return header{}, e, errHeader
	}
	if again, err := e.bytes(); err != nil || !bytes.Equal(again, data) || e.sum() != e.SHA256 {
		return header{}, e, errHeader
	}
	h, err := decodeHeader(e.Header)
	return h, e, err
}

// decodeHeader reads the header itself.
func decodeHeader(raw []byte) (header, error) {
	var h header
	if json.Unmarshal(raw, &h) != nil || h.Format != formatName {
		return h, errHeader
	}
	if h.Version > formatVersion {
		return h, ErrNewerVersion
	}
	if len(h.ID) != vaultIDSize {
		return h, errHeader
	}
	return h, nil
}

// headers is vault.json or its copy, read or about to be written.
type headers struct {
	header   header
	envelope envelope
	mend     bool // one of the two files must be written again
	data     []byte
}

// readHeaders reads vault.json and its copy, as far as they are whole: that of
// the highest generation first.
func readHeaders(dir string) ([]headers, error) {
	var found []headers
	var newer error
	missing := 0
	for _, name := range []string{headerFile, headerCopy} {
		data, err := readLimited(filepath.Join(dir, name), headerLimit)
		if errors.Is(err, fs.ErrNotExist) {
			missing++
		}
		if err != nil {
			continue
		}
		h, e, err := parseHeader(data)
		switch {
		case errors.Is(err, ErrNewerVersion):
			newer = err
		case err == nil:
			found = append(found, headers{header: h, envelope: e, data: data})
		}
	}
	switch {
	case newer != nil:
		return nil, newer
	case len(found) > 0:
		for i := range found {
			found[i].mend = len(found) == 1 || !bytes.Equal(found[0].data, found[1].data)
		}
		slices.SortStableFunc(found, func(a, b headers) int { return cmp.Compare(b.header.Generation, a.header.Generation) })
		return found, nil
	case missing == 2 && !exists(filepath.Join(dir, journal.Dir)):
		return nil, ErrNotVault
	}
	if found = headerCopies(dir); len(found) > 0 {
		return found, nil
	}
	if missing == 2 {
		return nil, damaged(headerFile, "it and its copy are missing: put them back from a backup; without them nothing can be opened")
	}
	return nil, damaged(headerFile, "it and its copy are changed: put them back from a backup; without them nothing can be opened")
}

// writeHeader puts a header and its copy in place, one after the other.
func writeHeader(dir string, data []byte) error {
	if err := writeFile(filepath.Join(dir, headerFile), data); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, headerCopy), data)
}

// headerFiles are vault.json and its copy; nil for one that cannot be read. The
// caller holds the write lock.
func (v *Vault) headerFiles() (files [2][]byte) {
	for i, name := range []string{headerFile, headerCopy} {
		files[i], _ = readLimited(filepath.Join(v.dir, name), headerLimit)
	}
	return files
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
