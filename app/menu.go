package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

func item(words string, do func(), key fyne.KeyName, mod fyne.KeyModifier) *fyne.MenuItem {
	m := fyne.NewMenuItem(words, do)
	if key != "" {
		m.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: mod}
	}
	return m
}

// menu holds every command of an open record with its shortcut.
func (s *shell) menu() *fyne.MainMenu {
	const ctrl, alt = fyne.KeyModifierShortcutDefault, fyne.KeyModifierAlt
	to := func(r ui.Route) func() { return func() { s.open(r) } }
	quit := item(lang.L("Quit"), s.app.fyne.Quit, fyne.KeyQ, ctrl)
	quit.IsQuit = true
	file := fyne.NewMenu(lang.L("Record"),
		item(lang.L("Bring in files"), to(ui.Route{Place: ui.BringIn}), fyne.KeyI, ctrl),
		item(lang.L("Prepare for a doctor"), to(ui.Route{Place: ui.Share}), fyne.KeyP, ctrl),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Write something down"), to(ui.Route{Place: ui.Write}), fyne.KeyN, ctrl),
		item(lang.L("Save what was written"), s.save, fyne.KeyS, ctrl),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Settings"), to(ui.Route{Place: ui.Settings}), fyne.KeyComma, ctrl),
		item(lang.L("Lock"), s.app.lock, fyne.KeyL, ctrl),
		quit,
	)
	view := fyne.NewMenu(lang.L("Go to"),
		item(lang.L("Back"), s.back, fyne.KeyLeft, alt),
		item(lang.L("Forward"), s.forward, fyne.KeyRight, alt),
		item(lang.L("Search"), s.focusSearch, fyne.KeyK, ctrl),
		item(lang.L("Find on this page"), s.find, fyne.KeyF, ctrl),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Home"), to(ui.Route{Place: ui.Home}), fyne.KeyH, ctrl),
		item(lang.L("Timeline"), to(ui.Route{Place: ui.Timeline}), fyne.KeyT, ctrl),
		item(lang.L("Results over time"), to(ui.Route{Place: ui.Results}), fyne.KeyR, ctrl),
		item(lang.L("What sources state differently"), to(ui.Route{Place: ui.Differ}), fyne.KeyD, ctrl),
	)
	for i, k := range mainSections[:9] {
		key := fyne.KeyName(string(rune('1' + i)))
		view.Items = append(view.Items, item(ui.Section(k), to(ui.Route{Place: ui.Records, Kind: k}), key, ctrl))
	}
	view.Items = append(view.Items, item(ui.Section(record.KindEncounter), to(ui.Route{Place: ui.Records, Kind: record.KindEncounter}), fyne.Key0, ctrl))
	return fyne.NewMainMenu(file, view)
}

// save files what was typed on the page that is shown.
func (s *shell) save() {
	if s.page.Save != nil {
		s.page.Save()
	}
}

func (s *shell) focusSearch() { s.app.window.Canvas().Focus(s.top.search) }

// find looks for words on the page that is shown, where it can be searched.
func (s *shell) find() {
	if s.page.Find != nil {
		s.page.Find()
	}
}

// lockedMenu is what can be done before a record is open.
func (a *App) lockedMenu() *fyne.MainMenu {
	quit := item(lang.L("Quit"), a.fyne.Quit, fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	quit.IsQuit = true
	return fyne.NewMainMenu(fyne.NewMenu(lang.L("Record"), quit))
}
