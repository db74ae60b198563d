package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// keyCard lists what opens the record, with all that can be done about it.
func (p *page) keyCard() fyne.CanvasObject {
	title := lang.L("What opens this record")
	if p.env.MadeUp {
		return widget.Card(title, nil, widget.MutedWords(lang.L("Nothing: the record is made up, and goes when you lock it.")))
	}
	var parts []fyne.CanvasObject
	for _, r := range keyRows(p.env.Vault.Slots()) {
		parts = append(parts, p.keyRow(r))
	}
	if p.env.ReadOnly {
		return widget.Card(title, nil, widget.Column(8, parts...))
	}
	parts = append(parts, widget.Inset(4, 0, 0, 0, container.NewHBox(
		fw.NewButton(lang.L("Change the passphrase…"), p.changePassphrase),
		fw.NewButton(lang.L("Try your recovery key…"), p.rehearse),
		fw.NewButton(lang.L("New recovery key…"), p.newRecovery),
	)), container.NewHBox(
		fw.NewButton(lang.L("Add a passphrase…"), p.addPassphrase),
		fw.NewButton(lang.L("Add a trusted person…"), p.addTrusted),
	))
	return widget.Card(title, nil, widget.Column(8, parts...))
}

func (p *page) keyRow(r keyRow) fyne.CanvasObject {
	name := widget.NewLine(r.Title, "", "")
	name.Bold = true
	var right fyne.CanvasObject
	if r.Remove && !p.env.ReadOnly {
		b := fw.NewButton(lang.L("Remove…"), func() { p.remove(r) })
		b.Importance = fw.LowImportance
		right = b
	}
	return container.NewBorder(nil, nil, nil, right, widget.Column(2, name, widget.Caption(r.Text)))
}

// secretEntry asks for what opens the record now.
func secretEntry() *fw.Entry {
	e := fw.NewPasswordEntry()
	e.SetPlaceHolder(lang.L("Passphrase or recovery key"))
	return e
}

func secretField(e *fw.Entry) fyne.CanvasObject {
	return widget.Field(lang.L("Your passphrase now"), e, nil)
}

func (p *page) changePassphrase() {
	now, next := secretEntry(), widget.ChooseSecret(lang.L("The new passphrase"))
	f := p.ask(lang.L("Change the passphrase"),
		lang.L("Your record stays as it is; only what opens it changes. Backups and copies made before still open with the former passphrase."),
		lang.L("Change it"), func(f *form) {
			if s := next.Problem(); s != "" {
				f.say(ui.Care, "", s)
				return
			}
			old, chosen := []byte(now.Text), []byte(next.Pass.Text)
			run(f, func(ctx context.Context) (nothing, error) {
				defer ui.Wipe(old, chosen)
				return nothing{}, p.env.Vault.ChangePassphrase(ctx, old, chosen)
			}, func(nothing) {
				p.back(lang.L("The passphrase is changed."), lang.L("From now on the record opens with the new one. Make a backup soon: it will open with the new one too."))()
			})
		}, append([]fyne.CanvasObject{secretField(now)}, next.Objects()...)...)
	f.focus(now)
}

func (p *page) addPassphrase() {
	now, next, who := secretEntry(), widget.ChooseSecret(lang.L("The new passphrase")), p.nameEntry()
	f := p.ask(lang.L("Add a passphrase"),
		lang.L("For somebody who is to open this record on this computer too, with a passphrase of their own. They can then see and change everything in it."),
		lang.L("Add it"), func(f *form) {
			if s := next.Problem(); s != "" {
				f.say(ui.Care, "", s)
				return
			}
			secret, chosen, label := []byte(now.Text), []byte(next.Pass.Text), strings.TrimSpace(who.Text)
			run(f, func(ctx context.Context) (vault.Slot, error) {
				defer ui.Wipe(secret, chosen)
				return p.env.Vault.AddPassphrase(ctx, secret, label, chosen)
			}, p.added)
		}, append([]fyne.CanvasObject{widget.Field(lang.L("Whose passphrase it is"), who, nil)}, append(next.Objects(), secretField(now))...)...)
	f.focus(who)
}

func (p *page) addTrusted() {
	now, who, recipient := secretEntry(), p.nameEntry(), fw.NewEntry()
	recipient.SetPlaceHolder("age1…")
	recipient.SetText(p.typed.Recipient)
	recipient.OnChanged = func(s string) { p.typed.Recipient = s }
	f := p.ask(lang.L("Add a trusted person"),
		lang.L("Somebody who has an age key of their own (age-encryption.org) and whom you would trust with everything in this record, also after your death. They give you their public key, which begins with age1."),
		lang.L("Add them"), func(f *form) {
			secret, label, key := []byte(now.Text), strings.TrimSpace(who.Text), strings.TrimSpace(recipient.Text)
			run(f, func(ctx context.Context) (vault.Slot, error) {
				defer ui.Wipe(secret)
				return p.env.Vault.AddTrusted(ctx, secret, label, key)
			}, p.added)
		}, widget.Field(lang.L("Who it is"), who, nil), widget.Field(lang.L("Their public key"), recipient, nil), secretField(now))
	f.focus(who)
}

func (p *page) nameEntry() *fw.Entry {
	e := fw.NewEntry()
	e.SetText(p.typed.Label)
	e.OnChanged = func(s string) { p.typed.Label = s }
	return e
}

func (p *page) added(s vault.Slot) {
	p.typed = typed{}
	p.back(lang.L("Added."), slotTitle(s)+".")()
}

func (p *page) remove(r keyRow) {
	now := secretEntry()
	f := p.ask(lang.L("Remove: {{.What}}", map[string]any{"What": r.Title}),
		lang.L("It will not open this record any more. It still opens backups and copies made before."),
		lang.L("Remove it"), func(f *form) {
			secret := []byte(now.Text)
			run(f, func(ctx context.Context) (nothing, error) {
				defer ui.Wipe(secret)
				return nothing{}, p.env.Vault.RemoveSlot(ctx, secret, r.ID)
			}, func(nothing) { p.back(lang.L("Removed."), r.Title+".")() })
		}, secretField(now))
	f.focus(now)
}
