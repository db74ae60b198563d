package ui

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/seal"
)

// Trouble is an error in words: what happened, and what to do next.
type Trouble struct{ What, Next string }

// Explain puts an error into words. It is the only place that does.
func Explain(err error) Trouble {
	var older *vault.OlderError
	if errors.As(err, &older) {
		return explainOlder(older)
	}
	for _, row := range troubles() {
		if errors.Is(err, row.is) {
			return row.Trouble
		}
	}
	return Trouble{
		What: lang.L("That did not work."),
		Next: lang.L("Nothing was changed. Try again; if it happens again, the reason given is: {{.Reason}}.", map[string]any{"Reason": err.Error()}),
	}
}

type troubleRow struct {
	is error
	Trouble
}

func troubles() []troubleRow {
	return append(vaultTroubles(),
		troubleRow{context.Canceled, Trouble{lang.L("Stopped."), lang.L("Nothing was changed.")}},
		troubleRow{exchange.ErrPerson, Trouble{lang.L("It is not clear whose record these files are."), lang.L("Say below whose they are.")}},
		troubleRow{exchange.ErrArchivePerson, Trouble{lang.L("An archive is filed under the people whom it holds."), lang.L("Nothing was changed. Bring it in under them, or keep them as people of their own.")}},
		troubleRow{fs.ErrPermission, Trouble{lang.L("This computer does not allow that."), lang.L("Choose another folder, or change its permissions.")}},
		troubleRow{fs.ErrExist, Trouble{lang.L("There is already something with that name."), lang.L("Choose another name or another folder.")}},
		troubleRow{fs.ErrNotExist, Trouble{lang.L("The file or folder is no longer there."), lang.L("Put it back, or plug its drive in again.")}},
	)
}

func vaultTroubles() []troubleRow {
	return []troubleRow{
		{vault.ErrWrongPassphrase, Trouble{lang.L("That passphrase does not open this record."), lang.L("Check Caps Lock and try again, or use your recovery key.")}},
		{vault.ErrRecoveryKeyTypo, Trouble{lang.L("There is a typing error in the recovery key."), lang.L("Compare it with your paper, letter by letter.")}},
		{vault.ErrWeakPassphrase, Trouble{lang.L("That passphrase is too easy to guess."), lang.L("Use a longer one, or let Carnet suggest one.")}},
		{vault.ErrLastPassphrase, Trouble{lang.L("The last passphrase cannot be removed."), lang.L("Change it, or add another one first.")}},
		{vault.ErrSlotExists, Trouble{lang.L("That person can open the record already."), lang.L("Nothing was changed.")}},
		{seal.ErrRecipient, Trouble{lang.L("That is not a public key of age."), lang.L("It begins with age1 and has 62 characters. Have it sent to you again, and copy it whole.")}},
		{vault.ErrNotVault, Trouble{lang.L("There is no Carnet record in that folder."), lang.L("Choose the folder whose name ends in .carnet. If it was copied or synchronised, not all of it may be there yet.")}},
		{vault.ErrLocked, Trouble{lang.L("This record is open in another window or program."), lang.L("Close it there first, then try again. If nothing else is open, wait a moment.")}},
		{vault.ErrNewerVersion, Trouble{lang.L("This record was written by a newer Carnet."), lang.L("Install that version to open it. Nothing was changed.")}},
		{vault.ErrNoRoom, Trouble{lang.L("There is not enough room on the disk."), lang.L("Free some space and try again. Nothing was changed.")}},
		{vault.ErrBackupDamaged, Trouble{lang.L("This backup is damaged."), lang.L("Nothing was changed. Try another one; do not throw this one away.")}},
		{vault.ErrDamaged, Trouble{lang.L("Part of this record is damaged on the disk."), lang.L("Nothing was changed. You can look at what can still be read, or put a backup back into a new folder. Keep this folder as it is.")}},
		{vault.ErrRescued, Trouble{lang.L("This record is damaged and open for reading only."), lang.L("Put a backup back, or copy what can be read to a new record; that can be changed again.")}},
		{vault.ErrReadOnly, Trouble{lang.L("Nothing can be written to this folder."), lang.L("You can look at the record. To change it, copy the folder to a disk of this computer and open the copy.")}},
		{vault.ErrOlder, Trouble{lang.L("This computer has seen a newer state of this record."), lang.L("Look for the newer folder: this one is an older copy, or was changed on another computer. Nothing was changed.")}},
		{vault.ErrNoBackup, Trouble{lang.L("There is no backup there."), lang.L("Choose the folder or the .age file that a backup was written to. If it is on a stick or another drive, plug it in.")}},
		{vault.ErrOtherVault, Trouble{lang.L("There are backups of another record."), lang.L("Nothing was changed. Choose another folder or another name.")}},
		{vault.ErrNotFound, Trouble{lang.L("This entry is not in the record any more."), lang.L("Go back and choose another one.")}},
		{vault.ErrClosed, Trouble{lang.L("The record is locked."), lang.L("Unlock it to go on.")}},
	}
}

// explainOlder says what this computer has seen and what is here.
func explainOlder(e *vault.OlderError) Trouble {
	t := Trouble{What: lang.L("This computer has seen a newer state of this record.")}
	next := lang.L("Look for the newer folder first. If there is none, open this one: what came after it is not in it, and will not be asked for again.")
	if e.Apart {
		t.What = lang.L("This record was changed in two places.")
		next = lang.L("The changes that this computer saw are not in this folder. Look for the other folder first; if there is none, open this one.")
	}
	if !e.Seen.At.IsZero() && !e.Here.At.IsZero() {
		next = lang.L("Seen here: {{.Seen}}. This folder ends on {{.Here}}.", map[string]any{"Seen": Moment(e.Seen.At), "Here": Moment(e.Here.At)}) + " " + next
	}
	t.Next = next
	return t
}

// DamageDetail names what is damaged, for who can help; "" where err is no
// damage.
func DamageDetail(err error) string {
	var d *vault.DamageError
	if !errors.As(err, &d) {
		return ""
	}
	return d.File + ": " + d.Text + "."
}

// syncPrograms are folders that programs keep the same on several computers, as
// they are named in paths.
var syncPrograms = []string{"Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud", "Mobile Documents", "Nextcloud", "ownCloud", "Syncthing", "pCloud", "MEGA", "Box Sync"}

// Synced says whether a folder looks like one that is kept the same on several
// computers.
func Synced(dir string) bool {
	for _, p := range syncPrograms {
		if strings.Contains(strings.ToLower(dir), strings.ToLower(p)) {
			return true
		}
	}
	return false
}

// SyncHint is what to think of first when a record in such a folder does not
// open; "" elsewhere.
func SyncHint(dir string, err error) string {
	if !Synced(dir) || !errors.Is(err, vault.ErrDamaged) && !errors.Is(err, vault.ErrOlder) && !errors.Is(err, vault.ErrNotVault) {
		return ""
	}
	return lang.L("This folder seems to be kept the same on several computers. Wait until that has finished, then try again; and open a record on one computer at a time.")
}
