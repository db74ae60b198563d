package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"
)

// Sizes of a sealed value in bytes.
const (
	NonceSize = chacha20poly1305.NonceSizeX // 24
	TagSize   = chacha20poly1305.Overhead   // 16
	Overhead  = NonceSize + TagSize         // 40
)

// ErrForged is returned for a sealed value that was changed, or stands in
// another place than the one it was sealed for.
var ErrForged = errors.New("sealed value was changed or moved")

// Box seals values under one subkey with XChaCha20-Poly1305 and a random nonce.
// It is safe for concurrent use.
type Box struct {
	aead cipher.AEAD

	// Watch is called before each opening and sealing, on the goroutine that does
	// it; nil: nobody watches. It is set before the box is used.
	Watch func()
}

// NewBox takes a subkey of [KeySize] bytes.
func NewBox(subkey []byte) *Box {
	aead, err := chacha20poly1305.NewX(subkey)
	if err != nil {
		panic("vault: internal error: subkey of the wrong size")
	}
	return &Box{aead: aead}
}

// Seal appends nonce, ciphertext and tag to dst. The associated data is not
// stored: [Box.Open] must be given the same.
func (b *Box) Seal(dst, associated, plain []byte) []byte {
	if b.Watch != nil {
		b.Watch()
	}
	at := len(dst)
	dst = append(slices.Grow(dst, len(plain)+Overhead), make([]byte, NonceSize)...)
	rand.Read(dst[at : at+NonceSize])
	return b.aead.Seal(dst, dst[at:at+NonceSize], plain, associated)
}

// Open appends the plain value to dst, or returns [ErrForged].
func (b *Box) Open(dst, associated, sealed []byte) ([]byte, error) {
	if b.Watch != nil {
		b.Watch()
	}
	if len(sealed) < Overhead {
		return nil, ErrForged
	}
	plain, err := b.aead.Open(dst, sealed[:NonceSize], sealed[NonceSize:], associated)
	if err != nil {
		return nil, ErrForged
	}
	return plain, nil
}
