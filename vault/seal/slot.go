package seal

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"runtime/debug"

	"golang.org/x/text/unicode/norm"
)

// SlotKind says what opens a slot.
type SlotKind string

// The kinds of slot.
const (
	PassphraseSlot SlotKind = "passphrase" // Argon2id
	RecoverySlot   SlotKind = "recovery"   // HKDF: the key has 160 random bits
)

// Slot is the vault key wrapped under one secret. Slots of a kind that this
// version does not know are kept and passed over.
type Slot struct {
	Kind    SlotKind `json:"kind"`
	KDF     string   `json:"kdf"` // argon2id, hkdf-sha256
	Cost    Cost     `json:"cost,omitzero"`
	Salt    []byte   `json:"salt"`
	Wrapped []byte   `json:"wrapped"` // nonce, ciphertext, tag
}

// The names in [Slot.KDF].
const (
	kdfArgon2id = "argon2id"
	kdfHKDF     = "hkdf-sha256"
)

// ErrWrongSecret is returned when no slot opens with a secret.
var ErrWrongSecret = errors.New("the secret opens no key slot")

// NewPassphraseSlot wraps key under a passphrase, brought to Unicode NFC so
// that the same letters typed on another system open it too.
func NewPassphraseSlot(vaultID []byte, key *Key, passphrase []byte, cost Cost) (Slot, error) {
	if err := cost.check(); err != nil {
		return Slot{}, err
	}
	s := Slot{Kind: PassphraseSlot, KDF: kdfArgon2id, Cost: cost, Salt: newSalt()}
	s.wrap(vaultID, key, s.passphraseKey(passphrase))
	return s, nil
}

// NewRecoverySlot wraps key under a recovery key as [NewRecoveryKey] gives it.
func NewRecoverySlot(vaultID []byte, key *Key, recoveryKey string) (Slot, error) {
	secret, err := ParseRecoveryKey(recoveryKey)
	if err != nil {
		return Slot{}, err
	}
	s := Slot{Kind: RecoverySlot, KDF: kdfHKDF, Salt: newSalt()}
	s.wrap(vaultID, key, derive(secret, s.Salt, "recovery slot"))
	return s, nil
}

// OpenSlots finds the vault key. A secret in the form of a recovery key is
// tried as one first, then as a passphrase, so that no passphrase is refused
// for its looks. Errors: [ErrWrongSecret]; [ErrTypo] for a mistyped recovery
// key; another for slots whose parameters are out of bounds.
func OpenSlots(vaultID []byte, slots []Slot, secret []byte) (*Key, error) {
	wrong := ErrWrongSecret
	if LooksLikeRecoveryKey(string(secret)) {
		raw, err := ParseRecoveryKey(string(secret))
		if err != nil {
			wrong = ErrTypo
		} else if key := openRecovery(vaultID, slots, raw); key != nil {
			return key, nil
		}
	}
	tried := 0
	for _, s := range slots {
		if s.Kind != PassphraseSlot {
			continue
		}
		if tried++; tried > slotsCap {
			return nil, errCost
		}
		if err := s.Cost.check(); err != nil {
			return nil, err
		}
		key := s.unwrap(vaultID, s.passphraseKey(secret))
		debug.FreeOSMemory()
		if key != nil {
			return key, nil
		}
	}
	return nil, wrong
}

func openRecovery(vaultID []byte, slots []Slot, raw []byte) *Key {
	for _, s := range slots {
		if s.Kind == RecoverySlot {
			if key := s.unwrap(vaultID, derive(raw, s.Salt, "recovery slot")); key != nil {
				return key
			}
		}
	}
	return nil
}

func newSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	return salt
}

func (s Slot) passphraseKey(passphrase []byte) []byte {
	return s.Cost.stretch(norm.NFC.Bytes(passphrase), s.Salt)
}

// associated binds the wrapped key to its vault and to all of its slot.
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
