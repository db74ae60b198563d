package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// Show shows a dialog that Escape closes. closed is called when it is gone,
// however it was closed; it may be nil.
func Show(w fyne.Window, d dialog.Dialog, closed func()) {
	c := w.Canvas()
	before := c.OnTypedKey()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			d.Hide()
		}
	})
	d.SetOnClosed(func() {
		c.SetOnTypedKey(before)
		if closed != nil {
			closed()
		}
	})
	d.Show()
}

// ShowFiles shows a dialog for files or folders, large enough to find one in. It
// has its size once it is there: Fyne's panics when it is asked before.
func ShowFiles(w fyne.Window, d *dialog.FileDialog, closed func()) {
	Show(w, d, closed)
	d.Resize(fyne.NewSize(820, 560))
}

// Tell says something that needs no answer.
func Tell(w fyne.Window, t Trouble) {
	Show(w, dialog.NewInformation(t.What, t.Next, w), nil)
}
