package aezip

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/subtle"
	"errors"
	"hash/crc32"
	"io"
)

// The errors of a reader.
var (
	ErrFormat     = errors.New("not an archive as this package writes it")
	ErrPassphrase = errors.New("wrong passphrase")
	ErrForged     = errors.New("a member of the archive was changed")
)

// Member is one member of an archive that was opened.
type Member struct {
	Name   string
	Size   int64 // bytes of its content
	Sealed bool

	r      io.ReaderAt
	offset int64 // of its data
	stored int64
	crc    uint32
}

// Open gives the content. All of it is authenticated before the first byte is
// handed out; [ErrPassphrase] and [ErrForged] are told apart by two bytes only,
// so one wrong passphrase in 65,536 is called a change.
func (m *Member) Open(passphrase []byte) (*io.SectionReader, error) {
	data := io.NewSectionReader(m.r, m.offset, m.stored)
	if !m.Sealed {
		sum := crc32.NewIEEE()
		if _, err := io.Copy(sum, data); err != nil || sum.Sum32() != m.crc {
			return nil, ErrForged
		}
		return io.NewSectionReader(m.r, m.offset, m.stored), nil
	}
	var head [saltSize + verifierSize]byte
	if _, err := io.ReadFull(data, head[:]); err != nil {
		return nil, ErrForged
	}
	key, err := newMember(passphrase, [saltSize]byte(head[:saltSize]))
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(head[saltSize:], key.verifier[:]) != 1 {
		return nil, ErrPassphrase
	}
	content := io.NewSectionReader(m.r, m.offset+int64(len(head)), m.stored-around)
	if _, err := io.Copy(key.mac, content); err != nil {
		return nil, ErrForged
	}
	var code [codeSize]byte
	if _, err := m.r.ReadAt(code[:], m.offset+m.stored-codeSize); err != nil && err != io.EOF {
		return nil, ErrForged
	}
	if !hmac.Equal(code[:], key.code()) {
		return nil, ErrForged
	}
	return io.NewSectionReader(&opened{content, key.stream.block}, 0, m.Size), nil
}

// opened decrypts what was authenticated, at any place.
type opened struct {
	r     io.ReaderAt
	block cipher.Block
}

func (o *opened) ReadAt(p []byte, off int64) (int, error) {
	n, err := o.r.ReadAt(p, off)
	stream := &counter{block: o.block, n: uint64(off) / aes.BlockSize}
	if skip := off % aes.BlockSize; skip > 0 {
		stream.xor(make([]byte, skip), make([]byte, skip))
	}
	stream.xor(p[:n], p[:n])
	return n, err
}
