package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/watch"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// chooses picks one of several.
func (u *user) chooses(words string) {
	u.t.Helper()
	for _, o := range u.objects() {
		if r, ok := o.(*fw.RadioGroup); ok {
			for _, w := range r.Options {
				if w == words {
					r.SetSelected(w)
					return
				}
			}
		}
	}
	u.t.Fatalf("nothing to choose %q from", words)
}

// TestBackUpAndPutBack follows the reminder, makes both kinds of backup, and puts
// each back.
func TestBackUpAndPutBack(t *testing.T) {
	options := vaulttest.Options()
	options.Memory = t.TempDir()
	v := vaulttest.New(t)
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	u := startWith(t, dir, options)
	u.unlock()
	u.sees("There is no backup of this record yet")
	u.press("Back up now…")
	u.sees("Backups that were made", "None yet.", "Snapshots")
	u.press("Back up now")
	u.sees("Please choose where to")
	stick := t.TempDir()
	folder := filepath.Join(stick, "carnet backups")
	u.fields()[0].SetText(folder)
	u.press("Back up now")
	u.sees("The backup is made and was read back.", folder, "read back")
	u.chooses("To one file")
	u.press("Back up now")
	u.sees("Please choose where to")
	file := filepath.Join(stick, "Ada.age")
	u.fields()[0].SetText(file)
	u.press("Back up now")
	u.sees("The backup is made and was read back.", file)
	u.a.session.shell.open(ui.Route{Place: ui.Home})
	u.doesNotSee("There is no backup")
	u.sees("Last backup: 14 March 2026")

	for _, from := range []string{folder, file} {
		u.press("Lock")
		u.press("Start page")
		u.press("Put a backup back…")
		u.fields()[0].SetText(from)
		target := filepath.Join(t.TempDir(), "again.carnet")
		u.fields()[1].SetText(target)
		u.types("wrong")
		u.press("Put it back")
		u.sees("does not open this record")
		u.types(vaulttest.Passphrase)
		u.press("Put it back")
		u.sees("The backup is put back and checked.", "14 March 2026")
		u.unlock()
		u.sees("Ada Testperson", "Penicillin")
		if got := u.a.session.dir; got != target {
			t.Errorf("%s is open, want %s", got, target)
		}
	}
}

// TestPutBackFromARescue begins with a backup that the damaged record remembers.
func TestPutBackFromARescue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Ada.age")
	dir := brokenAfter(t, true, func(v *vault.Vault) {
		if _, err := v.Backup(t.Context(), path, vault.BackupOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	})
	u := start(t, dir)
	u.unlock()
	u.press("Put a backup back…")
	u.sees("Put a backup back", "What is there already stays as it is.")
	u.press("Back")
	u.unlock()
	u.press("Open what can be read")
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.sees("A doctor could not know what is missing.")
	u.doesNotSee("Make the package")
	u.press("What is missing…")
	u.press("Put a backup back…")
	if got := u.fields()[1].Text; filepath.Dir(got) != filepath.Dir(dir) || got == dir {
		t.Errorf("it goes to %q, want beside the damaged one", got)
	}
	if got := u.fields()[0].Text; got != path {
		t.Errorf("it begins with %q, want the backup that the record remembers", got)
	}
	u.types(vaulttest.Passphrase)
	u.press("Put it back")
	u.sees("The backup is put back and checked.")
	u.unlock()
	u.sees("Ada Testperson")
	u.doesNotSee("what can still be read")
}

// TestLockedWhileBackingUp leaves either a whole backup or none.
func TestLockedWhileBackingUp(t *testing.T) {
	u := opened(t)
	u.a.session.shell.open(ui.Route{Place: ui.Settings, Words: ui.SettingsBackup})
	u.chooses("To one file")
	file := filepath.Join(t.TempDir(), "Ada.age")
	u.fields()[0].SetText(file)
	for _, o := range u.objects() {
		if b, ok := o.(*fw.Button); ok && b.Text == "Back up now" {
			test.Tap(b)
		}
	}
	u.leaves(watch.Slept)
	u.sees("This record is locked.")
	if _, err := os.Stat(file); err == nil {
		_, err := vault.Restore(t.Context(), file, filepath.Join(t.TempDir(), "x.carnet"), []byte(vaulttest.Passphrase), vaulttest.Options(), nil)
		if err != nil {
			t.Errorf("half a backup: %v", err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if f.Name() != "Ada.age" {
			t.Errorf("%s is left", f.Name())
		}
	}
	u.unlock()
	u.sees("Ada Testperson")
}
