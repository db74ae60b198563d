// Package settings is how the window looks and when it locks, what opens the
// record, and its backups.
package settings

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// page shows all settings, or one question with its answer.
type page struct {
	env     *ui.Env
	body    *fyne.Container
	working bool
	typed   typed // for somebody who is to open the record too, not added yet
	asked   bool  // typed is known
}

// typed is what was typed of somebody who is to open the record too. No secret
// is ever kept.
type typed struct {
	Label     string `json:"label,omitempty"`
	Recipient string `json:"recipient,omitempty"`
}

// New makes the settings page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, body: container.NewStack()}
	p.showAll()
	ui.Load(env.Ctx, env.Work, func(context.Context) ([]byte, error) { return env.Drafts.Load(ui.SettingsDraft) }, func(data []byte, err error) {
		p.asked = err == nil
		if len(data) > 0 && json.Unmarshal(data, &p.typed) != nil {
			p.typed = typed{}
		}
	})
	return ui.Page{Content: p.body, Draft: p.draft, Stay: func() bool { return p.working }}
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
	content := append(done, p.keyCard())
	content = append(content, p.lookCards()...)
	content = append(content,
		widget.Card(lang.L("This record"), nil, widget.Facts(
			widget.Fact{Label: lang.L("Kept in"), Value: p.env.Vault.Dir()})),
		widget.Card(lang.L("About Carnet"), nil, widget.Column(6,
			widget.Words(lang.L("Version {{.Version}}", map[string]any{"Version": p.env.Version})),
			widget.MutedWords(lang.L("Carnet keeps your own copy of your medical record. It does not use the network, gives no medical advice, and is no substitute for a doctor.")))))
	p.set(frame(lang.L("Settings"), content...))
}

// back shows all settings again, with a word on what was done.
func (p *page) back(what, next string) func() {
	return func() { p.showAll(widget.Banner(ui.Good, what, next)) }
}
