package seal

import (
	"errors"
	"io"

	"filippo.io/age"
)

// ErrBothWays is returned for a passphrase together with recipients: an age file
// has the one or the others (https://age-encryption.org/v1, "scrypt").
var ErrBothWays = errors.New("an age file opens with a passphrase or with the keys of recipients, not with both")

// EncryptFor gives a writer that encrypts to dst as age v1: for a passphrase, or
// for age X25519 recipients, "age1…". Close ends the file.
func EncryptFor(dst io.Writer, passphrase []byte, recipients []string) (io.WriteCloser, error) {
	switch {
	case len(passphrase) > 0 && len(recipients) > 0:
		return nil, ErrBothWays
	case len(passphrase) > 0:
		r, err := age.NewScryptRecipient(string(passphrase))
		if err != nil {
			return nil, ErrWrongSecret
		}
		return age.Encrypt(dst, r)
	case len(recipients) == 0:
		return nil, ErrRecipient
	}
	var list []age.Recipient
	for _, text := range recipients {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, ErrRecipient
		}
		list = append(list, r)
	}
	return age.Encrypt(dst, list...)
}

// DecryptWith opens an age file by its passphrase, or by an age identity, for
// reading at any place. Errors: [ErrWrongSecret], [ErrForged].
func DecryptWith(src io.ReaderAt, size int64, secret []byte) (*io.SectionReader, error) {
	var id age.Identity
	if x := parseIdentity(string(secret)); x != nil {
		id = x
	} else {
		s, err := age.NewScryptIdentity(string(secret))
		if err != nil {
			return nil, ErrWrongSecret
		}
		id = s
	}
	r, n, err := age.DecryptReaderAt(src, size, id)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, ErrWrongSecret
	case err != nil:
		return nil, ErrForged
	}
	return io.NewSectionReader(r, 0, n), nil
}

// Writer gives a writer that encrypts to dst; Close ends the file.
func (o *Originals) Writer(dst io.Writer) (io.WriteCloser, error) {
	return age.Encrypt(dst, o.identity.Recipient())
}
