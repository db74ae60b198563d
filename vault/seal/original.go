package seal

import (
	"bytes"
	"crypto/sha256"
	"io"

	"filippo.io/age"
)

// Originals encrypts and decrypts whole files as age v1 to one X25519
// recipient. It is safe for concurrent use.
type Originals struct{ identity *age.X25519Identity }

// NewOriginals takes a subkey of [KeySize] bytes as the X25519 scalar.
func NewOriginals(subkey []byte) (*Originals, error) {
	id, err := identityOf(subkey)
	if err != nil {
		return nil, err
	}
	return &Originals{id}, nil
}

// IdentityFile is the identity as a file that stock age takes ("age -d -i"):
// with it alone every original can be opened.
func (o *Originals) IdentityFile() []byte {
	return []byte("# opens every file below vault/originals with stock age\n" + o.identity.String() + "\n")
}

// Head is the SHA-256 of a sealed file's age header and of the 16-byte nonce
// behind it. It stands for the random key of that one file, so a file put in
// the place of another one is told by it.
type Head [sha256.Size]byte

// Encrypt writes the sealed form of src to dst and gives its head.
func (o *Originals) Encrypt(dst io.Writer, src io.Reader) (Head, error) {
	var start prefix
	w, err := age.Encrypt(io.MultiWriter(dst, &start), o.identity.Recipient())
	if err != nil {
		return Head{}, err
	}
	if _, err := io.Copy(w, src); err != nil {
		return Head{}, err
	}
	if err := w.Close(); err != nil {
		return Head{}, err
	}
	return HeadOf(bytes.NewReader(start.b))
}

// prefix keeps the first bytes written to it.
type prefix struct{ b []byte }

func (p *prefix) Write(b []byte) (int, error) {
	p.b = append(p.b, b[:min(len(b), headLimit-len(p.b))]...)
	return len(b), nil
}

// Sizes of the start of an age file in bytes.
const (
	headLimit = 4096 // a header with one X25519 recipient has 184
	nonceSize = 16
)

// HeadOf reads the head of a sealed file.
func HeadOf(sealed io.Reader) (Head, error) {
	start, err := io.ReadAll(io.LimitReader(sealed, headLimit))
	if err != nil {
		return Head{}, err
	}
	header, err := age.ExtractHeader(bytes.NewReader(start))
	if err != nil || len(start) < len(header)+nonceSize {
		return Head{}, ErrForged
	}
	return sha256.Sum256(start[:len(header)+nonceSize]), nil
}

// Decrypt gives the plain stream. A changed byte anywhere is an error from
// Read, before any byte of its 64 KiB chunk is handed out.
func (o *Originals) Decrypt(sealed io.Reader) (io.Reader, error) {
	r, err := age.Decrypt(sealed, o.identity)
	if err != nil {
		return nil, ErrForged
	}
	return r, nil
}

// DecryptAt gives random access to the plain bytes, and their size.
func (o *Originals) DecryptAt(sealed io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	r, n, err := age.DecryptReaderAt(sealed, size, o.identity)
	if err != nil {
		return nil, 0, ErrForged
	}
	return r, n, nil
}
