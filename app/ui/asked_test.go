package ui

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// The system asks for files where it can; else the window does, and nothing that was
// not chosen is taken.
func TestFilesAreAskedFor(t *testing.T) {
	app := test.NewTempApp(t)
	for _, c := range []struct {
		name   string
		dialog Dialog
		chosen string
		window bool
	}{
		{"the system", func(_ context.Context, a Asked) (string, error) { return "/a/" + a.Name, nil }, "/a/copy.pdf", false},
		{"the system, and nothing was chosen", func(context.Context, Asked) (string, error) { return "", nil }, "", false},
		{"the system cannot", func(context.Context, Asked) (string, error) { return "", ErrNoDialog }, "", true},
		{"the system fails", func(context.Context, Asked) (string, error) { return "/a", errors.New("x") }, "", true},
		{"the window", nil, "", true},
	} {
		for _, a := range []Asked{{Name: "copy.pdf", Act: "Save"}, {Folder: true, Title: "Where"}, {}} {
			w := test.NewTempWindow(t, nil)
			got := ""
			work := InTurn()
			Asker{t.Context(), w, work, Prefs{app.Preferences()}, c.dialog}.Ask(a, func(path string) { got = path })
			work.Wait()
			want := c.chosen
			if a.Name == "" && want != "" {
				want = "/a/"
			}
			if got != want || (w.Canvas().Overlays().Top() != nil) != c.window {
				t.Errorf("%s, %+v: got %q", c.name, a, got)
			}
		}
	}
}

// The window's own dialog leaves no trace of where somebody looked, however it is
// closed.
func TestDialogsAreForgotten(t *testing.T) {
	app := test.NewTempApp(t)
	t.Setenv("HOME", t.TempDir())
	for _, a := range []Asked{{Name: "copy.pdf"}, {Folder: true}, {}} {
		w := test.NewTempWindow(t, nil)
		w.Resize(fyne.NewSize(1280, 800))
		Asker{t.Context(), w, InTurn(), Prefs{app.Preferences()}, nil}.Ask(a, func(string) { t.Error("nothing was chosen") })
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if got := app.Preferences().String("fyne:fileDialogLastFolder"); got != "" {
			t.Errorf("%+v: the folder is remembered", a)
		}
	}
}
