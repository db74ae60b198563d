// Package settings is how the window looks and when it locks, what opens the
// record, and its backups.
package settings

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// page shows all settings, or one question with its answer.
type page struct {
	env     *ui.Env
	body    *fyne.Container
	working bool
	shown   string // which settings: "" for all
	typed   typed  // for somebody who is to open the record too, not added yet
	asked   bool   // typed is known
}

// typed is what was typed of somebody who is to open the record too. No secret
// is ever kept.
type typed struct {
	Label     string `json:"label,omitempty"`
	Recipient string `json:"recipient,omitempty"`
}

// New makes the settings page.
func New(env *ui.Env, r ui.Route) ui.Page {
	p := &page{env: env, body: container.NewStack()}
	p.start(r.Words)
	ui.Load(env.Ctx, env.Work, func(context.Context) ([]byte, error) { return env.Drafts.Load(ui.SettingsDraft) }, func(data []byte, err error) {
		p.asked = err == nil
		if len(data) > 0 && json.Unmarshal(data, &p.typed) != nil {
			p.typed = typed{}
		}
	})
	return ui.Page{Content: p.body, Draft: p.draft, Refresh: p.refresh, Stay: func() bool { return p.working }}
}

// start shows what the page was opened for.
func (p *page) start(what string) {
	switch {
	case what == ui.SettingsState:
		p.showState()
	case what == ui.SettingsBackup:
		p.showBackups()
	case what == ui.SettingsRehearse && !p.env.ReadOnly:
		p.rehearse()
	default:
		p.showAll()
	}
}

// refresh shows what a check has found meanwhile.
func (p *page) refresh() {
	if p.shown == ui.SettingsState && !p.working {
		p.showState()
	}
}

func (p *page) draft() ui.Draft {
	d := ui.Draft{Name: ui.SettingsDraft}
	switch {
	case p.typed != (typed{}):
		d.Data, _ = json.Marshal(p.typed)
	case !p.asked:
		return ui.Draft{}
	}
	return d
}

func (p *page) set(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func frame(title string, content ...fyne.CanvasObject) fyne.CanvasObject {
	column := widget.Column(14, append([]fyne.CanvasObject{widget.Heading(title)}, content...)...)
	return container.NewVScroll(widget.Centred(720, widget.Inset(18, 24, 24, 24, column)))
}

// showAll shows all settings, with what was just done above.
func (p *page) showAll(done ...fyne.CanvasObject) {
	p.shown = ""
	content := append(done, p.keyCard(), p.backupCard(), p.stateCard())
	content = append(content, p.peopleCard())
	content = append(content, p.lookCards()...)
	content = append(content,
		widget.Card(lang.L("This record"), nil, widget.Facts(p.kept()...)),
		widget.Card(lang.L("About Carnet"), nil, widget.Column(6,
			widget.Words(lang.L("Version {{.Version}}", map[string]any{"Version": p.env.Version})),
			widget.MutedWords(lang.L("Carnet keeps your own copy of your medical record. It does not use the network, gives no medical advice, and is no substitute for a doctor.")),
			container.NewHBox(fw.NewButton(lang.L("Works of others in Carnet…"), p.showLicences)))))
	p.set(frame(lang.L("Settings"), content...))
}

// kept says where the record lies.
func (p *page) kept() []widget.Fact {
	dir := p.env.Vault.Dir()
	facts := []widget.Fact{{Label: lang.L("Kept in"), Value: dir}}
	if ui.Synced(dir) {
		facts = append(facts, widget.Fact{Label: lang.L("Take care"), Value: lang.L("This folder seems to be kept the same on several computers. Open the record on one computer at a time, and wait until the other one has received everything.")})
	}
	return facts
}

// stateCard leads to the state of the record.
func (p *page) stateCard() fyne.CanvasObject {
	_, what, _ := verdict(p.env.ReadOnly, p.env.Health(), nil, p.env.Now())
	return widget.Card(lang.L("Is the record sound?"), nil, widget.Column(8, widget.Words(what),
		container.NewHBox(fw.NewButton(lang.L("Look…"), func() { p.showState() }))))
}

// back shows all settings again, with a word on what was done.
func (p *page) back(what, next string) func() {
	return func() { p.showAll(widget.Banner(ui.Good, what, next)) }
}
