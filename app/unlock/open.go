package unlock

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// opener is the page that asks for the passphrase.
type opener struct {
	gate   *Gate
	dir    string
	usual  way // how it is opened unless something else is chosen
	pass   *fw.Entry
	unlock *fw.Button
	note   *fyne.Container
	bar    *fw.ProgressBarInfinite
}

// showOpen asks for the passphrase of the record in dir.
func (g *Gate) showOpen(dir string) *opener {
	o := &opener{gate: g, dir: dir, pass: fw.NewPasswordEntry(), note: widget.Column(0), bar: fw.NewProgressBarInfinite()}
	o.pass.SetPlaceHolder(lang.L("Passphrase or recovery key"))
	o.pass.OnSubmitted = func(string) { o.submit() }
	o.unlock = fw.NewButtonWithIcon(lang.L("Unlock"), theme.LoginIcon(), o.submit)
	o.unlock.Importance = fw.HighImportance
	o.bar.Stop()
	o.bar.Hide()
	another := fw.NewButton(lang.L("Open another record"), g.chooseFolder)
	another.Importance = fw.LowImportance
	begin := fw.NewButton(lang.L("Start page"), g.showWelcome)
	begin.Importance = fw.LowImportance
	name := strings.TrimSuffix(filepath.Base(dir), suffix)
	page := g.frame(name, lang.L("This record is locked."),
		widget.Inset(8, 0, 20, 20, widget.Column(10, o.pass, o.note, o.bar, widget.Big(o.unlock))),
		container.NewHBox(layout.NewSpacer(), another, begin, layout.NewSpacer()))
	g.show(page, o.pass)
	return o
}

// submit opens the record.
func (o *opener) submit() { o.try(o.usual) }

// try opens the record in one of the ways there are, off the UI goroutine.
func (o *opener) try(w way) {
	if o.unlock.Disabled() || o.pass.Text == "" {
		return
	}
	secret := []byte(o.pass.Text)
	o.wait(true)
	g := o.gate
	options := g.Vault
	stage := ui.Throttled(g.Work, func(s string) { o.say(ui.Plain, s, "") })
	options.Progress = func(name string, done, total int64) { stage(progressWords(done, total)) }
	ui.Load(g.Ctx, g.Work, func(ctx context.Context) (*vault.Vault, error) {
		defer ui.Wipe(secret)
		if g.Before != nil {
			if err := g.Before(ctx); err != nil {
				return nil, err
			}
		}
		return w.open(ctx, o.dir, secret, options)
	}, func(v *vault.Vault, err error) {
		o.wait(false)
		if err != nil {
			o.failed(err)
			return
		}
		o.pass.SetText("")
		g.Prefs.SetLastVault(o.dir)
		g.Opened(ui.Opening{Vault: v, Dir: o.dir, Rescued: w == openRescue})
	})
}

func progressWords(done, total int64) string {
	if total <= 0 {
		return lang.L("Checking the record…")
	}
	return lang.L("Checking the record… {{.Percent}} %", map[string]any{"Percent": done * 100 / total})
}

func (o *opener) wait(on bool) {
	if on {
		o.note.Objects = nil
		o.note.Refresh()
		o.unlock.Disable()
		o.pass.Disable()
		o.bar.Show()
		o.bar.Start()
		return
	}
	o.bar.Stop()
	o.bar.Hide()
	o.pass.Enable()
	o.unlock.Enable()
}

func (o *opener) say(tone ui.Tone, what, next string) {
	o.note.Objects = []fyne.CanvasObject{widget.Banner(tone, what, next)}
	o.note.Refresh()
}
