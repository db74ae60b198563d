package vault

import (
	"context"
	"time"

	"github.com/carnet-phr/carnet/vault/seal"
)

// Slot is one of the ways into the vault: who holds its secret can open it.
type Slot struct {
	ID        string
	Kind      seal.SlotKind
	Label     string // that the patient gave it; often ""
	Created   time.Time
	Recipient string // age1…: of a trusted person, or of the recovery key; "" where there is none
}

// Slots are the ways into the vault, in the order they were made.
func (v *Vault) Slots() []Slot {
	h := v.head.Load().header
	var list []Slot
	for _, s := range h.Slots {
		list = append(list, v.slot(h, s))
	}
	return list
}

func (v *Vault) slot(h header, s seal.Slot) Slot {
	created := s.Created
	if created.IsZero() { // in vaults of before
		created = h.Created
	}
	label, _ := s.OpenLabel(v.keys.labels, h.ID) // the header's HMAC has vouched for it
	return Slot{ID: s.Ident(), Kind: s.Kind, Label: label, Created: created, Recipient: s.Recipient}
}

// Rehearse says which slot a secret opens, and changes nothing: to find out in
// good time whether the paper in the drawer still fits. It is
// [ErrWrongPassphrase] where none does, [ErrRecoveryKeyTypo] where it looks like
// a mistyped recovery key.
func (v *Vault) Rehearse(ctx context.Context, secret []byte) (Slot, error) {
	_, done, err := v.view(ctx)
	if err != nil {
		return Slot{}, err
	}
	defer done()
	h := v.head.Load().header
	key, i, err := v.findSlot(h, secret)
	if err != nil {
		return Slot{}, err
	}
	key.Wipe()
	return v.slot(h, h.Slots[i]), nil
}

// RecoveryIdentity gives the age identity, "AGE-SECRET-KEY-1…", of the recovery
// key of the vault in dir, or of the vault that the backup file dir was made of:
// stock age opens with it what was encrypted to the Recipient of the recovery
// slot. The header alone is read, so that it works for a vault that does not open
// any more. Errors: [ErrWrongPassphrase], [ErrRecoveryKeyTypo], [ErrNotVault],
// [ErrDamaged], [ErrNoBackup].
func RecoveryIdentity(dir string, recoveryKey []byte) (string, error) {
	found, err := headersOf(dir)
	if err != nil {
		return "", err
	}
	var first error
	for _, h := range found {
		id, err := seal.RecoveryIdentity(h.header.ID, h.header.Slots, string(recoveryKey))
		if err == nil {
			return id, nil
		}
		if first == nil {
			first = secretProblem(err)
		}
	}
	return "", first
}
