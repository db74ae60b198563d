package share

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
)

// look gathers what would leave and shows it.
func (p *page) look(req disclose.Request) {
	view := widget.NewView()
	p.set(view.Object)
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) (*disclose.Plan, error) {
		return disclose.New(ctx, p.env.Vault, req, p.env.Now(), p.env.Version)
	}, func(plan *disclose.Plan, err error) {
		if err != nil {
			p.showForm()
			p.say(planTrouble(err))
			return
		}
		p.showPlan(req, plan)
	})
}

// showPlan shows exactly what leaves, and what is asked about it.
func (p *page) showPlan(req disclose.Request, plan *disclose.Plan) {
	v := plan.Preview()
	back := fw.NewButtonWithIcon(lang.L("Back"), theme.NavigateBackIcon(), p.showForm)
	back.Importance = fw.LowImportance
	next := fw.NewButtonWithIcon(lang.L("Make the package"), theme.MailForwardIcon(), func() { p.write(req, plan) })
	next.Importance = fw.HighImportance
	if len(v.Mentions) > 0 && !req.Told || len(v.Entries) == 0 {
		next.Disable()
	}
	content := []fyne.CanvasObject{widget.Card(lang.L("What leaves"), nil, leaves(v))}
	if len(v.Sensitive)+len(v.Held) > 0 {
		content = append(content, widget.Card(lang.L("Often held back"), nil, p.sensitive(req, v)))
	}
	if len(v.Mentions) > 0 {
		content = append(content, widget.Card(lang.L("These tell of what you hold back"), nil, p.mentions(req, v)))
	}
	content = append(content, p.note, container.NewHBox(next, back))
	if len(v.Entries) > 0 {
		content = append(content, p.pageCard(plan), p.printCard(plan))
	}
	p.set(frame(lang.L("Look at what leaves"), content...))
}

// leaves counts what leaves and says what does not.
func leaves(v disclose.Preview) fyne.CanvasObject {
	var facts []widget.Fact
	for _, s := range v.Sections {
		facts = append(facts, widget.Fact{Label: ui.Section(s.Kind), Value: ui.Entries(s.Count)})
	}
	if n := len(v.Originals); n > 0 {
		facts = append(facts, widget.Fact{Label: lang.L("Files as you received them"), Value: ui.Number(n)})
	}
	parts := []fyne.CanvasObject{widget.Facts(facts...)}
	if len(v.Entries) == 0 {
		parts = []fyne.CanvasObject{widget.Words(lang.L("Nothing would leave. Go back and choose more."))}
	}
	for _, n := range append(slices.Clone(v.Notices), v.Missing...) {
		parts = append(parts, widget.MutedWords(n))
	}
	return widget.Column(8, parts...)
}

// sensitive asks, category by category, what stays.
func (p *page) sensitive(req disclose.Request, v disclose.Preview) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.MutedWords(lang.L("Carnet found these by their words and codes; it may have missed some. Nothing is held back unless you tick it. The doctor is told that some entries were withheld, not which."))}
	for _, g := range append(slices.Clone(v.Held), v.Sensitive...) {
		b := fw.NewCheck(lang.L(g.Title)+"  ("+ui.Number(len(g.Entries))+")", nil)
		b.Checked = p.kept[g.Category]
		b.OnChanged = func(on bool) {
			p.kept[g.Category] = on
			again := p.request()
			again.Told = false
			p.look(again)
		}
		parts = append(parts, b, entries(g.Entries))
	}
	return widget.Column(6, parts...)
}

// mentions asks what becomes of entries that tell of what is held back.
func (p *page) mentions(req disclose.Request, v disclose.Preview) fyne.CanvasObject {
	hold := fw.NewButton(lang.L("Hold these back too"), func() {
		for _, e := range v.Mentions {
			p.held[e.ID] = true
		}
		p.look(p.request())
	})
	hold.Importance = fw.HighImportance
	send := fw.NewButton(lang.L("They may leave"), func() {
		again := req
		again.Told = true
		p.look(again)
	})
	parts := []fyne.CanvasObject{entries(v.Mentions), container.NewHBox(hold, send)}
	if req.Told {
		parts = append(parts, widget.MutedWords(lang.L("They leave, as you said.")))
	}
	return widget.Column(8, parts...)
}

func entries(list []disclose.PreviewEntry) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, e := range list {
		rows = append(rows, func() fyne.CanvasObject {
			when := widget.Caption(e.When)
			when.Whole = true
			return container.NewBorder(nil, nil, nil, when, widget.NewLine(e.Title, "", ""))
		})
	}
	return widget.Unrolled(5, rows)
}

// busy shows progress with a way to stop, and the lines of the check as they end.
func (p *page) busy(cancel func()) (progress func(exchange.Progress), checked func([]checkRow)) {
	words := widget.NewLine(lang.L("Gathering your record"), "", "")
	bar := fw.NewProgressBarInfinite()
	stop := fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), cancel)
	list := widget.Column(8)
	p.set(frame(lang.L("Making the package"), widget.Card("", nil, widget.Column(12, words, bar, container.NewCenter(stop))), list))
	return func(x exchange.Progress) {
			switch {
			case x.Source != "":
				words.Set(lang.L("Writing {{.Name}}", map[string]any{"Name": x.Source}))
			case x.Stage == "looking":
				words.Set(lang.L("Searching every file for what you hold back"))
			case x.Stage == "protecting":
				words.Set(lang.L("Protecting it"))
			case x.Stage != "":
				words.Set(lang.L("Opening it again to check it"))
			}
		}, func(rows []checkRow) {
			list.Objects = []fyne.CanvasObject{checkList(rows)}
			list.Refresh()
		}
}
