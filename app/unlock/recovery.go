package unlock

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// showRecovery shows the recovery key, this once, and has it typed back.
func (g *Gate) showRecovery(m made, dir string) {
	g.pending = m.vault
	paper := &widget.KeyPaper{
		Key: m.key, Title: lang.L("Your recovery key"), Then: lang.L("Open my record"),
		Words: lang.L("If you ever forget your passphrase, this key is the only other way in. Write it on paper and keep it somewhere safe. It is shown only now."),
		Done: func() {
			g.pending = nil
			g.Opened(ui.Opening{Vault: m.vault, Dir: dir, Proven: true})
		},
		Set: func(title, words string, content []fyne.CanvasObject, focus fyne.Focusable) {
			g.show(g.frame(title, words, content...), focus)
		},
	}
	paper.Show()
}

// folderIn puts the vault's own folder name into another folder.
func folderIn(parent, old string) string {
	if filepath.Ext(parent) == suffix {
		return parent
	}
	return filepath.Join(parent, filepath.Base(old))
}
