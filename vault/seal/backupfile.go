package seal

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"math/bits"

	"filippo.io/age"
)

// A backup file is one age v1 file. Every slot of the vault opens it: the age
// recipients of the recovery key and of trusted people as age knows them, and
// passphrases by a stanza of our own, which stock age passes over:
//
//	-> carnet-vault <the file key sealed under the subkey "backup", base64>
//	<the vault's header, vault.json, as the body>
//
// The header's slots give the vault key, the vault key the subkey, and that the
// file key.

const (
	stanzaType   = "carnet-vault"
	fileKeySize  = 16      // bytes, of age v1
	stanzaLimit  = 1 << 20 // bytes of the header in the stanza
	keyPlaceText = "carnet backup file v1\x00"
)

func keyPlace(vaultID, header []byte) []byte {
	sum := sha256.Sum256(header)
	return append(append([]byte(keyPlaceText), vaultID...), sum[:]...)
}

// BackupKey is what wraps the file key of backup files of one vault.
type BackupKey struct {
	VaultID []byte
	Header  []byte // the exact bytes of vault.json
	Box     *Box   // of the subkey "backup"
}

// Wrap implements [age.Recipient].
func (k *BackupKey) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	sealed := k.Box.Seal(nil, keyPlace(k.VaultID, k.Header), fileKey)
	return []*age.Stanza{{Type: stanzaType, Args: []string{base64.RawStdEncoding.EncodeToString(sealed)}, Body: k.Header}}, nil
}

var _ age.Recipient = (*BackupKey)(nil)

// EncryptBackup gives a writer that seals what is written to it into dst. With a
// passphrase the file is one that it opens, and nothing else does: age allows no
// other recipient beside a passphrase. Without, key and the age recipients of
// the vault's slots open it. A cost that is not zero says what a guess of the
// passphrase costs in memory; else it is as age has it.
func EncryptBackup(dst io.Writer, key *BackupKey, slots []Slot, passphrase []byte, cost Cost) (io.WriteCloser, error) {
	if len(passphrase) > 0 {
		r, err := age.NewScryptRecipient(string(passphrase))
		if err != nil {
			return nil, ErrWrongSecret
		}
		if cost.MemoryKiB > 0 {
			r.SetWorkFactor(bits.Len32(cost.MemoryKiB) - 1) // scrypt as age has it takes 1 KiB for each of 2^n steps
		}
		return age.Encrypt(dst, r)
	}
	recipients := []age.Recipient{key}
	for _, s := range slots {
		if s.Recipient == "" {
			continue
		}
		r, err := age.ParseX25519Recipient(s.Recipient)
		if err != nil {
			return nil, ErrRecipient
		}
		recipients = append(recipients, r)
	}
	return age.Encrypt(dst, recipients...)
}

// DecryptBackup opens a backup file with any secret of the vault that it was
// made of, or with its own passphrase. Unlock gives the key of the vault that
// has such a header, by the secret. Errors: [ErrWrongSecret]; [ErrForged] for a
// file that is no backup, or whose beginning was changed; those of unlock.
func DecryptBackup(src io.Reader, secret []byte, unlock func(header []byte) (*BackupKey, error)) (io.Reader, error) {
	door := &backupDoor{secret: secret, unlock: unlock}
	r, err := age.Decrypt(src, door)
	var none *age.NoIdentityMatchError
	switch {
	case door.err != nil:
		return nil, door.err
	case errors.As(err, &none):
		return nil, ErrWrongSecret
	case err != nil:
		return nil, ErrForged
	}
	return r, nil
}

// BackupHeader gives the header in the stanza of a backup file; false for a file
// that has none, as one with a passphrase of its own.
func BackupHeader(src io.Reader) (header []byte, ok bool) {
	look := &backupDoor{unlock: func(h []byte) (*BackupKey, error) {
		header, ok = h, true
		return nil, ErrWrongSecret
	}}
	_, _ = age.Decrypt(src, look) // it never opens
	return header, ok
}

// backupDoor is the identity that a secret stands for.
type backupDoor struct {
	secret []byte
	unlock func(header []byte) (*BackupKey, error)
	err    error // why a file of ours did not open
}

// Unwrap implements [age.Identity].
func (d *backupDoor) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if id := parseIdentity(string(d.secret)); id != nil {
		if key, err := id.Unwrap(stanzas); err == nil {
			return key, nil
		}
	}
	if len(stanzas) == 1 && stanzas[0].Type == "scrypt" && len(d.secret) > 0 {
		id, err := age.NewScryptIdentity(string(d.secret))
		if err != nil {
			return nil, age.ErrIncorrectIdentity
		}
		return id.Unwrap(stanzas)
	}
	for _, s := range stanzas {
		if s.Type != stanzaType || len(s.Args) != 1 || len(s.Body) > stanzaLimit {
			continue
		}
		key, err := d.unlock(s.Body)
		if err != nil {
			d.err = err
			return nil, age.ErrIncorrectIdentity
		}
		sealed, err := base64.RawStdEncoding.DecodeString(s.Args[0])
		if err != nil {
			return nil, ErrForged
		}
		fileKey, err := key.Box.Open(nil, keyPlace(key.VaultID, s.Body), sealed)
		if err != nil || len(fileKey) != fileKeySize {
			return nil, ErrForged
		}
		return fileKey, nil
	}
	return nil, age.ErrIncorrectIdentity
}

var _ age.Identity = (*backupDoor)(nil)
