package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// asked answers the question that stands before the page.
func (u *user) asked(answer, button string) {
	u.t.Helper()
	top := u.a.window.Canvas().Overlays().Top()
	if top == nil {
		u.t.Fatal("nothing is asked")
	}
	var press *fw.Button
	for _, o := range test.LaidOutObjects(top) {
		switch o := o.(type) {
		case *fw.Entry:
			o.SetText(answer)
		case *fw.Button:
			if o.Text == button {
				press = o
			}
		}
	}
	if press == nil || press.Disabled() {
		u.t.Fatalf("no button %q", button)
	}
	test.Tap(press)
	u.a.work.Wait()
}

// the entries of one kind that hold, by their titles.
func (u *user) titles(k record.Kind) string {
	u.t.Helper()
	u.a.work.Wait()
	var all []string
	for r, err := range u.a.session.shell.env.Vault.Query(u.t.Context(), record.Filter{Person: u.a.session.shell.env.Person, Kind: k}) {
		if err != nil {
			u.t.Fatal(err)
		}
		if ui.Listed(r) {
			all = append(all, r.Summary().Title)
		}
	}
	return strings.Join(all, "; ")
}

// TestOwnEntryFromBeginningToEnd: written, corrected, taken back, brought back; its
// history tells all of it.
func TestOwnEntryFromBeginningToEnd(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindMedicationStatement})
	u.press("Add")
	u.sees("Medicine without a prescription")
	u.press("Medicine without a prescription")
	u.write("as on the box, with the strength; vitamins and herbs too", "Examplin 5 mg")
	u.press("Save (Ctrl+S)")
	u.sees("Examplin 5 mg", "Correct it", "Entered by the patient")
	if !strings.Contains(u.titles(record.KindMedicationStatement), "Examplin 5 mg") {
		t.Fatal("it was not filed")
	}
	u.press("Correct it")
	u.write("as on the box, with the strength; vitamins and herbs too", "Examplin 10 mg")
	u.a.session.shell.save()
	u.sees("Examplin 10 mg")
	u.press("Take it back…")
	u.asked("it was another medicine", "Take it back")
	u.sees("Retracted by you", "it was another medicine", "Bring it back")
	if strings.Contains(u.titles(record.KindMedicationStatement), "Examplin") {
		t.Error("what was taken back is still listed")
	}
	u.press("Bring it back")
	u.sees("Examplin 10 mg", "Correct it")
	u.opens("History")
	u.sees("Written", "Corrected", "Taken back", "Brought back")
}

// opens opens a fold by its words.
func (u *user) opens(words string) {
	u.t.Helper()
	u.a.work.Wait()
	for _, o := range u.objects() {
		if a, ok := o.(*fw.Accordion); ok {
			for i, item := range a.Items {
				if item.Title == words {
					a.Open(i)
					return
				}
			}
		}
	}
	u.t.Fatalf("nothing to open called %q", words)
}

// TestWhatIsSaidOfAnEntry of a file: it stays, and what is said can be taken back.
func TestWhatIsSaidOfAnEntry(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindCondition})
	u.press("This is wrong…")
	u.asked("this was my sister", "Say that it is wrong")
	u.sees("disputes this entry: this was my sister")
	u.press("Add a note…")
	u.asked("ask Dr Example", "Keep the note")
	u.sees("ask Dr Example")
	u.press("Take back what I said last")
	u.doesNotSee("ask Dr Example  ·")
	u.press("Take back what I said last")
	u.doesNotSee("disputes this entry: this was my sister")
	u.press("This is right")
	u.sees("confirms this entry")
	u.doesNotSee("This is right")
}

// TestWhatDiffersIsSettled: the made-up record's sources differ about allergies.
func TestWhatDiffersIsSettled(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.a.session.shell.open(ui.Route{Place: ui.Differ})
	u.sees("What sources state differently", "Whether there are any", "none are known", "Penicillin")
	var right []*fw.Button
	for _, o := range u.objects() {
		if b, ok := o.(*fw.Button); ok && b.Text == "This one is right" {
			right = append(right, b)
		}
	}
	if len(right) != 2 {
		t.Fatalf("%d sides to choose from, want 2", len(right))
	}
	test.Tap(right[1])
	u.sees("You say: this is right", "You say: this is wrong", "you have said")
	u.press("Take back what I said")
	u.doesNotSee("You say: this is right")
}

// TestShortcutOfWriting: Ctrl+N leads to the forms, Ctrl+D to what differs.
func TestShortcutOfWriting(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.a.work.Wait()
	menu := u.a.session.shell.menu()
	found := map[string]bool{}
	for _, m := range menu.Items {
		for _, i := range m.Items {
			if i.Shortcut != nil {
				found[i.Label] = true
			}
			if i.Label == "Write something down" {
				i.Action()
			}
		}
	}
	u.sees("What would you like to write down?")
	if !found["Write something down"] || !found["Save what was written"] || !found["What sources state differently"] {
		t.Errorf("got %v", found)
	}
}
