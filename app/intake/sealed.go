package intake

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/arrive"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// askable says that an error is one that a passphrase helps against.
func askable(err error) bool {
	return errors.Is(err, arrive.ErrSealed) || errors.Is(err, wrap.ErrNotOpened)
}

// showSealed asks for what opens a sealed file; wrong says that what was typed does
// not. What is typed is kept nowhere.
func (p *page) showSealed(d draft, wrong bool) {
	p.open = d
	name := filepath.Base(d.Paths[0])
	pass := fw.NewPasswordEntry()
	pass.SetPlaceHolder(lang.L("Passphrase of this file"))
	open := fw.NewButtonWithIcon(lang.L("Open it"), theme.LoginIcon(), func() {
		if pass.Text == "" {
			return
		}
		secret := []byte(pass.Text)
		pass.SetText("")
		p.read(d, secret)
	})
	open.Importance = fw.HighImportance
	pass.OnSubmitted = func(string) { open.OnTapped() }
	leave := fw.NewButton(lang.L("Do not bring it in"), func() { p.showIdle("") })
	words := widget.Column(12, widget.Words(lang.L("{{.Name}} is locked with a passphrase: six words on a slip, or what the sender told you. Carnet opens it here and looks at it; nothing is filed before you have seen it.", map[string]any{"Name": name})))
	if wrong {
		words.Add(widget.Banner(ui.Care, lang.L("That does not open this file."), lang.L("Compare it with the slip, letter by letter. If it fits and still does not open, the file was damaged on its way: ask for it again.")))
	}
	words.Add(pass)
	words.Add(container.NewHBox(open, leave))
	p.set(frame(lang.L("This file is sealed"), widget.Card("", nil, words)))
	if c := p.env.Window; c != nil {
		c.Canvas().Focus(pass)
	}
}

// explain puts into words why files were not read.
func explain(err error) ui.Trouble {
	switch {
	case errors.Is(err, arrive.ErrAlone):
		return ui.Trouble{What: lang.L("One of these files is sealed, or an archive of a whole record."), Next: lang.L("Nothing was changed. Bring it in by itself.")}
	case errors.Is(err, arrive.ErrOther):
		return ui.Trouble{What: lang.L("The file was opened, and is neither a package nor an archive."), Next: lang.L("Nothing was changed. Take out what is in it, and bring that in.")}
	case errors.Is(err, wrap.ErrBackup):
		return ui.Trouble{What: lang.L("This is a backup of a whole record."), Next: lang.L("Nothing was changed. Lock the record, and choose “Put a backup back…” on the first page.")}
	}
	return ui.Explain(err)
}
