package seal

import (
	"errors"
	"runtime/debug"
)

// ErrWrongSecret is returned when no slot opens with a secret.
var ErrWrongSecret = errors.New("the secret opens no key slot")

// What is read of slots: no version ever wrote more.
const (
	slotsLimit     = 64   // slots in all
	slotsCap       = 16   // passphrase slots
	workCap        = 2    // times the costliest single slot, for all passphrase slots together
	identLimit     = 32   // bytes of Slot.ID
	saltLimit      = 64   // bytes
	recipientLimit = 128  // bytes: an X25519 recipient has 62
	wrappedLimit   = 1024 // bytes: an age file with one X25519 recipient has 248
)

var errSlots = errors.New("the key slots are more, or larger, than any version of carnet writes")

// CheckSlots refuses slots that are out of bounds, before any is tried: a
// changed file cannot make this computer work for long.
func CheckSlots(slots []Slot) error {
	if len(slots) > slotsLimit {
		return errSlots
	}
	passphrases, work := 0, uint64(0)
	for _, s := range slots {
		switch s.Kind {
		case PassphraseSlot:
			if err := s.Cost.check(); err != nil {
				return err
			}
			passphrases++
			work += uint64(s.Cost.Time) * uint64(s.Cost.MemoryKiB)
		case RecoverySlot, TrustedSlot:
		default:
			continue
		}
		if len(s.ID) > identLimit || len(s.Salt) > saltLimit || len(s.Recipient) > recipientLimit || len(s.Wrapped) > wrappedLimit || len(s.Label) > sealedLabel {
			return errSlots
		}
	}
	if passphrases > slotsCap || work > workCap*timeCap*memoryCapKiB {
		return errCost
	}
	return nil
}

// OpenSlots is [FindSlot] for who need not know which slot it was.
func OpenSlots(vaultID []byte, slots []Slot, secret []byte) (*Key, error) {
	key, _, err := FindSlot(vaultID, slots, secret, "")
	return key, err
}

// FindSlot finds the vault key, and which of the slots the secret opens. A
// secret in the form of a recovery key or of an age identity is tried as one
// first, then as a passphrase, so that no passphrase is refused for its looks.
// Passphrase slots are tried in order, that with the Ident first before the
// others. Errors: [ErrWrongSecret]; [ErrTypo] for a mistyped recovery key;
// another for slots that are out of bounds.
func FindSlot(vaultID []byte, slots []Slot, secret []byte, first string) (*Key, int, error) {
	if err := CheckSlots(slots); err != nil {
		return nil, 0, err
	}
	wrong := ErrWrongSecret
	if LooksLikeRecoveryKey(string(secret)) {
		raw, err := ParseRecoveryKey(string(secret))
		if err != nil {
			wrong = ErrTypo
		} else if key, i := openRecovery(vaultID, slots, raw); key != nil {
			return key, i, nil
		}
	}
	if id := parseIdentity(string(secret)); id != nil {
		if key, i := openTrusted(slots, id); key != nil {
			return key, i, nil
		}
	}
	for _, i := range passphraseSlots(slots, first) {
		key := slots[i].unwrap(vaultID, slots[i].passphraseKey(secret))
		debug.FreeOSMemory()
		if key != nil {
			return key, i, nil
		}
	}
	return nil, 0, wrong
}

// passphraseSlots are the indexes of the slots to try.
func passphraseSlots(slots []Slot, first string) []int {
	var front, rest []int
	for i, s := range slots {
		switch {
		case s.Kind != PassphraseSlot:
		case first != "" && s.Ident() == first:
			front = append(front, i)
		default:
			rest = append(rest, i)
		}
	}
	return append(front, rest...)
}

func openRecovery(vaultID []byte, slots []Slot, raw []byte) (*Key, int) {
	for i, s := range slots {
		if s.Kind == RecoverySlot {
			if key := s.unwrap(vaultID, derive(raw, s.Salt, "recovery slot")); key != nil {
				return key, i
			}
		}
	}
	return nil, 0
}
