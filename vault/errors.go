package vault

import (
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault/damage"
	"github.com/carnet-phr/carnet/vault/seal"
)

// The conditions that a caller branches on. No error of this package holds
// clinical text, and none holds Badger's own words, which can quote values.
var (
	ErrWrongPassphrase = errors.New("the passphrase or recovery key does not open this vault")
	ErrRecoveryKeyTypo = errors.New("this looks like a recovery key with a typing error: compare it with the paper letter by letter")
	ErrWeakPassphrase  = errors.New("the passphrase is too easy to guess: use a longer one, or let carnet make one")
	ErrNotVault        = errors.New("not a carnet vault: choose the folder whose name ends in .carnet")
	ErrLocked          = errors.New("the vault is open in another window or program: close it there first")
	ErrDamaged         = damage.ErrDamaged
	ErrNotFound        = errors.New("not in the vault")
	ErrNewerVersion    = errors.New("the vault was written by a newer version of carnet: install that version to open it")
	ErrNoRoom          = errors.New("not enough room on the disk: free some and try again; nothing was changed")
	ErrReadOnly        = errors.New("the folder cannot be written to: copy the vault to a disk that can be, and open the copy")
	ErrRescued         = errors.New("the vault is damaged and was opened for reading only: put a backup back, or copy what can be read to a new vault")
	ErrOlder           = errors.New("this computer has seen a newer state of this vault")
	ErrLastPassphrase  = errors.New("the last passphrase of a vault cannot be removed: change it, or add another one first")
	ErrSlotExists      = errors.New("this recipient can open the vault already")
	ErrNoBackup        = errors.New("there is no backup of a carnet vault: choose the folder or the .age file that a backup was written to")
	ErrOtherVault      = errors.New("there are backups of another vault: choose another place")
	ErrBackupDamaged   = errors.New("the backup is damaged: try another one; nothing was changed")
	ErrClosed          = errors.New("the vault is closed")
)

// DamageError names what is damaged: the file, relative to the vault's folder,
// and in words what is wrong with it and what to do. It wraps [ErrDamaged]. It is
// the error of the rooms below this package, where most damage is met: so it comes
// up through every layer as what a caller branches on.
type DamageError = damage.Error

func damaged(file, format string, args ...any) error {
	return &DamageError{File: file, Text: fmt.Sprintf(format, args...)}
}

// CheckPassphrase gives nil for a passphrase that may guard a vault, else
// [ErrWeakPassphrase]. Create does not ask: the programs do, and say why.
func CheckPassphrase(passphrase []byte) error {
	if seal.Strong(passphrase) {
		return nil
	}
	return ErrWeakPassphrase
}
