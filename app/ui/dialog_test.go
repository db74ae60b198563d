package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"
)

func TestADialogForFilesIsThereAndEscapeClosesIt(t *testing.T) {
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1280, 800))
	none := func(fyne.URIReadCloser, error) {}
	for name, d := range map[string]*dialog.FileDialog{
		"open":   dialog.NewFileOpen(none, w),
		"save":   dialog.NewFileSave(func(fyne.URIWriteCloser, error) {}, w),
		"folder": dialog.NewFolderOpen(func(fyne.ListableURI, error) {}, w),
	} {
		closed := 0
		ShowFiles(w, d, func() { closed++ })
		if w.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s: no dialog is shown", name)
		}
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if w.Canvas().Overlays().Top() != nil {
			t.Fatalf("%s: Escape does not close it", name)
		}
		if closed != 1 {
			t.Errorf("%s: closed %d times", name, closed)
		}
	}
}
