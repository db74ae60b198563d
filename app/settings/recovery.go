package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/seal"
)

// rehearse has the recovery key typed from its paper, and says whether it opens
// the record.
func (p *page) rehearse() {
	key := widget.NewKeyEntry()
	f := p.ask(lang.L("Try your recovery key"),
		lang.L("Fetch the paper and type the key from it. Carnet says whether it opens this record, and changes nothing. Dashes and capitals do not matter."),
		lang.L("Try it"), func(f *form) {
			secret := []byte(key.Text)
			run(f, func(ctx context.Context) (vault.Slot, error) {
				defer ui.Wipe(secret)
				return p.env.Vault.Rehearse(ctx, secret)
			}, func(s vault.Slot) {
				key.SetText("")
				if s.Kind == seal.RecoverySlot {
					p.proven()
				}
				f.say(rehearsal(s))
			})
		}, key)
	f.focus(key)
}

// proven notes that the paper is right.
func (p *page) proven() {
	p.env.Drafts.Keep(ui.Draft{Name: ui.UnprovenKey})
	p.saveDrafts()
}

func (p *page) saveDrafts() { ui.Aside(p.env.Work, func() { p.env.Drafts.Save() }) }

// newRecovery makes a recovery key in the place of the former one.
func (p *page) newRecovery() {
	now := secretEntry()
	f := p.ask(lang.L("New recovery key"),
		lang.L("It takes the place of the former one, which then opens nothing but backups and copies made before. Have pen and paper ready: it is shown only once."),
		lang.L("Make a new one"), func(f *form) {
			secret := []byte(now.Text)
			run(f, func(ctx context.Context) (string, error) {
				defer ui.Wipe(secret)
				key, err := p.env.Vault.NewRecoveryKey(ctx, secret)
				if err == nil { // until it was typed back; a lock in between must not hide that
					p.env.Drafts.Keep(ui.Draft{Name: ui.UnprovenKey, Data: []byte{1}})
				}
				return key, err
			}, p.showKey)
		}, secretField(now))
	f.focus(now)
}

// showKey shows the new recovery key, this once, and has it typed back.
func (p *page) showKey(key string) {
	p.saveDrafts()
	paper := &widget.KeyPaper{
		Key: key, Title: lang.L("Your new recovery key"), Then: lang.L("Done"),
		Words: lang.L("If you ever forget your passphrase, this key is the only other way in. Write it on paper and keep it somewhere safe. It is shown only now. Throw the paper with the former key away."),
		Done: func() {
			p.proven()
			p.back(lang.L("Your new recovery key is in force."), lang.L("What you wrote down opens this record."))()
		},
		Set: p.setPaper,
	}
	paper.Show()
}

// setPaper shows a page of a new recovery key.
func (p *page) setPaper(title, words string, content []fyne.CanvasObject, focus fyne.Focusable) {
	p.set(frame(title, widget.Card("", nil, widget.Column(12, append([]fyne.CanvasObject{widget.Words(words)}, content...)...))))
	if w := p.env.Window; w != nil {
		w.Canvas().Focus(focus)
	}
}
