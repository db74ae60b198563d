package settings

import (
	"context"
	"errors"
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

// copyOut asks where to copy the record to, and for the passphrase of the copy.
func (p *page) copyOut() {
	folder, secret := fw.NewEntry(), widget.ChooseSecret(lang.L("The passphrase of the new record"))
	folder.SetText(copyFolder(p.env.Vault.Dir(), taken))
	choose := fw.NewButtonWithIcon(lang.L("Change…"), theme.FolderOpenIcon(), func() {
		p.env.Ask(ui.Asked{Title: lang.L("Where to put it"), Folder: true}, func(dir string) {
			folder.SetText(copyFolder(filepath.Join(dir, filepath.Base(p.env.Vault.Dir())), taken))
		})
	})
	p.ask(lang.L("Copy what can be read to a new record"),
		lang.L("Everything that can be read goes into a new record with a passphrase and a recovery key of its own, and each entry is compared. The folder that is damaged stays as it is."),
		lang.L("Copy it"), func(f *form) {
			dir := folder.Text
			switch s := secret.Problem(); {
			case s != "":
				f.say(ui.Care, "", s)
			case dir == "" || taken(dir):
				f.say(ui.Care, "", lang.L("Choose a folder that does not exist yet; it will be made."))
			default:
				pass := []byte(secret.Pass.Text)
				secret.Clear()
				p.copyTo(dir, pass)
			}
		}, append([]fyne.CanvasObject{widget.Field(lang.L("Where to put it"), container.NewBorder(nil, nil, nil, choose, folder), nil)}, secret.Objects()...)...)
}

// copyTo copies the record and shows the new recovery key.
func (p *page) copyTo(dir string, pass []byte) {
	during(p, lang.L("Copying the record"), func(ctx context.Context, progress func(done, total int64)) (string, error) {
		defer ui.Wipe(pass)
		options := p.env.Outside.Vault
		if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
			return "", err
		}
		v, key, err := vault.Copy(ctx, p.env.Vault, dir, pass, options, progress)
		if err != nil {
			return "", err
		}
		return key, errors.Join(v.SaveDraft(ui.UnprovenKey, []byte{1}), v.Close())
	}, func(key string, err error) {
		if err != nil {
			p.showState(p.failed(err)...)
			return
		}
		paper := &widget.KeyPaper{
			Key: key, Title: lang.L("The recovery key of the new record"), Then: lang.L("Open the new record"),
			Words: lang.L("If you ever forget your passphrase, this key is the only other way in. Write it on paper and keep it somewhere safe. It is shown only now."),
			Done:  func() { p.env.Another(dir) }, Set: p.setPaper,
		}
		paper.Show()
	})
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// copyFolder is a folder beside dir that is not taken.
func copyFolder(dir string, taken func(string) bool) string {
	const suffix, most = ".carnet", 1000
	base := strings.TrimSuffix(dir, suffix)
	path := base + " (" + lang.L("copy") + ")" + suffix
	for n := 2; n < most && taken(path); n++ {
		path = base + " (" + lang.L("copy") + " " + ui.Number(n) + ")" + suffix
	}
	return path
}
