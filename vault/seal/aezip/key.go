package aezip

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"hash"
)

// Sizes of the specification for strength 3 (AES-256), in bytes.
const (
	saltSize     = 16
	verifierSize = 2
	keySize      = 32
	codeSize     = 10 // of HMAC-SHA1, cut off
	around       = saltSize + verifierSize + codeSize
	rounds       = 1000 // of PBKDF2
)

// member is what encrypts or decrypts one member.
type member struct {
	stream   *counter
	mac      hash.Hash
	verifier [verifierSize]byte // two bytes by which a wrong passphrase is told at once
}

func newMember(passphrase []byte, salt [saltSize]byte) (*member, error) {
	keys, err := pbkdf2.Key(sha1.New, string(passphrase), salt[:], rounds, 2*keySize+verifierSize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(keys[:keySize])
	if err != nil {
		return nil, err
	}
	m := &member{stream: &counter{block: block}, mac: hmac.New(sha1.New, keys[keySize:2*keySize])}
	copy(m.verifier[:], keys[2*keySize:])
	clear(keys)
	return m, nil
}

func (m *member) code() []byte { return m.mac.Sum(nil)[:codeSize] }

// counter is AES in counter mode as the specification has it: a little-endian
// number that begins at 1, where crypto/cipher counts big-endian.
type counter struct {
	block cipher.Block
	n     uint64
	pad   [aes.BlockSize]byte
	left  int // bytes of pad not used yet
}

func (c *counter) xor(dst, src []byte) {
	for len(src) > 0 {
		if c.left == 0 {
			c.n++
			c.pad = [aes.BlockSize]byte{}
			binary.LittleEndian.PutUint64(c.pad[:], c.n)
			c.block.Encrypt(c.pad[:], c.pad[:])
			c.left = len(c.pad)
		}
		pad := c.pad[len(c.pad)-c.left:]
		n := min(len(src), len(pad))
		for i := range n {
			dst[i] = src[i] ^ pad[i]
		}
		c.left -= n
		dst, src = dst[n:], src[n:]
	}
}
