package vault

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/seal"
)

// What follows changes who can open the vault. Each needs a secret that opens it
// now: a passphrase, the recovery key, or a trusted person's age identity
// ("AGE-SECRET-KEY-1…"); a wrong one is [ErrWrongPassphrase], a mistyped recovery
// key [ErrRecoveryKeyTypo]. When nil is returned the change is durable. Copies of
// the vault that were made before still open with what opened them then.

// ChangePassphrase puts next in the place of the passphrase current. Where
// current is another kind of secret, the first passphrase is the one that
// changes. What guessing costs stays as it is. Whether next is strong enough is
// for the caller to ask [CheckPassphrase]; an empty one is [ErrWeakPassphrase].
func (v *Vault) ChangePassphrase(ctx context.Context, current, next []byte) error {
	if len(next) == 0 {
		return ErrWeakPassphrase
	}
	return v.changeSlots(ctx, current, func(h *header, key *seal.Key, i int) error {
		if h.Slots[i].Kind != seal.PassphraseSlot {
			i = slices.IndexFunc(h.Slots, isPassphrase)
		}
		if i < 0 {
			return fmt.Errorf("passphrase: %w", ErrNotFound)
		}
		old := h.Slots[i]
		s, err := seal.NewPassphraseSlot(h.ID, key, next, old.Cost)
		if err != nil {
			return err
		}
		s.ID, s.Label, s.Created = old.Ident(), old.Label, v.slotTime()
		h.Slots[i] = s
		return nil
	})
}

// AddPassphrase adds a passphrase beside those there are: of somebody who is to
// open the vault too. Guessing it costs what it costs for the first one.
func (v *Vault) AddPassphrase(ctx context.Context, secret []byte, label string, passphrase []byte) (Slot, error) {
	if len(passphrase) == 0 {
		return Slot{}, ErrWeakPassphrase
	}
	return v.addSlot(ctx, secret, label, func(h *header, key *seal.Key) (seal.Slot, error) {
		cost := v.opt.KDF
		if i := slices.IndexFunc(h.Slots, isPassphrase); i >= 0 {
			cost = h.Slots[i].Cost
		} else if cost == (seal.Cost{}) {
			cost = seal.Calibrate()
		}
		return seal.NewPassphraseSlot(h.ID, key, passphrase, cost)
	})
}

// AddTrusted lets somebody the patient trusts open the vault with an age
// identity of their own; recipient is what belongs to it, "age1…". What is no
// such text is [seal.ErrRecipient].
func (v *Vault) AddTrusted(ctx context.Context, secret []byte, label, recipient string) (Slot, error) {
	return v.addSlot(ctx, secret, label, func(h *header, key *seal.Key) (seal.Slot, error) {
		s, err := seal.NewTrustedSlot(key, recipient)
		if err == nil && slices.ContainsFunc(h.Slots, func(o seal.Slot) bool { return o.Recipient == s.Recipient }) {
			err = ErrSlotExists
		}
		return s, err
	})
}

func (v *Vault) addSlot(ctx context.Context, secret []byte, label string, make func(*header, *seal.Key) (seal.Slot, error)) (added Slot, err error) {
	err = v.changeSlots(ctx, secret, func(h *header, key *seal.Key, _ int) error {
		s, err := make(h, key)
		if err != nil {
			return err
		}
		if s, err = s.WithLabel(v.keys.labels, h.ID, label); err != nil {
			return err
		}
		s.Created = v.slotTime()
		h.Slots = append(h.Slots, s)
		added = v.slot(*h, s)
		return nil
	})
	if err != nil {
		return Slot{}, err
	}
	return added, nil
}

// NewRecoveryKey makes a recovery key in the place of the one there was, which
// opens nothing any more. It is given this once and kept nowhere.
func (v *Vault) NewRecoveryKey(ctx context.Context, secret []byte) (string, error) {
	recovery := seal.NewRecoveryKey()
	err := v.changeSlots(ctx, secret, func(h *header, key *seal.Key, _ int) error {
		s, err := seal.NewRecoverySlot(h.ID, key, recovery)
		if err != nil {
			return err
		}
		s.Created = v.slotTime()
		h.Slots = slices.DeleteFunc(h.Slots, func(s seal.Slot) bool { return s.Kind == seal.RecoverySlot })
		h.Slots = append(h.Slots, s)
		return nil
	})
	if err != nil {
		return "", err
	}
	return recovery, nil
}

// RemoveSlot takes a way into the vault away. The last passphrase stays:
// [ErrLastPassphrase]. An id that no slot has is [ErrNotFound].
func (v *Vault) RemoveSlot(ctx context.Context, secret []byte, id string) error {
	return v.changeSlots(ctx, secret, func(h *header, _ *seal.Key, _ int) error {
		i := slices.IndexFunc(h.Slots, func(s seal.Slot) bool { return s.Ident() == id })
		if i < 0 {
			return fmt.Errorf("a key with this id: %w", ErrNotFound)
		}
		h.Slots = slices.Delete(h.Slots, i, i+1)
		if !slices.ContainsFunc(h.Slots, isPassphrase) {
			return ErrLastPassphrase
		}
		return nil
	})
}

func isPassphrase(s seal.Slot) bool { return s.Kind == seal.PassphraseSlot }

func (v *Vault) slotTime() time.Time { return v.opt.Now().UTC().Truncate(time.Second) }
