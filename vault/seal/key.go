package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
)

// KeySize is the size of a vault key and of every subkey, in bytes.
const KeySize = 32

// Key is a vault key.
type Key [KeySize]byte

// NewKey draws a vault key.
func NewKey() *Key {
	var k Key
	rand.Read(k[:]) // never fails: crypto/rand aborts the program instead
	return &k
}

// labelPrefix stands before every HKDF label, with the version of the scheme.
const labelPrefix = "carnet/v1/"

// Derive gives the subkey for a purpose: HKDF-SHA256 with the vault's id as the
// salt and "carnet/v1/" + label as the info.
func (k *Key) Derive(vaultID []byte, label string) []byte {
	return derive(k[:], vaultID, label)
}

func derive(secret, salt []byte, label string) []byte {
	sub, err := hkdf.Key(sha256.New, secret, salt, labelPrefix+label, KeySize)
	if err != nil {
		panic("vault: internal error: HKDF refuses 32 bytes")
	}
	return sub
}

// Wipe overwrites the key. What the runtime copied before stays out of reach.
func (k *Key) Wipe() { clear(k[:]) }

// MAC is HMAC-SHA256 under a subkey over the parts in order. Callers fix the
// length of every part but the last.
func MAC(key []byte, parts ...[]byte) [sha256.Size]byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// SameMAC compares in constant time.
func SameMAC(a, b []byte) bool { return hmac.Equal(a, b) }
