package unlock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// showWelcome is the very first screen.
func (g *Gate) showWelcome() {
	create := fw.NewButtonWithIcon(lang.L("Create your record"), theme.ContentAddIcon(), g.showCreate)
	create.Importance = fw.HighImportance
	open := fw.NewButtonWithIcon(lang.L("Open a record"), theme.FolderOpenIcon(), g.chooseFolder)
	buttons := []fyne.CanvasObject{widget.Big(create), widget.Big(open)}
	back := fw.NewButton(lang.L("Put a backup back…"), func() { g.StartRestore("", "") })
	back.Importance = fw.LowImportance
	buttons = append(buttons, widget.Big(back))
	if g.Demo != nil {
		try := fw.NewButton(lang.L("Try it with a made-up record"), g.openDemo)
		try.Importance = fw.LowImportance
		buttons = append(buttons, widget.Big(try))
	}
	g.show(g.frame(
		lang.L("Your medical record, with you"),
		lang.L("Keep what hospitals and doctors gave you in one sealed place on this computer, and hand it to a new doctor when you choose."),
		widget.Inset(10, 0, 50, 50, widget.Column(10, buttons...)),
		widget.Inset(12, 0, 0, 0, promises()),
	), create)
}

func promises() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, s := range []string{
		lang.L("Sealed with your passphrase; only you can open it."),
		lang.L("Nothing is sent anywhere: Carnet does not use the network."),
		lang.L("Every file you bring in is kept exactly as you received it."),
	} {
		icon := fw.NewIcon(theme.NewPrimaryThemedResource(theme.ConfirmIcon()))
		rows = append(rows, container.NewBorder(nil, nil, widget.Inset(0, 0, 0, 8, icon), nil, widget.MutedWords(s)))
	}
	return widget.Column(8, rows...)
}

// chooseFolder asks for the folder of a record.
func (g *Gate) chooseFolder() {
	g.ask(ui.Asked{Title: lang.L("Choose the folder of your record"), Act: lang.L("Open this folder"), Folder: true}, func(dir string) { g.showOpen(dir) })
}

// ask asks for a place on the disk.
func (g *Gate) ask(a ui.Asked, chosen func(string)) {
	ui.Asker{Ctx: g.Ctx, Window: g.Window, Work: g.Work, Prefs: g.Prefs, Dialog: g.Dialog}.Ask(a, chosen)
}
