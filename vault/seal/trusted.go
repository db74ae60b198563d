package seal

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
)

// ErrRecipient is returned for text that is no age X25519 recipient.
var ErrRecipient = errors.New("not an age recipient: it starts with age1 and has 62 characters")

// NewTrustedSlot wraps key for an age X25519 recipient, "age1…": as an age v1
// file that holds the key's 32 bytes, so that stock age can open it too.
func NewTrustedSlot(key *Key, recipient string) (Slot, error) {
	r, err := age.ParseX25519Recipient(strings.TrimSpace(recipient))
	if err != nil {
		return Slot{}, ErrRecipient
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, r)
	if err != nil {
		return Slot{}, ErrRecipient
	}
	_, err = w.Write(key[:])
	if err = errors.Join(err, w.Close()); err != nil {
		return Slot{}, err
	}
	return Slot{ID: newIdent(), Kind: TrustedSlot, KDF: kdfAge, Recipient: r.String(), Wrapped: sealed.Bytes()}, nil
}

// openTrusted tries an identity on every slot of a trusted person.
func openTrusted(slots []Slot, id *age.X25519Identity) (*Key, int) {
	for i, s := range slots {
		if s.Kind != TrustedSlot {
			continue
		}
		r, err := age.Decrypt(bytes.NewReader(s.Wrapped), id)
		if err != nil {
			continue
		}
		plain, err := io.ReadAll(io.LimitReader(r, KeySize+1))
		if err == nil && len(plain) == KeySize {
			key := Key(plain)
			clear(plain)
			return &key, i
		}
	}
	return nil, 0
}

// identityPrefix starts the text of an age identity.
const identityPrefix = "AGE-SECRET-KEY-1"

// parseIdentity reads the text of an age identity as age-keygen prints it, in
// any case; nil when it is none.
func parseIdentity(secret string) *age.X25519Identity {
	text := strings.ToUpper(strings.TrimSpace(secret))
	if !strings.HasPrefix(text, identityPrefix) {
		return nil
	}
	id, err := age.ParseX25519Identity(text)
	if err != nil {
		return nil
	}
	return id
}

// identityOf is the age identity with a scalar.
func identityOf(scalar []byte) (*age.X25519Identity, error) {
	id, err := age.ParseX25519Identity(strings.ToUpper(bech32Encode("age-secret-key-", scalar)))
	if err != nil {
		return nil, errors.New("an age identity that was derived does not parse")
	}
	return id, nil
}

func (s Slot) recoveryIdentity(raw []byte) (*age.X25519Identity, error) {
	return identityOf(derive(raw, s.Salt, "recovery identity"))
}

// RecoveryIdentity gives the age identity, "AGE-SECRET-KEY-1…", that belongs to
// the Recipient of the recovery slot that a recovery key opens: with it, stock
// age opens what was encrypted to that recipient. Errors: [ErrTypo],
// [ErrWrongSecret].
func RecoveryIdentity(vaultID []byte, slots []Slot, recoveryKey string) (string, error) {
	raw, err := ParseRecoveryKey(recoveryKey)
	if err != nil {
		return "", err
	}
	key, i := openRecovery(vaultID, slots, raw)
	if key == nil {
		return "", ErrWrongSecret
	}
	key.Wipe()
	id, err := slots[i].recoveryIdentity(raw)
	if err != nil {
		return "", err
	}
	return id.String(), nil
}
