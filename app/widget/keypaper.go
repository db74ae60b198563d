package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// KeyPaper shows a new recovery key, this once, and then has it typed back, so
// that the paper is known to be right.
type KeyPaper struct {
	Key   string
	Title string // of the first page
	Words string // below its title
	Then  string // on the last button
	Done  func() // it was typed back

	// Set puts a page into the window and the keyboard where it belongs.
	Set func(title, words string, content []fyne.CanvasObject, focus fyne.Focusable)
}

// Show begins with the key.
func (k *KeyPaper) Show() {
	next := fw.NewButton(lang.L("I have written it down"), k.typeBack)
	next.Importance = fw.HighImportance
	k.Set(k.Title, k.Words, []fyne.CanvasObject{keyCells(ui.KeyGroups(k.Key)), Big(next)}, next)
}

func (k *KeyPaper) typeBack() {
	hint, entry := Caption(""), NewKeyEntry()
	hint.Align = fyne.TextAlignCenter
	done := fw.NewButton(k.Then, k.Done)
	done.Importance = fw.HighImportance
	done.Disable()
	entry.OnChanged = func(s string) {
		hint.Set(ui.KeyHint(k.Key, s))
		if ui.SameKey(k.Key, s) {
			done.Enable()
		} else {
			done.Disable()
		}
	}
	again := fw.NewButton(lang.L("Show it again"), k.Show)
	again.Importance = fw.LowImportance
	k.Set(lang.L("Type it back from your paper"),
		lang.L("This makes sure that what you wrote down really opens your record. Dashes and capitals do not matter."),
		[]fyne.CanvasObject{entry, hint, Big(done), Big(again)}, entry)
}
