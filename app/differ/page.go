package differ

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// page is the list of what differs at the left, the sides of one at the right.
type page struct {
	env  *ui.Env
	view *widget.View
	list *fw.List
	body *widget.View
	loaded
	at int
}

type loaded struct {
	differ  []clinic.Disagreement
	records map[record.ID]record.Record
	names   map[record.Hash]string
}

// New makes the page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, view: widget.NewView(), body: widget.NewView()}
	p.list = fw.NewList(func() int { return len(p.differ) }, func() fyne.CanvasObject { return widget.NewRowView() },
		func(i int, o fyne.CanvasObject) { o.(*widget.RowView).Set(p.row(i)) })
	p.list.OnSelected = func(i int) { p.show(i) }
	p.view.Loading(lang.L("Gathering your record"))
	p.load()
	return ui.Page{Content: p.view.Object}
}

func (p *page) load() {
	ui.Load(p.env.Ctx, p.env.Work, p.fetch, func(l loaded, err error) {
		p.loaded = l
		switch {
		case err != nil:
			p.view.Failed(ui.Explain(err), p.load)
		case len(l.differ) == 0:
			p.view.Empty(lang.L("Your sources agree"), lang.L("Where two files state something differently, both stand here side by side."))
		default:
			p.at = min(p.at, len(l.differ)-1)
			p.view.Ready(p.layout())
			p.list.Select(p.at)
			p.show(p.at)
		}
	})
}

// fetch reads the whole record: only all of it tells what differs.
func (p *page) fetch(ctx context.Context) (loaded, error) {
	l := loaded{records: map[record.ID]record.Record{}, names: map[record.Hash]string{}}
	person, _, err := p.env.Patient(ctx)
	if err != nil {
		return l, err
	}
	var all []record.Record
	for r, err := range p.env.Vault.Query(ctx, record.Filter{Person: p.env.Person}) {
		if err != nil {
			return l, err
		}
		all = append(all, r)
		l.records[r.ID] = r
	}
	l.differ = clinic.Disagreements(clinic.Summarise(person, all))
	for _, d := range l.differ {
		for _, s := range d.Sides {
			for _, by := range s.By {
				if h := by.Source.Original; h != "" && l.names[h] == "" {
					if o, err := p.env.Vault.Original(ctx, h); err == nil {
						l.names[h] = o.Name
					}
				}
			}
		}
	}
	return l, nil
}

// row is one line of the list.
func (p *page) row(i int) ui.Entry {
	d := p.differ[i]
	e := ui.Entry{Title: ui.Differing(d.Title, d.About), Text: ui.About(d.About)}
	list := sides(d, p.records, p.names)
	if settled(list) {
		e.Status, e.Tone = lang.L("you have said"), ui.Good
	}
	return e
}

func (p *page) layout() fyne.CanvasObject {
	head := widget.Inset(18, 10, 16, 12, widget.Column(6, widget.Heading(lang.L("What sources state differently")),
		widget.MutedWords(lang.L("Nobody but you and your doctors can tell what is right. Saying nothing is fine: both stay, and the doctor sees both."))))
	count := widget.Caption(ui.Of(len(p.differ), len(p.differ)))
	left := container.NewBorder(head, widget.Inset(6, 8, 16, 12, count), nil, nil, widget.Inset(0, 0, 6, 4, p.list))
	split := container.NewHSplit(left, container.NewStack(widget.NewGround(ui.ColorPanel, "", 0), p.body.Object))
	split.Offset = 0.38
	return split
}

// show shows the sides of one.
func (p *page) show(i int) {
	if i >= len(p.differ) {
		return
	}
	p.at = i
	d := p.differ[i]
	list := sides(d, p.records, p.names)
	var cards []fyne.CanvasObject
	for n, s := range list {
		cards = append(cards, p.side(list, n, s))
	}
	parts := []fyne.CanvasObject{
		widget.Column(4, widget.Heading(ui.Differing(d.Title, d.About)), widget.MutedWords(ui.About(d.About))),
		widget.Columns(300, 2, 14, cards...),
	}
	if settled(list) && !p.env.ReadOnly {
		parts = append(parts, container.NewHBox(fw.NewButtonWithIcon(lang.L("Take back what I said"), theme.ContentUndoIcon(), func() {
			p.commit(func() (record.Change, error) { return back(list, p.env.Now()) })
		})))
	}
	p.body.Ready(container.NewVScroll(widget.Inset(18, 24, 24, 24, widget.Column(16, parts...))))
}

func (p *page) side(list []side, n int, s side) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	words := widget.NewLine(ui.Said(s.Words), theme.SizeNameSubHeadingText, "")
	words.Bold = true
	if len(s.Words) > 40 {
		parts = append(parts, widget.Words(s.Words))
	} else {
		parts = append(parts, words)
	}
	for _, source := range s.Sources {
		parts = append(parts, widget.MutedWords(source))
	}
	if s.Said != "" {
		parts = append(parts, container.NewHBox(widget.NewChip(s.Said, s.Tone)))
	}
	var buttons []fyne.CanvasObject
	if !p.env.ReadOnly && len(s.Records) > 0 {
		is := fw.NewButtonWithIcon(lang.L("This one is right"), theme.ConfirmIcon(), func() {
			p.commit(func() (record.Change, error) {
				return right(list, n, lang.L("Right is: {{.Words}}", map[string]any{"Words": s.Words}), p.env.Now())
			})
		})
		buttons = append(buttons, is)
	}
	for i, r := range s.Records {
		if i == 3 {
			break
		}
		words := lang.L("Open the entry")
		if len(s.Records) > 1 {
			words = lang.L("Open “{{.Title}}”", map[string]any{"Title": shortened(record.Visible(r.Summary().Title))})
		}
		buttons = append(buttons, fw.NewButtonWithIcon(words, theme.NavigateNextIcon(), func() {
			p.env.Open(ui.Route{Place: ui.Records, Kind: r.Resource.Kind(), ID: r.ID})
		}))
	}
	return widget.Card("", nil, widget.Column(8, append(parts, widget.Flow(6, buttons...))...))
}

// commit files what was said and shows what holds now.
func (p *page) commit(what func() (record.Change, error)) {
	change, err := what()
	if err != nil || len(change.Put) == 0 {
		if err != nil {
			ui.Tell(p.env.Window, ui.Explain(err))
		}
		return
	}
	release := p.env.Hold()
	ui.Do(context.Background(), p.env.Work, func(ctx context.Context) (struct{}, error) {
		defer release()
		return struct{}{}, p.env.Vault.Commit(ctx, change)
	}, func(_ struct{}, err error) {
		if p.env.Ctx.Err() != nil {
			return
		}
		if err != nil {
			ui.Tell(p.env.Window, ui.Explain(err))
			return
		}
		p.env.Changed()
		p.load()
	})
}
