//go:build unix

package ui

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

// A pipe in a folder is not read, or the window would wait for its writer.
func TestPipesAreNotListed(t *testing.T) {
	app := test.NewTempApp(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	pipe := filepath.Join(home, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no pipe can be made here: %v", err)
	}
	file := filepath.Join(home, "labs")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{pipe: false, file: true, filepath.Join(home, "none"): false, "/proc/kmsg": false} {
		if got := (substantial{}).Matches(storage.NewFileURI(path)); got != want {
			t.Errorf("%s is listed: %v", path, got)
		}
	}
	for _, a := range []Asked{{Name: "copy.pdf"}, {}} {
		w := test.NewTempWindow(t, nil)
		w.Resize(fyne.NewSize(1280, 800))
		Asker{t.Context(), w, InTurn(), Prefs{app.Preferences()}, nil}.Ask(a, nil)
		if w.Canvas().Overlays().Top() == nil {
			t.Errorf("%+v: there is no dialog", a)
		}
	}
}
