package unlock

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// showRecovery shows the recovery key, this once.
func (g *Gate) showRecovery(m made, dir string) {
	next := fw.NewButton(lang.L("I have written it down"), func() { g.showTypeBack(m, dir) })
	next.Importance = fw.HighImportance
	g.show(g.frame(lang.L("Your recovery key"),
		lang.L("If you ever forget your passphrase, this key is the only other way in. Write it on paper and keep it somewhere safe. It is shown only now."),
		widget.Key(ui.KeyGroups(m.key)), widget.Big(next)), next)
}

// showTypeBack has the key typed back once, so that the paper is known to be
// right.
func (g *Gate) showTypeBack(m made, dir string) {
	hint := widget.Caption("")
	hint.Align = fyne.TextAlignCenter
	done := fw.NewButton(lang.L("Open my record"), func() { g.Opened(m.vault, dir, false) })
	done.Importance = fw.HighImportance
	done.Disable()
	entry := widget.NewKeyEntry()
	entry.OnChanged = func(s string) {
		hint.Set(ui.KeyHint(m.key, s))
		if ui.SameKey(m.key, s) {
			done.Enable()
		} else {
			done.Disable()
		}
	}
	again := fw.NewButton(lang.L("Show it again"), func() { g.showRecovery(m, dir) })
	again.Importance = fw.LowImportance
	g.show(g.frame(lang.L("Type it back from your paper"),
		lang.L("This makes sure that what you wrote down really opens your record. Dashes and capitals do not matter."),
		entry, hint, widget.Big(done), container.NewCenter(again)), entry)
}

// folderIn puts the vault's own folder name into another folder.
func folderIn(parent, old string) string {
	if filepath.Ext(parent) == suffix {
		return parent
	}
	return filepath.Join(parent, filepath.Base(old))
}
