package settings

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/assets"
)

// showLicences lists the works of others that Carnet is made with; the one that is
// chosen shows its licence.
func (p *page) showLicences() {
	p.shown = settingsLicences
	works, licences := worksOf(assets.Licences())
	text := container.NewVScroll(fw.NewLabel(""))
	list := fw.NewList(
		func() int { return len(works) },
		func() fyne.CanvasObject { return widget.Inset(8, 8, 12, 8, widget.NewLine("", "", "")) },
		func(i int, o fyne.CanvasObject) { o.(*fyne.Container).Objects[0].(*widget.Line).Set(works[i]) },
	)
	list.OnSelected = func(i int) {
		text.Content = widget.Inset(18, 24, 24, 24, widget.Paragraphs(licences[i]))
		text.Offset = fyne.Position{}
		text.Refresh()
	}
	back := fw.NewButtonWithIcon(lang.L("Back to the settings"), theme.NavigateBackIcon(), func() { p.showAll() })
	back.Importance = fw.LowImportance
	head := widget.Inset(18, 10, 16, 12, widget.Column(8, widget.Heading(lang.L("Works of others in Carnet")),
		widget.MutedWords(lang.L("Carnet is made with works that others give away. Thank you.")), container.NewHBox(back)))
	split := container.NewHSplit(container.NewBorder(head, nil, nil, nil, list), container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), text))
	split.Offset = 0.42
	p.set(split)
	list.Select(0)
}

// settingsLicences is what [page.shown] says of the list of licences.
const settingsLicences = "licences"

// worksOf gives works by name, each with its licence.
func worksOf(list []assets.Licence) (works, licences []string) {
	for _, l := range list {
		for _, w := range l.Works {
			works = append(works, w)
			licences = append(licences, unwrapped(l.Text))
		}
	}
	return works, licences
}

// unwrapped joins the lines of each paragraph, which are as long as a terminal is
// wide.
func unwrapped(text string) string {
	var out []string
	for _, paragraph := range strings.Split(text, "\n\n") {
		if lines := strings.Fields(paragraph); len(lines) > 0 {
			out = append(out, strings.ReplaceAll(strings.Join(lines, " "), " Copyright (c)", "\nCopyright (c)"))
		}
	}
	return strings.Join(out, "\n\n")
}
