package share

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// made is a package with what opens it.
type made struct {
	disclose.Package
	wrap.Protection
	plan *disclose.Plan
}

// showResult shows what was written, what opens it and how it was checked.
func (p *page) showResult(done made) {
	p.made = true
	open := fw.NewButtonWithIcon(lang.L("Open the folder"), theme.FolderOpenIcon(), func() { openFolder(folderOf(done)) })
	open.Importance = fw.HighImportance
	again := fw.NewButton(lang.L("Make another"), func() {
		p.suggested = free(p.folder.Text, taken)
		p.folder.SetText(p.suggested)
		p.note.Objects = nil
		p.load()
	})
	content := []fyne.CanvasObject{widget.Banner(ui.Good, lang.L("It was opened again and checked"), done.Path)}
	if len(done.Passphrase) > 0 {
		content = append(content, widget.Card(lang.L("Its passphrase"), nil, p.passphrase(done)))
	}
	content = append(content, container.NewHBox(open, again), widget.Card(lang.L("The check"), nil, checkList(checkRows(done.Checks))))
	if list := done.Manifest.NotIncluded; len(list) > 0 {
		content = append(content, widget.Card(lang.L("What could not go along"), nil, lines(list)))
	}
	p.set(frame(lang.L("The package is ready"), append(content, widget.Card(lang.L("What is in it"), nil, files(done.Manifest.Files)))...))
}

// passphrase shows what opens the package, this once, with a slip to print.
func (p *page) passphrase(done made) fyne.CanvasObject {
	words := widget.Subheading(string(done.Passphrase))
	words.Align = fyne.TextAlignCenter
	slip := fw.NewButtonWithIcon(lang.L("Make a slip to print"), theme.DocumentPrintIcon(), func() { p.slip(done) })
	return widget.Column(8, widget.Banner(ui.Calm, "", "", words), widget.MutedWords(lang.L("It is shown only now and kept nowhere. Give it to the doctor apart from the file: on the slip, or by telephone; never the same way.")), container.NewHBox(slip))
}

// slip writes the slip beside the package and shows it.
func (p *page) slip(done made) {
	path := free(strings.TrimSuffix(done.Path, done.Kind.Ending())+lang.L(" (passphrase slip)")+".pdf", taken)
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) (struct{}, error) {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return struct{}{}, err
		}
		s := wrap.Slip{Passphrase: done.Passphrase, Kind: done.Kind, For: done.plan.Selection.Scope.For, File: filepath.Base(done.Path), Made: done.plan.Selection.Generated}
		return struct{}{}, errors.Join(s.Write(f), f.Close())
	}, func(_ struct{}, err error) {
		if err != nil {
			ui.Tell(p.env.Window, ui.Explain(err))
			return
		}
		openFolder(path)
		ui.Tell(p.env.Window, ui.Trouble{What: lang.L("The slip is made"), Next: lang.L("Print it, then delete this file: {{.Path}}. Who has both can read the record.", map[string]any{"Path": path})})
	})
}

// folderOf is what is shown in the system's file manager.
func folderOf(done made) string {
	if done.Kind == wrap.None {
		return done.Path
	}
	return filepath.Dir(done.Path)
}

// logList shows what left before, newest first.
func logList(log []disclose.Entry) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, e := range log {
		rows = append(rows, func() fyne.CanvasObject {
			to := e.Recipient
			if to == "" {
				to = lang.L("nobody named")
			}
			name := widget.NewLine(to, "", "")
			name.Bold = true
			when := widget.Caption(ui.Date(e.Recorded))
			when.Whole = true
			what := ui.Entries(len(e.Carried))
			if e.Withheld > 0 {
				what += "  ·  " + lang.N("{{.Count}} held back", e.Withheld, map[string]any{"Count": e.Withheld})
			}
			return widget.Column(2, container.NewBorder(nil, nil, nil, when, name), widget.MutedWords(what+"  ·  "+e.File+"  ·  SHA-256 "+string(e.SHA256)))
		})
	}
	return widget.Unrolled(6, rows)
}

func files(list []handover.File) fyne.CanvasObject {
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
