package main

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

const (
	headerLimit      = 1 << 20 // bytes of vault.json
	slotsLimit       = 64
	passphrasesLimit = 16      // slots
	timeLimit        = 16      // Argon2id passes
	memoryLimit      = 1 << 20 // Argon2id memory, KiB
	threadsLimit     = 16      // Argon2id threads
	costLimit        = 1 << 25 // Argon2id passes x KiB, of all slots
)

var errPassphrase = errors.New("wrong passphrase: it opens no slot of this vault")

// header is vault.json: H, the HMAC and the SHA-256 over it.
type header struct {
	H      json.RawMessage `json:"header"`
	HMAC   string          `json:"hmac"`
	SHA256 string          `json:"sha256"`

	fields struct {
		Format     string `json:"format"`
		Version    int    `json:"version"`
		ID         []byte `json:"id"`
		Generation uint64 `json:"generation"`
		Slots      []slot `json:"slots"`
	}
}

// slot is the vault key wrapped under one secret.
type slot struct {
	Kind string `json:"kind"`
	KDF  string `json:"kdf"`
	Cost struct {
		Time      uint32 `json:"time"`
		MemoryKiB uint32 `json:"memoryKiB"`
		Threads   uint32 `json:"threads"`
	} `json:"cost"`
	Salt    []byte `json:"salt"`
	Wrapped []byte `json:"wrapped"`
}

// openHeader reads vault.json and its copy, and gives the one that counts: the
// newest whose HMAC fits. It must be the one that the secret opens.
func openHeader(dir *folder, secret string) (best header, k keys, err error) {
	var both []header
	var errs []error
	for _, file := range []string{"vault.json", "vault.json.bak"} {
		h, err := readHeader(dir, file)
		if err == nil && (len(both) == 0 || !bytes.Equal(h.H, both[0].H)) {
			both = append(both, h)
		}
		errs = append(errs, err)
	}
	if len(both) > 0 {
		errs = nil
	}
	for _, h := range both {
		opened, err := h.unlock(secret)
		if err == nil && (k.vault == nil || h.fields.Generation > best.fields.Generation) {
			best, k = h, opened
		}
		errs = append(errs, err)
	}
	if k.vault == nil {
		return best, k, errors.Join(errs...)
	}
	for _, h := range both {
		if h.fields.Generation > best.fields.Generation && h.fits(k) {
			return h, k, errPassphrase // it opens only an older one
		}
	}
	return best, k, nil
}

// readHeader reads one file; unlock checks its HMAC.
func readHeader(dir *folder, file string) (h header, err error) {
	f, err := dir.open(file)
	if err != nil {
		return h, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, headerLimit))
	if err != nil {
		return h, err
	}
	return parseHeader(file, b)
}

func parseHeader(file string, b []byte) (h header, err error) {
	if json.Unmarshal(b, &h) != nil || string(b) != fmt.Sprintf(`{"header":%s,"hmac":"%s","sha256":"%s"}`+"\n", h.H, h.HMAC, h.SHA256) {
		return h, damaged(file, 0, 0, "it is not a header")
	}
	if sum := sha256.Sum256([]byte(string(h.H) + h.HMAC)); hex.EncodeToString(sum[:]) != h.SHA256 {
		return h, damaged(file, 0, 0, "its SHA-256 does not fit")
	}
	err = json.Unmarshal(h.H, &h.fields)
	switch {
	case err != nil || h.fields.Format != "carnet vault" || len(h.fields.ID) != 16:
		return h, damaged(file, 0, 0, "it is not the header of a Carnet vault")
	case h.fields.Version != 1:
		return h, fmt.Errorf("%s: format version %d, and this reader knows 1", file, h.fields.Version)
	case len(h.fields.Slots) > slotsLimit || h.cost() > costLimit:
		return h, damaged(file, 0, 0, "its slots are more, or cost more, than the limits")
	}
	return h, nil
}

