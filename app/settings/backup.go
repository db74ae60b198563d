package settings

import (
	"context"
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
	"github.com/carnet-phr/carnet/vault"
)

// backups are what the record remembers of its backups.
type backups struct {
	list    []vault.Backup
	due     bool
	changes uint64
	gone    map[string]bool // paths where nothing is now
}

// fetchBackups reads what the record remembers, and looks whether it is there.
func (p *page) fetchBackups(context.Context) (backups, error) {
	b := backups{list: p.env.Vault.Backups(), gone: map[string]bool{}}
	b.due, _, b.changes = p.env.Vault.BackupDue()
	for _, x := range b.list {
		if _, err := os.Stat(x.Path); err != nil {
			b.gone[x.Path] = true
		}
	}
	return b, nil
}

// backupCard says when the last backup was made.
func (p *page) backupCard() fyne.CanvasObject {
	body := widget.Column(8)
	ui.Load(p.env.Ctx, p.env.Work, p.fetchBackups, func(b backups, _ error) {
		body.Objects = []fyne.CanvasObject{
			widget.Words(lastBackup(b)),
			container.NewHBox(fw.NewButton(lang.L("Backups…"), func() { p.showBackups() })),
		}
		body.Refresh()
	})
	return widget.Card(lang.L("Backups"), nil, body)
}

// showBackups asks where to back up to, and lists the backups there are.
func (p *page) showBackups(done ...fyne.CanvasObject) {
	p.shown = ui.SettingsBackup
	view := widget.NewView()
	p.set(view.Object)
	ui.Load(p.env.Ctx, p.env.Work, p.fetchBackups, func(b backups, err error) {
		if err != nil {
			view.Failed(ui.Explain(err), func() { p.showBackups() })
			return
		}
		content := append([]fyne.CanvasObject(nil), done...)
		if !p.env.ReadOnly {
			content = append(content, p.backupForm(b))
		}
		content = append(content, p.backupList(b),
			widget.Card(lang.L("Snapshots"), nil, widget.MutedWords(lang.L("Besides, each time the record is locked after a change, a snapshot of it is kept in its own folder, without the files you brought in. Snapshots help when part of the folder is damaged; they do not help when the disk is lost. That is what backups are for."))),
			container.NewHBox(fw.NewButton(lang.L("All settings"), func() { p.showAll() })))
		p.set(frame(lang.L("Backups"), content...))
	})
}

// backupForm asks where to.
func (p *page) backupForm(b backups) fyne.CanvasObject {
	path, note := fw.NewEntry(), widget.Column(0)
	words := []string{lang.L("To a folder"), lang.L("To one file")}
	hints := []string{
		lang.L("The quick way for every week: only what is new is copied. Choose a folder on a stick or another disk."),
		lang.L("The whole record in one sealed file, for a drawer or a safe place elsewhere. Your passphrase and your recovery key open it."),
	}
	hint := container.NewStack()
	kind := choice(words, -1, func(i int) {
		hint.Objects = []fyne.CanvasObject{widget.MutedWords(hints[i])}
		hint.Refresh()
		path.SetText(suggestBackup(b, i == 1, p.env.Vault.Dir(), ui.Day(p.env.Now())))
	})
	kind.SetSelected(words[0])
	browse := fw.NewButtonWithIcon(lang.L("Choose…"), theme.FolderOpenIcon(), func() {
		p.chooseFolder(func(dir string) {
			if kind.Selected == words[1] {
				dir = filepath.Join(dir, backupName(p.env.Vault.Dir(), ui.Day(p.env.Now())))
			}
			path.SetText(dir)
		})
	})
	act := fw.NewButton(lang.L("Back up now"), func() {
		if s := backupProblem(path.Text, kind.Selected == words[1]); s != "" {
			note.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, "", s)}
			note.Refresh()
			return
		}
		p.backupTo(path.Text)
	})
	act.Importance = fw.HighImportance
	return widget.Card(lang.L("Back up now"), nil, widget.Column(10, widget.Words(lastBackup(b)), kind, hint,
		container.NewBorder(nil, nil, nil, browse, path), note, container.NewHBox(act)))
}

func (p *page) chooseFolder(chosen func(string)) {
	p.env.Ask(ui.Asked{Title: lang.L("Where to put it"), Folder: true}, chosen)
}

// backupTo makes a backup, with progress and a way to stop.
func (p *page) backupTo(path string) {
	during(p, lang.L("Backing up"), func(ctx context.Context, progress func(done, total int64)) (vault.Backup, error) {
		return p.env.Vault.Backup(ctx, path, vault.BackupOptions{}, progress)
	}, func(b vault.Backup, err error) {
		if err != nil {
			p.showBackups(p.failed(err)...)
			return
		}
		tone, what, next := backupDone(b)
		p.showBackups(widget.Banner(tone, what, next))
	})
}

// backupList shows the backups that the record remembers.
func (p *page) backupList(b backups) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, r := range backupRows(b) {
		rows = append(rows, func() fyne.CanvasObject {
			name := widget.NewLine(r.Title, "", "")
			name.Bold = true
			put := fw.NewButton(lang.L("Put back…"), func() { p.env.PutBack(r.Path) })
			put.Importance = fw.LowImportance
			return container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(widget.NewChip(r.Status, r.Tone)), put),
				widget.Column(2, name, widget.Caption(r.Path), widget.Caption(r.Text)))
		})
	}
	if len(rows) == 0 {
		rows = append(rows, func() fyne.CanvasObject { return widget.MutedWords(lang.L("None yet.")) })
	}
	return widget.Card(lang.L("Backups that were made"), nil, widget.Unrolled(10, rows))
}

// suggestBackup is where the next backup goes: where the last one of its kind
// went, else beside nothing yet for a folder, and a named file for a file.
func suggestBackup(b backups, file bool, dir, day string) string {
	for _, x := range b.list {
		isFile := strings.HasSuffix(x.Path, ".age")
		switch {
		case isFile != file:
		case file:
			return filepath.Join(filepath.Dir(x.Path), backupName(dir, day))
		default:
			return x.Path
		}
	}
	return ""
}

// backupName is the name of a backup that is one file.
func backupName(dir, day string) string {
	return strings.TrimSuffix(filepath.Base(dir), filepath.Ext(dir)) + ", " + day + ".age"
}

// backupProblem is what is wrong with a place for a backup; "" when nothing is.
func backupProblem(path string, file bool) string {
	switch {
	case strings.TrimSpace(path) == "":
		return lang.L("Please choose where to: a stick or another disk is best.")
	case !filepath.IsAbs(path):
		return lang.L("Please give the whole path, from the root of the disk on.")
	case file != strings.HasSuffix(path, ".age"):
		return lang.L("The name of a file must end in .age, and that of a folder must not.")
	}
	return ""
}
