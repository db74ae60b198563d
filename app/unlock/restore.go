package unlock

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// restorer is the page that puts a backup back, into a folder of its own.
type restorer struct {
	gate   *Gate
	from   *fw.Entry
	folder *fw.Entry
	secret *fw.Entry
	note   *fyne.Container
	beside string // the record in whose place it comes; may be ""
}

// StartRestore asks for a backup to put back: from is the one to begin with, or
// "", and beside the record that it stands in for, or "".
func (g *Gate) StartRestore(from, beside string) {
	r := &restorer{gate: g, from: fw.NewEntry(), folder: fw.NewEntry(), secret: fw.NewPasswordEntry(), note: widget.Column(0), beside: beside}
	r.from.OnChanged = func(string) { r.suggest() }
	r.from.SetText(from)
	r.suggest()
	r.secret.SetPlaceHolder(lang.L("Passphrase or recovery key"))
	r.secret.OnSubmitted = func(string) { r.submit() }
	file := fw.NewButtonWithIcon("", theme.FileIcon(), r.chooseFile)
	folder := fw.NewButtonWithIcon("", theme.FolderOpenIcon(), r.chooseFolder)
	submit := fw.NewButton(lang.L("Put it back"), r.submit)
	submit.Importance = fw.HighImportance
	back := fw.NewButton(lang.L("Back"), func() { g.Start(beside) })
	page := g.column(nil, lang.L("Put a backup back"),
		lang.L("It becomes a record in a new folder and is checked before it counts. What is there already stays as it is."),
		widget.Field(lang.L("The backup"), container.NewBorder(nil, nil, nil, container.NewHBox(file, folder), r.from), widget.Caption(lang.L("A file whose name ends in .age, or the folder of backups."))),
		widget.Field(lang.L("Where to put it"), r.folder, nil),
		widget.Field(lang.L("What opened the record then"), r.secret, nil),
		r.note, container.NewBorder(nil, nil, back, nil, widget.Big(submit)))
	focus := r.from
	if from != "" {
		focus = r.secret
	}
	g.show(page, focus)
}

// suggest names a folder for the record that is put back.
func (r *restorer) suggest() {
	name := r.beside
	if name == "" {
		base := strings.TrimSuffix(filepath.Base(r.from.Text), ".age")
		if r.from.Text == "" {
			base = lang.L("My record")
		}
		name = filepath.Join(home(), "Carnet", strings.TrimSuffix(base, suffix)+suffix)
	}
	if exists(name) {
		name = besides(name, lang.L("put back"), exists)
	}
	r.folder.SetText(name)
}

// besides is a folder for a record beside another one, that is not taken.
func besides(dir, what string, taken func(string) bool) string {
	const most = 1000
	base := strings.TrimSuffix(dir, suffix)
	path := base + " (" + what + ")" + suffix
	for n := 2; n < most && taken(path); n++ {
		path = base + " (" + what + " " + ui.Number(n) + ")" + suffix
	}
	return path
}

func (r *restorer) chooseFile() {
	r.gate.ask(ui.Asked{Title: lang.L("Put a backup back")}, r.from.SetText)
}

func (r *restorer) chooseFolder() {
	r.gate.ask(ui.Asked{Title: lang.L("Put a backup back"), Folder: true}, r.from.SetText)
}

func (r *restorer) say(what, next string) {
	r.note.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, what, next)}
	r.note.Refresh()
}

// submit puts the backup back and asks for the secret of the record that came of
// it, which proves that it opens.
func (r *restorer) submit() {
	g := r.gate
	from, dir, secret := r.from.Text, r.folder.Text, []byte(r.secret.Text)
	switch {
	case from == "" || len(secret) == 0:
		r.say("", lang.L("Please choose the backup, and give the passphrase or recovery key that opened the record when it was made."))
		return
	case dir == "" || exists(dir):
		r.say("", lang.L("Choose a folder that does not exist yet; it will be made."))
		return
	}
	form := g.body.Objects[0]
	ctx, cancel := context.WithCancel(g.Ctx)
	progress := ui.Throttled(g.Work, g.progress(lang.L("Putting the backup back"), cancel))
	ui.Do(ctx, g.Work, func(ctx context.Context) (vault.Backup, error) {
		defer ui.Wipe(secret)
		if g.Before != nil {
			if err := g.Before(ctx); err != nil {
				return vault.Backup{}, err
			}
		}
		if err := makeParent(dir); err != nil {
			return vault.Backup{}, err
		}
		return vault.Restore(ctx, from, dir, secret, g.Vault, func(done, total int64) { progress(part{done, total}) })
	}, func(b vault.Backup, err error) {
		cancel()
		if err != nil {
			t := ui.Explain(err)
			r.say(t.What, t.Next)
			g.show(form, r.secret)
			return
		}
		r.secret.SetText("")
		g.restored(b, dir)
	})
}

// restored asks for the secret of the record that was put back. That it is older
// than what this computer has seen is no surprise then.
func (g *Gate) restored(b vault.Backup, dir string) {
	o := g.showOpen(dir)
	o.usual = openOlder
	tone, next := ui.Good, lang.L("It is the record as it was on {{.When}}. Open it with what opened it then.", map[string]any{"When": ui.Moment(b.At)})
	for _, n := range b.Notices {
		tone = ui.Care
		next += " " + ui.Notice(n)
	}
	o.say(tone, lang.L("The backup is put back and checked."), next)
}

// part is how far something has come.
type part struct{ done, total int64 }

// progress shows a bar with a way to stop.
func (g *Gate) progress(title string, cancel func()) func(part) {
	bar := fw.NewProgressBar()
	stop := fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), cancel)
	g.show(g.frame(title, "", bar, container.NewCenter(stop)), nil)
	return func(p part) {
		if p.total > 0 {
			bar.SetValue(float64(p.done) / float64(p.total))
		}
	}
}
