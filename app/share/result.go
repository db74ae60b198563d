package share

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// showResult shows what was written and how it was checked.
func (p *page) showResult(done ui.Package) {
	p.made = true
	rows, good := checks(done.Checks)
	title, banner := lang.L("The package is ready"), widget.Banner(ui.Good, lang.L("It was opened again and checked"), done.Folder)
	if !good {
		title = lang.L("Do not give this package away")
		banner = widget.Banner(ui.Alarm, lang.L("It did not pass its own check"), lang.L("Look at what failed below and make it again. It lies in {{.Folder}}", map[string]any{"Folder": done.Folder}))
	}
	open := fw.NewButtonWithIcon(lang.L("Open the folder"), theme.FolderOpenIcon(), func() { openFolder(done.Folder) })
	open.Importance = fw.HighImportance
	again := fw.NewButton(lang.L("Make another"), func() {
		p.suggested = free(p.folder.Text, taken)
		p.folder.SetText(p.suggested)
		p.note.Objects = nil
		p.showForm()
	})
	content := []fyne.CanvasObject{banner, container.NewHBox(open, again)}
	if len(done.Files) > 0 {
		content = append(content, widget.Card(lang.L("What is in it"), nil, files(done.Files)))
	}
	if len(done.NotIncluded) > 0 {
		content = append(content, widget.Card(lang.L("What could not go along"), nil, lines(done.NotIncluded)))
	}
	if len(rows) > 0 {
		content = append(content, widget.Card(lang.L("The check"), nil, checkList(rows)))
	}
	p.set(frame(title, content...))
}

func files(list []ui.PackageFile) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, f := range list {
		rows = append(rows, func() fyne.CanvasObject {
			name := widget.NewLine(f.Name, "", "")
			name.Bold = true
			size := widget.Caption(ui.Size(f.Size))
			size.Whole = true
			return widget.Column(2, container.NewBorder(nil, nil, nil, size, name), widget.MutedWords(f.What))
		})
	}
	return widget.Unrolled(9, rows)
}

func checkList(rows []checkRow) fyne.CanvasObject {
	var objects []func() fyne.CanvasObject
	for _, r := range rows {
		objects = append(objects, func() fyne.CanvasObject {
			return container.NewBorder(nil, nil, nil, container.NewVBox(widget.NewChip(r.Mark, r.Tone)), widget.Words(r.Words))
		})
	}
	return widget.Unrolled(8, objects)
}

func lines(words []string) fyne.CanvasObject {
	var objects []func() fyne.CanvasObject
	for _, s := range words {
		objects = append(objects, func() fyne.CanvasObject { return widget.Words(ui.Capital(s)) })
	}
	return widget.Unrolled(6, objects)
}

// openFolder asks the system to show the folder.
func openFolder(path string) {
	if a := fyne.CurrentApp(); a != nil {
		if err := a.OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
			fyne.LogError("open the package's folder", err)
		}
	}
}
