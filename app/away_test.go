package app

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/watch"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// heard is a source that tells what comes through a channel.
func heard(events chan watch.Event) watch.Source {
	return func(ctx context.Context, found func(watch.Event)) {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-events:
				found(e)
			}
		}
	}
}

// leaves has the system tell that nobody is there.
func (u *user) leaves(e watch.Event) {
	u.t.Helper()
	u.away <- e
	for deadline := time.Now().Add(10 * time.Second); u.a.session != nil; u.a.work.Wait() {
		if time.Now().After(deadline) {
			u.t.Fatalf("%s: the record is still open", e)
		}
		time.Sleep(time.Millisecond)
	}
}

func (u *user) unlock() {
	u.t.Helper()
	u.passwords()[0].SetText(vaulttest.Passphrase)
	u.press("Unlock")
}

// field gives what stands in a field.
func (u *user) field(placeholder string) string {
	u.t.Helper()
	for _, e := range u.entries() {
		if e.PlaceHolder == placeholder {
			return e.Text
		}
	}
	u.t.Fatalf("no field %q", placeholder)
	return ""
}

const recipientField = "Dr Okafor, cardiology (may be left empty)"

// TestLocksWhenNobodyIsThere locks at once, shows nothing of the record any
// more, and has what was typed again after unlocking, sealed meanwhile.
func TestLocksWhenNobodyIsThere(t *testing.T) {
	for _, e := range []watch.Event{watch.Slept, watch.Locked, watch.Saver} {
		t.Run(string(e), func(t *testing.T) {
			u := opened(t)
			dir := u.a.session.dir
			u.a.session.shell.open(ui.Route{Place: ui.Share})
			u.write(recipientField, "Dr Zwqx Made-Up")
			u.check("Problems", false)
			u.press("Hold single entries back…")
			u.hold("Penicillin G")
			u.a.session.touch(true) // work under way is no reason to stay open
			u.leaves(e)
			u.sees("This record is locked.")
			u.doesNotSee("Penicillin", "Ada", "Zwqx", "1961")
			if got := u.a.window.Title(); got != "Carnet" {
				t.Errorf("the title is %q", got)
			}
			if n := len(u.a.window.Canvas().Overlays().List()); n != 0 {
				t.Errorf("%d dialogs stay open", n)
			}
			for name, data := range files(t, dir) {
				if strings.Contains(data, "Zwqx") {
					t.Errorf("what was typed can be read in %s", name)
				}
			}
			u.unlock()
			u.a.session.shell.open(ui.Route{Place: ui.Share})
			u.a.work.Wait()
			if got := u.field(recipientField); got != "Dr Zwqx Made-Up" {
				t.Errorf("the recipient is %q after unlocking", got)
			}
			if u.checked("Problems") {
				t.Error("a section that was to stay goes along after unlocking")
			}
			u.sees("1 held back")
		})
	}
}

// TestDraftGoesWithThePackage: once the package is made, nothing is left over.
func TestDraftGoesWithThePackage(t *testing.T) {
	u := opened(t)
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.write(recipientField, "Dr Made-Up")
	u.a.session.shell.open(ui.Route{Place: ui.Home})
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	if got := u.field(recipientField); got != "Dr Made-Up" {
		t.Errorf("leaving the page loses what was typed: %q", got)
	}
	u.press("Look at what leaves")
	u.press("Make the package")
	u.sees("The package is ready")
	u.press("Lock")
	u.unlock()
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	if got := u.field(recipientField); got != "" {
		t.Errorf("%q is still there after the package was made", got)
	}
	u.sees("What left before", "Dr Made-Up")
}

// TestLockedWhileBringingIn offers the files again, with the answer given.
func TestLockedWhileBringingIn(t *testing.T) {
	u := opened(t)
	paths := demoFiles(t)
	u.a.bring(paths)
	u.sees("Whose record is this?")
	u.radio().SetSelected(u.radio().Options[0])
	u.leaves(watch.Slept)
	u.doesNotSee("Whose record", "Ada")
	u.unlock()
	u.a.session.shell.open(ui.Route{Place: ui.BringIn})
	u.sees("These files were not filed yet", "Nothing of them is in the record")
	u.press("Read them again")
	u.sees("Whose record is this?")
	if got := u.radio().Selected; !strings.HasPrefix(got, "Ada Testperson") {
		t.Errorf("the answer is %q", got)
	}
	u.press("Do not file")
	u.doesNotSee("These files were not filed yet")
	u.press("Lock")
	u.unlock()
	u.a.session.shell.open(ui.Route{Place: ui.BringIn})
	u.doesNotSee("These files were not filed yet")
}

// TestFilingIsWhole locks while an import is being filed: it becomes part of the
// record, the window shows nothing, and nothing is offered again.
func TestFilingIsWhole(t *testing.T) {
	u := opened(t)
	dir := u.a.session.dir
	u.a.bring(demoFiles(t))
	u.choosePerson()
	for _, o := range u.objects() {
		if b, ok := o.(*fw.Button); ok && b.Text == "File in the record" {
			test.Tap(b)
		}
	}
	u.a.lock()
	u.a.work.Wait()
	u.sees("This record is locked.")
	v, err := vault.Open(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	imports, err := v.Imports(t.Context())
	if err != nil || len(imports) != 1 {
		t.Errorf("%d imports, %v; want the one that was under way", len(imports), err)
	}
	if left, err := v.Draft(ui.IntakeDraft); left != nil || err != nil {
		t.Errorf("files that were filed are offered again: %v", err)
	}
	v.Close()
}

// TestUnlockingWaitsForWhatIsWhole: a second opening finds the vault closed.
func TestUnlockingWaitsForWhatIsWhole(t *testing.T) {
	u := opened(t)
	release := u.a.session.hold()
	u.a.lock()
	u.a.window.Canvas().Content().Refresh()
	done := make(chan bool)
	go func() { time.Sleep(50 * time.Millisecond); release(); close(done) }()
	u.passwordsNow()[0].SetText(vaulttest.Passphrase)
	u.tapNow("Unlock")
	u.a.work.Wait()
	<-done
	u.sees("Ada Testperson")
	u.doesNotSee("another window")
}

// TestDraftThatCannotBeKept is told, not swallowed.
func TestDraftThatCannotBeKept(t *testing.T) {
	u := opened(t)
	dir := u.a.session.dir
	if err := os.WriteFile(dir+"/drafts", []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.write(recipientField, "Dr Made-Up")
	u.press("Lock")
	u.sees("This record is locked.", "What you had typed could not be kept.")
}

func TestDraftsBelongToTheirPerson(t *testing.T) {
	if a, b := ui.ShareDraft("a"), ui.ShareDraft(record.ID("b")); a == b {
		t.Errorf("two people share the draft %q", a)
	}
}
