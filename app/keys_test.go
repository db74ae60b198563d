package app

import (
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/watch"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// settings goes to the settings.
func (u *user) settings() {
	u.a.session.shell.open(ui.Route{Place: ui.Home})
	u.a.session.shell.open(ui.Route{Place: ui.Settings})
	u.sees("What opens this record")
}

// types fills the password fields in, in order.
func (u *user) types(secrets ...string) {
	u.t.Helper()
	fields := u.passwords()
	if len(fields) != len(secrets) {
		u.t.Fatalf("%d fields for secrets, want %d", len(fields), len(secrets))
	}
	for i, s := range secrets {
		fields[i].SetText(s)
	}
}

const nextPassphrase = "bako rilu mesa tofi dupa zeno"

func TestChangeThePassphrase(t *testing.T) {
	u := opened(t)
	u.settings()
	u.press("Change the passphrase…")
	for _, c := range []struct{ now, next, again, says string }{
		{vaulttest.Passphrase, "password", "password", "too easy to guess"},
		{vaulttest.Passphrase, nextPassphrase, nextPassphrase + "x", "not the same"},
		{"wrong", nextPassphrase, nextPassphrase, "does not open this record"},
		{vaulttest.Passphrase, nextPassphrase, nextPassphrase, "The passphrase is changed."},
	} {
		u.types(c.now, c.next, c.again)
		u.press("Change it")
		u.sees(c.says)
	}
	u.press("Lock")
	u.unlock()
	u.sees("That passphrase does not open this record.")
	u.types(nextPassphrase)
	u.press("Unlock")
	u.sees("Ada Testperson")
}

func TestNewRecoveryKeyAndRehearsal(t *testing.T) {
	u := opened(t)
	u.settings()
	u.press("Try your recovery key…")
	u.typed(seal.NewRecoveryKey())
	u.press("Try it")
	u.sees("does not open this record")
	u.press("Back")
	u.press("New recovery key…")
	u.types(vaulttest.Passphrase)
	u.press("Make a new one")
	u.sees("Your new recovery key")
	key := u.recoveryKey()
	u.press("I have written it down")
	u.doesNotSee(strings.Split(key, "-")[3])
	u.typed(strings.ToLower(key))
	u.press("Done")
	u.sees("What you wrote down opens this record.")

	u.press("Try your recovery key…")
	u.typed(vaulttest.Passphrase)
	u.press("Try it")
	u.sees("To be sure of your recovery key")
	u.typed(strings.ReplaceAll(key, "-", " "))
	u.press("Try it")
	u.sees("Yes: it opens this record.")
	u.press("Lock")
	u.types(key)
	u.press("Unlock")
	u.sees("Ada Testperson")
	u.doesNotSee("never typed back")
}

// typed fills the one field for many words in.
func (u *user) typed(text string) {
	u.t.Helper()
	for _, e := range u.entries() {
		if e.MultiLine {
			e.SetText(text)
			return
		}
	}
	u.t.Fatal("no field for a recovery key")
}

// TestLockedWhileTheKeyIsShown: the key is gone from the window, and home says
// that the paper may be missing.
func TestLockedWhileTheKeyIsShown(t *testing.T) {
	u := opened(t)
	u.settings()
	u.press("New recovery key…")
	u.types(vaulttest.Passphrase)
	u.press("Make a new one")
	key := u.recoveryKey()
	u.leaves(watch.Locked)
	u.doesNotSee(strings.Split(key, "-")[0])
	u.unlock()
	u.sees("Your recovery key was never typed back")
}

func TestMoreThanOneWayIn(t *testing.T) {
	u := opened(t)
	u.settings()
	u.doesNotSee("Remove…")
	u.press("Add a passphrase…")
	u.fields()[0].SetText("Bea")
	u.types(nextPassphrase, nextPassphrase, vaulttest.Passphrase)
	u.press("Add it")
	u.sees("Added.", "The passphrase of Bea", "Remove…")

	friend, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	u.press("Add a trusted person…")
	u.fields()[0].SetText("Cleo")
	u.fields()[1].SetText("age1nonsense")
	u.types(vaulttest.Passphrase)
	u.press("Add them")
	u.sees("That is not a public key of age.")
	u.leaves(watch.Slept) // what was typed is there again, but no secret
	u.unlock()
	u.settings()
	u.press("Add a trusted person…")
	if got := u.fields()[0].Text; got != "Cleo" {
		t.Errorf("the name is %q after unlocking", got)
	}
	u.fields()[1].SetText(friend.Recipient().String())
	u.types(vaulttest.Passphrase)
	u.press("Add them")
	u.sees("Cleo, whom you trust")

	u.press("Remove…") // the first passphrase
	u.types(nextPassphrase)
	u.press("Remove it")
	u.sees("Removed.")
	u.press("Lock")
	u.unlock()
	u.sees("does not open this record")
	u.types(nextPassphrase)
	u.press("Unlock")
	u.sees("Ada Testperson")
}
