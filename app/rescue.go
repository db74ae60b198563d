package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// framed is the page; above every page of a rescue stands that it is one.
func (s *shell) framed() fyne.CanvasObject {
	if !s.env.ReadOnly {
		return s.body
	}
	tone, title, text := rescueWords(s.env.Vault.Damage())
	heading := widget.NewLine(title, "", tone.Ink())
	heading.Bold = true
	look := fw.NewButton(lang.L("What is missing…"), func() { s.open(ui.Route{Place: ui.Settings, Words: ui.SettingsState}) })
	banner := widget.Banner(tone, "", "", container.NewBorder(nil, nil, nil, widget.Inset(0, 0, 16, 0, container.NewVBox(look)), widget.Column(4, heading, widget.Words(text))))
	return container.NewBorder(widget.Inset(10, 0, 24, 24, banner), nil, nil, nil, s.body)
}

// rescueWords say what is shown and what is not.
func rescueWords(damage []vault.Problem) (tone ui.Tone, title, text string) {
	n := len(damage)
	if n == 0 {
		return ui.Care, lang.L("This record is open for reading only."), lang.L("Nothing is missing, but nothing can be changed here.")
	}
	return ui.Alarm, lang.L("This record is damaged: you see what can still be read."),
		lang.N("{{.Count}} parts are missing or damaged. Do not rely on something not being here. Nothing can be changed.", n, map[string]any{"Count": ui.Number(n)})
}

// insteadOf stands for a page that is of no use now, and says why.
func insteadOf(t ui.Trouble) ui.Page {
	v := widget.NewView()
	v.Failed(t, nil)
	return ui.Page{Content: v.Object}
}

// lackingWords say why no package is made of a record that lacks something.
func lackingWords() ui.Trouble {
	return ui.Trouble{
		What: lang.L("A doctor could not know what is missing."),
		Next: lang.L("Put a backup back first; or copy what can be read to a new record, look at what is missing, and tell the doctor when you hand it over."),
	}
}
