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
	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// human is a person of the vault.
type human struct {
	ID      record.ID
	Name    string // told apart from others of the same name
	Entries int
	Joined  []record.ID // persons that were made one with this one
}

// people reads who is in the vault.
func (p *page) people(ctx context.Context) ([]human, error) {
	list, err := p.env.Vault.People(ctx)
	if err != nil {
		return nil, err
	}
	var out []human
	var names []string
	for _, r := range list {
		counts, err := p.env.Vault.Counts(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		h := human{ID: r.ID}
		for _, n := range counts {
			h.Entries += n
		}
		var described []record.Record
		for d, err := range p.env.Vault.Query(ctx, record.Filter{Person: r.ID, Kind: record.KindPatient}) {
			if err != nil {
				return nil, err
			}
			described = append(described, d)
		}
		h.Joined = exchange.Joined(r.ID, described)
		name := record.Visible(r.Summary().Title)
		if pt, ok := r.Resource.(*record.Patient); ok && pt.BirthDate != "" {
			name += ", " + lang.L("born {{.Date}}", map[string]any{"Date": ui.Date(pt.BirthDate)})
		}
		names = append(names, name)
		out = append(out, h)
	}
	for i, name := range ui.Distinct(names) {
		out[i].Name = name
	}
	return out, nil
}

// peopleCard lists the people of the vault, with what can be done about them.
func (p *page) peopleCard() fyne.CanvasObject {
	view := widget.NewView()
	ui.Load(p.env.Ctx, p.env.Work, p.people, func(list []human, err error) {
		if err != nil {
			view.Ready(widget.MutedWords(ui.Explain(err).What))
			return
		}
		view.Ready(p.peopleRows(list))
	})
	return widget.Card(lang.L("People"), nil, view.Object)
}

func (p *page) peopleRows(list []human) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, h := range list {
		name := widget.NewLine(h.Name, "", "")
		name.Bold = true
		acts := widget.Flow(4)
		if h.ID != p.env.Person {
			acts.Add(low(lang.L("Show this record"), func() { p.env.Choose(h.ID) }))
		}
		if !p.env.ReadOnly && len(list) > 1 {
			acts.Add(low(lang.L("The same person as…"), func() { p.chooseSame(h, list) }))
		}
		for _, other := range h.Joined {
			if !p.env.ReadOnly {
				acts.Add(low(lang.L("Part again…"), func() { p.partPeople(h, other) }))
			}
		}
		parts = append(parts, widget.Column(2, name, widget.MutedWords(ui.Entries(h.Entries)), acts))
	}
	if !p.env.ReadOnly {
		parts = append(parts, container.NewHBox(fw.NewButton(lang.L("Add a person…"), p.addPerson)))
	}
	return widget.Column(10, parts...)
}

func low(words string, do func()) *fw.Button {
	b := fw.NewButton(words, do)
	b.Importance = fw.LowImportance
	return b
}

// sexes are the codes beside their words.
var sexes = []string{"female", "male", "other", ""}

// addPerson asks for a person of whom no file tells yet.
func (p *page) addPerson() {
	given, family, born := fw.NewEntry(), fw.NewEntry(), widget.NewPartialDate(false)
	sex := fw.NewSelect([]string{lang.L("Female"), lang.L("Male"), lang.L("Another sex"), lang.L("Not given")}, nil)
	sex.SetSelectedIndex(len(sexes) - 1)
	f := p.ask(lang.L("Add a person"), lang.L("Somebody whose record you keep as well, such as a child or a parent. Their entries never stand among yours."), lang.L("Add them"), func(f *form) {
		fields := map[string]string{}
		for name, text := range map[string]string{"given": given.Text, "family": family.Text, "born": born.Text(), "sex": sexes[max(0, sex.SelectedIndex())]} {
			if text = strings.TrimSpace(text); text != "" {
				fields[name] = text
			}
		}
		r, problems := entry.Found(fields, entry.By{Now: p.env.Now()})
		if given.Text+family.Text == "" {
			f.say(ui.Care, "", lang.L("Write down a name."))
			return
		}
		if len(problems) > 0 {
			f.say(ui.Care, "", lang.L("The birth date is not one that there was. Leave out what you do not know."))
			return
		}
		run(f, func(ctx context.Context) (nothing, error) {
			return nothing{}, p.env.Vault.Commit(ctx, record.Change{Put: []record.Record{r}})
		}, func(nothing) {
			p.env.Changed()
			p.back(lang.L("Added."), lang.L("Choose above whose record is shown."))()
		})
	}, widget.Field(lang.L("Given names"), given, nil), widget.Field(lang.L("Family name"), family, nil), widget.Field(lang.L("Born on"), born.Object, nil), widget.Field(lang.L("Sex"), widget.Framed(sex), nil))
	f.focus(given)
}

// chooseSame asks who is the same person.
func (p *page) chooseSame(h human, list []human) {
	var others []human
	var names []string
	for _, o := range list {
		if o.ID != h.ID {
			others, names = append(others, o), append(names, o.Name)
		}
	}
	widget.Choose(p.env.Window, lang.L("{{.Name}} is the same person as", map[string]any{"Name": h.Name}), names, func(i int) {
		o := others[i]
		p.reunite(lang.L("Make them one person?"), lang.L("Make them one"), func(ctx context.Context) (*exchange.Reunion, error) {
			return exchange.PlanJoin(ctx, p.env.Vault, h.ID, o.ID)
		}, func(u *exchange.Reunion) string {
			words := lang.N("{{.Count}} entries of {{.Other}} go to {{.Name}}.", u.Records, map[string]any{"Count": ui.Number(u.Records), "Other": o.Name, "Name": h.Name})
			return words + " " + lang.L("A record that mixes two people is dangerous: be sure. It can be undone here.")
		}, h.ID)
	})
}

// partPeople parts what was made one.
func (p *page) partPeople(h human, other record.ID) {
	p.reunite(lang.L("Part them again?"), lang.L("Part them"), func(ctx context.Context) (*exchange.Reunion, error) {
		return exchange.PlanPart(ctx, p.env.Vault, h.ID, other)
	}, func(u *exchange.Reunion) string {
		return lang.N("{{.Count}} entries go back to a person of their own; what both state stays with each.", u.Records, map[string]any{"Count": ui.Number(u.Records)})
	}, h.ID)
}

// reunite shows what would be done, and does it when asked to.
func (p *page) reunite(title, act string, plan func(context.Context) (*exchange.Reunion, error), words func(*exchange.Reunion) string, then record.ID) {
	ui.Load(p.env.Ctx, p.env.Work, plan, func(u *exchange.Reunion, err error) {
		if err != nil {
			ui.Tell(p.env.Window, ui.Explain(err))
			return
		}
		p.ask(title, words(u), act, func(f *form) {
			run(f, func(ctx context.Context) (nothing, error) { return nothing{}, u.Commit(ctx) }, func(nothing) {
				p.env.Changed()
				if p.env.Person != then {
					p.env.Choose(then) // who was shown is not there any more
					return
				}
				p.back(lang.L("Done."), "")()
			})
		})
	})
}
