package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Question is what is asked in a window of its own.
type Question struct {
	Title  string
	Words  string // what it is for
	Hint   string
	Lines  int // 1 for one line
	Button string
	Text   string // what is filled in
	Needed bool   // the button waits for an answer
}

// Ask asks for words. It is closed with nothing done by Escape and by Cancel.
func Ask(w fyne.Window, q Question, answer func(string)) {
	e := fw.NewEntry()
	if q.Lines > 1 {
		e = fw.NewMultiLineEntry()
		e.Wrapping = fyne.TextWrapWord
		e.SetMinRowsVisible(q.Lines)
	}
	e.SetPlaceHolder(q.Hint)
	e.SetText(q.Text)
	var d dialog.Dialog
	do := fw.NewButton(q.Button, func() {
		d.Hide()
		answer(e.Text)
	})
	do.Importance = fw.HighImportance
	e.OnChanged = func(s string) {
		if q.Needed && s == "" {
			do.Disable()
		} else {
			do.Enable()
		}
	}
	e.OnChanged(q.Text)
	e.OnSubmitted = func(string) { do.Tapped(nil) }
	box := Column(12, MutedWords(q.Words), e, container.NewHBox(do, fw.NewButton(lang.L("Cancel"), func() { d.Hide() })))
	d = dialog.NewCustomWithoutButtons(q.Title, box, w)
	ui.Show(w, d, nil)
	d.Resize(fyne.NewSize(min(560, w.Canvas().Size().Width-60), box.MinSize().Height+110))
	w.Canvas().Focus(e)
}
