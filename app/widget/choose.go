package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// Choose asks for one of many, by its place. It is closed with nothing done by Escape
// and by Cancel; Enter takes the first that the words leave.
func Choose(w fyne.Window, title string, options []string, chosen func(int)) {
	shown := Containing(options, "")
	var d dialog.Dialog
	list := fw.NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return Inset(8, 8, 8, 8, NewLine("", "", "")) },
		func(i int, o fyne.CanvasObject) {
			o.(*fyne.Container).Objects[0].(*Line).Set(options[shown[i]])
		},
	)
	take := func(i int) {
		d.Hide()
		chosen(shown[i])
	}
	list.OnSelected = take
	words := fw.NewEntry()
	words.SetPlaceHolder(lang.L("Find in this list"))
	words.OnChanged = func(s string) {
		shown = Containing(options, s)
		list.Refresh()
		list.ScrollToTop()
	}
	words.OnSubmitted = func(string) {
		if len(shown) > 0 {
			take(0)
		}
	}
	foot := container.NewHBox(fw.NewButton(lang.L("Cancel"), func() { d.Hide() }))
	d = dialog.NewCustomWithoutButtons(title, container.NewBorder(words, foot, nil, nil, list), w)
	ui.Show(w, d, nil)
	size := w.Canvas().Size()
	d.Resize(fyne.NewSize(min(520, size.Width-60), min(520, size.Height-60)))
	w.Canvas().Focus(words)
}

// Containing gives the places of the options that hold all words.
func Containing(options []string, words string) []int {
	fields := strings.Fields(strings.ToLower(words))
	var out []int
next:
	for i, o := range options {
		o = strings.ToLower(o)
		for _, f := range fields {
			if !strings.Contains(o, f) {
				continue next
			}
		}
		out = append(out, i)
	}
	return out
}
