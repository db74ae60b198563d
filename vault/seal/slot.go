package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"time"

	"golang.org/x/text/unicode/norm"
)

// SlotKind says what opens a slot.
type SlotKind string

// The kinds of slot.
const (
	PassphraseSlot SlotKind = "passphrase" // Argon2id
	RecoverySlot   SlotKind = "recovery"   // HKDF: the key has 160 random bits
	TrustedSlot    SlotKind = "age"        // the age identity of somebody the patient trusts
)

// Slot is the vault key wrapped under one secret. It is made whole and not
// changed afterwards. Slots of a kind that this version does not know are kept
// and passed over.
//
// What the wrapped key is bound to is as in the first version, so that every
// version opens every slot: ID, Created, Label and Recipient are vouched for by
// the HMAC of the header that the slot stands in, and are to be believed only
// behind it.
type Slot struct {
	ID        string    `json:"id,omitempty"` // "" in slots of before; see [Slot.Ident]
	Kind      SlotKind  `json:"kind"`
	KDF       string    `json:"kdf"` // argon2id, hkdf-sha256, age-x25519
	Created   time.Time `json:"created,omitzero"`
	Label     []byte    `json:"label,omitempty"` // sealed; see [Slot.OpenLabel]
	Cost      Cost      `json:"cost,omitzero"`
	Salt      []byte    `json:"salt,omitempty"`
	Recipient string    `json:"recipient,omitempty"` // age1…: of the recovery key's identity, or the trusted person's
	Wrapped   []byte    `json:"wrapped"`             // nonce, ciphertext, tag; for TrustedSlot an age file

	raw json.RawMessage // as it was read
}

// The names in [Slot.KDF].
const (
	kdfArgon2id = "argon2id"
	kdfHKDF     = "hkdf-sha256"
	kdfAge      = "age-x25519"
)

// slotFields is a Slot without its methods.
type slotFields Slot

// UnmarshalJSON reads a slot and keeps its bytes. Of a kind that this version
// does not know it reads nothing else, for the fields may be anything.
func (s *Slot) UnmarshalJSON(b []byte) error {
	var what struct {
		Kind SlotKind `json:"kind"`
	}
	if err := json.Unmarshal(b, &what); err != nil {
		return err
	}
	*s = Slot{Kind: what.Kind}
	switch what.Kind {
	case PassphraseSlot, RecoverySlot, TrustedSlot:
		if err := json.Unmarshal(b, (*slotFields)(s)); err != nil {
			return err
		}
	}
	s.raw = bytes.Clone(b)
	return nil
}

// MarshalJSON writes a slot that was read as it was, with what a later version
// put into it.
func (s Slot) MarshalJSON() ([]byte, error) {
	if s.raw != nil {
		return s.raw, nil
	}
	return json.Marshal(slotFields(s))
}

// NewPassphraseSlot wraps key under a passphrase, brought to Unicode NFC so
// that the same letters typed on another system open it too.
func NewPassphraseSlot(vaultID []byte, key *Key, passphrase []byte, cost Cost) (Slot, error) {
	if err := cost.check(); err != nil {
		return Slot{}, err
	}
	s := Slot{ID: newIdent(), Kind: PassphraseSlot, KDF: kdfArgon2id, Cost: cost, Salt: newSalt()}
	s.wrap(vaultID, key, s.passphraseKey(passphrase))
	return s, nil
}

// NewRecoverySlot wraps key under a recovery key as [NewRecoveryKey] gives it.
// Its Recipient is that of [RecoveryIdentity].
func NewRecoverySlot(vaultID []byte, key *Key, recoveryKey string) (Slot, error) {
	secret, err := ParseRecoveryKey(recoveryKey)
	if err != nil {
		return Slot{}, err
	}
	s := Slot{ID: newIdent(), Kind: RecoverySlot, KDF: kdfHKDF, Salt: newSalt()}
	id, err := s.recoveryIdentity(secret)
	if err != nil {
		return Slot{}, err
	}
	s.Recipient = id.Recipient().String()
	s.wrap(vaultID, key, derive(secret, s.Salt, "recovery slot"))
	return s, nil
}

func newSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	return salt
}

func (s Slot) passphraseKey(passphrase []byte) []byte {
	return s.Cost.stretch(norm.NFC.Bytes(passphrase), s.Salt)
}

// associated binds the wrapped key to its vault and to what its key is made of.
func (s Slot) associated(vaultID []byte) []byte {
	b := append([]byte("carnet slot v1\x00"), vaultID...)
	b = append(b, string(s.Kind)+"\x00"+s.KDF+"\x00"...)
	b = binary.LittleEndian.AppendUint32(b, s.Cost.Time)
	b = binary.LittleEndian.AppendUint32(b, s.Cost.MemoryKiB)
	b = append(b, s.Cost.Threads)
	return append(b, s.Salt...)
}

func (s *Slot) wrap(vaultID []byte, key *Key, under []byte) {
	s.Wrapped = NewBox(under).Seal(nil, s.associated(vaultID), key[:])
	clear(under)
}

func (s Slot) unwrap(vaultID []byte, under []byte) *Key {
	defer clear(under)
	plain, err := NewBox(under).Open(nil, s.associated(vaultID), s.Wrapped)
	if err != nil || len(plain) != KeySize {
		return nil
	}
	key := Key(plain)
	clear(plain)
	return &key
}