// cost is that of trying a passphrase on all slots; too much where one alone
// is outside the limits.
func (h header) cost() (sum uint64) {
	n := 0
	for _, s := range h.fields.Slots {
		c := s.Cost
		if s.Kind != "passphrase" {
			continue
		}
		if n++; n > passphrasesLimit || c.Time < 1 || c.Time > timeLimit || c.Threads < 1 || c.Threads > threadsLimit || c.MemoryKiB < 8*c.Threads || c.MemoryKiB > memoryLimit {
			return costLimit + 1
		}
		sum += uint64(c.Time) * uint64(c.MemoryKiB)
	}
	return sum
}

// unlock finds the slot that the secret opens, and checks the HMAC.
func (h header) unlock(secret string) (keys, error) {
	for _, s := range h.fields.Slots {
		key, err := s.open(h.fields.ID, secret)
		if err != nil || len(key) != 32 {
			continue
		}
		k := keys{key, h.fields.ID}
		if !h.fits(k) {
			return keys{}, damaged("vault.json", 0, 0, "its HMAC does not fit")
		}
		return k, nil
	}
	return keys{}, errPassphrase
}

// fits checks the HMAC.
func (h header) fits(k keys) bool {
	mac := hmac.New(sha256.New, k.sub("header"))
	mac.Write(h.H)
	return hex.EncodeToString(mac.Sum(nil)) == h.HMAC
}

// open gives the vault key that the slot wraps.
func (s slot) open(id []byte, secret string) ([]byte, error) {
	switch raw := parseRecovery(secret); {
	case s.Kind == "recovery" && s.KDF == "hkdf-sha256" && raw != nil:
		return unseal(derive(raw, s.Salt, "recovery slot"), s.ad(id), s.Wrapped)
	case s.Kind == "passphrase" && s.KDF == "argon2id":
		wrapping := argon2.IDKey(norm.NFC.Bytes([]byte(secret)), s.Salt, s.Cost.Time, s.Cost.MemoryKiB, uint8(s.Cost.Threads), 32)
		return unseal(wrapping, s.ad(id), s.Wrapped)
	case s.Kind == "age" && s.KDF == "age-x25519":
		identity, err := age.ParseX25519Identity(strings.TrimSpace(secret))
		if err != nil {
			return nil, err
		}
		r, err := age.Decrypt(bytes.NewReader(s.Wrapped), identity)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(io.LimitReader(r, 33))
	}
	return nil, errPassphrase
}

func (s slot) ad(id []byte) []byte {
	ad := fmt.Appendf(nil, "carnet slot v1\x00%s%s\x00%s\x00", id, s.Kind, s.KDF)
	ad = binary.LittleEndian.AppendUint32(ad, s.Cost.Time)
	ad = binary.LittleEndian.AppendUint32(ad, s.Cost.MemoryKiB)
	return append(append(ad, byte(s.Cost.Threads)), s.Salt...)
}

// keys are the vault key and all that is derived from it.
type keys struct{ vault, id []byte }

func (k keys) sub(label string) []byte { return derive(k.vault, k.id, label) }

func derive(secret, salt []byte, label string) []byte {
	key, err := hkdf.Key(sha256.New, secret, salt, "carnet/v1/"+label, 32)
	if err != nil {
		panic("carnetreader: internal error: " + err.Error()) // 32 bytes are never too many
	}
	return key
}

// unseal opens nonce | ciphertext | tag.
func unseal(key, ad, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil || len(sealed) < aead.NonceSize() {
		return nil, errors.New("not sealed with this key")
	}
	return aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], ad)
}

// parseRecovery gives the 20 bytes of a recovery key; nil for what is none.
func parseRecovery(s string) []byte {
	crockford := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	s = strings.NewReplacer("-", "", "I", "1", "L", "1", "O", "0").Replace(s)
	if len(s) != 36 {
		return nil
	}
	raw, err := crockford.DecodeString(s[:32])
	sum := sha256.Sum256(append([]byte("carnet recovery key"), raw...))
	if err != nil || crockford.EncodeToString(sum[:])[:4] != s[32:] {
		return nil
	}
	return raw
}
