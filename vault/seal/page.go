package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"golang.org/x/text/unicode/norm"
)

// An encrypted page is opened by the WebCrypto of a browser, so its primitives
// are of those that every browser has: PBKDF2 with SHA-256 (RFC 8018) and
// AES-256-GCM. Where age can be used, age is.
const (
	PageRounds = 600_000              // of PBKDF2: OWASP's least for SHA-256
	PageSalt   = 16                   // bytes
	PageChunk  = pageSealed - pageTag // bytes of content in a chunk; the last one has less
	pageSealed = 768 << 10            // bytes of a sealed chunk: in base64 exactly 1 MiB
	pageTag    = 16                   // bytes
	pageNonce  = 12                   // bytes
	pagePlace  = "carnet page v1\x00" // begins the associated data
)

// PageLock seals the chunks of one page, or opens them.
type PageLock struct {
	Salt   [PageSalt]byte
	Rounds int
	aead   cipher.AEAD
	count  uint32
}

// NewPageLock makes a lock with a salt of its own for a page of count chunks.
// The key is that of one page, so a chunk's number serves as its nonce.
func NewPageLock(passphrase []byte, count int) (*PageLock, error) {
	var salt [PageSalt]byte
	rand.Read(salt[:])
	return OpenPageLock(passphrase, salt, PageRounds, count)
}

// pageRoundsLimit is how much work a page may ask for.
const pageRoundsLimit = 10_000_000

// OpenPageLock is the lock of a page that was made.
func OpenPageLock(passphrase []byte, salt [PageSalt]byte, rounds, count int) (*PageLock, error) {
	if len(passphrase) == 0 {
		return nil, ErrWrongSecret
	}
	if rounds < PageRounds || rounds > pageRoundsLimit || count < 1 {
		return nil, ErrForged
	}
	key, err := pbkdf2.Key(sha256.New, string(passphrase), salt[:], rounds, KeySize)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &PageLock{Salt: salt, Rounds: rounds, aead: aead, count: uint32(count)}, nil
}

// place is a chunk's nonce and associated data: which it is, and of how many.
func (l *PageLock) place(index int) (nonce, associated []byte) {
	nonce = make([]byte, pageNonce)
	binary.BigEndian.PutUint32(nonce[pageNonce-4:], uint32(index))
	associated = binary.BigEndian.AppendUint32([]byte(pagePlace), uint32(index))
	return nonce, binary.BigEndian.AppendUint32(associated, l.count)
}

// Seal gives ciphertext and tag of chunk index, counted from 0. Each index is
// sealed once.
func (l *PageLock) Seal(index int, plain []byte) []byte {
	nonce, associated := l.place(index)
	return l.aead.Seal(nil, nonce, plain, associated)
}

// Open gives the content of a chunk, or [ErrForged]: for a wrong passphrase too,
// which nothing tells from a change.
func (l *PageLock) Open(index int, sealed []byte) ([]byte, error) {
	nonce, associated := l.place(index)
	plain, err := l.aead.Open(nil, nonce, sealed, associated)
	if err != nil {
		return nil, ErrForged
	}
	return plain, nil
}

// TidyPassphrase is a passphrase as it is used on what leaves: typed by another
// person, on another keyboard. It is in NFC, without white space around it and
// with one space wherever there is some inside.
func TidyPassphrase(passphrase []byte) []byte {
	var out []rune
	space := false
	for _, r := range norm.NFC.String(string(passphrase)) {
		if isSpace(r) {
			space = len(out) > 0
			continue
		}
		if space {
			out, space = append(out, ' '), false
		}
		out = append(out, r)
	}
	return []byte(string(out))
}

// isSpace is \s of JavaScript, which tidies the same passphrase in the page
// (ECMA-262, WhiteSpace and LineTerminator).
func isSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}
