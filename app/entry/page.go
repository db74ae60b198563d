package entry

import (
	"context"
	"encoding/json"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// page is one form.
type page struct {
	env    *ui.Env
	view   *widget.View
	kind   own.Kind
	was    *record.Record // the entry that is put right; nil for a new one
	before map[string]string
	inputs []*input
	note   *fyne.Container // what concerns the whole form
	filing bool
	filed  bool
}

// New makes the page: a form by its name in Words, the form of the own entry ID,
// or the forms to choose from, those of the section Kind or all of them.
func New(env *ui.Env, r ui.Route) ui.Page {
	p := &page{env: env, view: widget.NewView(), note: widget.Column(0)}
	if r.ID != "" {
		p.load(r.ID)
		return ui.Page{Content: p.view.Object, Draft: p.draft, Stay: func() bool { return p.filing }, Save: p.file}
	}
	forms := groups(r.Kind)
	k, ok := own.Lookup(r.Words)
	if !ok && len(forms) == 1 && len(forms[0].Forms) == 1 {
		k, ok = forms[0].Forms[0], true
	}
	if !ok {
		p.choose(forms)
		return ui.Page{Content: p.view.Object}
	}
	p.kind = k
	p.ask(nil)
	return ui.Page{Content: p.view.Object, Focus: p.first(), Draft: p.draft, Stay: func() bool { return p.filing }, Save: p.file}
}

// choose shows the forms.
func (p *page) choose(list []group) {
	parts := []fyne.CanvasObject{
		widget.Heading(lang.L("What would you like to write down?")),
		widget.MutedWords(lang.L("What you write is marked as yours wherever it is shown. What files say stays as it is.")),
	}
	for _, g := range list {
		var buttons []fyne.CanvasObject
		for _, k := range g.Forms {
			buttons = append(buttons, fw.NewButton(say(k.Title), func() { p.env.Open(ui.Route{Place: ui.Write, Kind: k.Record, Words: k.Name}) }))
		}
		parts = append(parts, widget.Subheading(g.Title), widget.Flow(8, buttons...))
	}
	if len(list) == 0 {
		p.view.Empty(lang.L("There is no form for this section"), lang.L("What files say about it stands here when you bring them in. A note can hold anything."),
			fw.NewButton(say("Note"), func() { p.env.Open(ui.Route{Place: ui.Write, Words: "note"}) }))
		return
	}
	p.view.Ready(container.NewVScroll(widget.Centred(760, widget.Inset(18, 24, 24, 24, widget.Column(12, parts...)))))
}

// load fetches the entry that is put right.
func (p *page) load(id record.ID) {
	p.view.Loading(lang.L("One moment…"))
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) (record.Record, error) { return p.env.Vault.Get(ctx, id) }, func(r record.Record, err error) {
		k, fields, ok := own.Fields(r)
		switch {
		case err != nil:
			p.view.Failed(ui.Explain(err), func() { p.load(id) })
		case !ok:
			p.view.Empty(lang.L("This is not an entry of your own"), lang.L("What a file says stays as it is. You can say that it is wrong, or put a note beside it."))
		default:
			p.kind, p.was, p.before = k, &r, fields
			p.ask(fields)
		}
	})
}

// ask shows the form, with what is filled in already.
func (p *page) ask(fields map[string]string) {
	p.inputs = nil
	parts := []fyne.CanvasObject{widget.Heading(title(p.kind, p.was != nil))}
	for _, f := range p.kind.Fields {
		in := newInput(f, p.file)
		if fields != nil {
			in.set(fields[f.Name])
		}
		p.inputs = append(p.inputs, in)
		label := say(f.Label)
		if !f.Required {
			label += "  " + lang.L("(may be left empty)")
		}
		parts = append(parts, widget.Field(label, in.object, in.wrong))
	}
	save := fw.NewButtonWithIcon(lang.L("Save (Ctrl+S)"), theme.ConfirmIcon(), p.file)
	save.Importance = fw.HighImportance
	cancel := fw.NewButton(lang.L("Cancel"), p.cancel)
	parts = append(parts, p.note, container.NewHBox(save, cancel),
		widget.MutedWords(lang.L("What you leave empty stays unknown; nothing is guessed.")))
	p.view.Ready(container.NewVScroll(widget.Centred(620, widget.Inset(18, 24, 24, 24, widget.Column(14, parts...)))))
	p.recall()
}

func (p *page) first() fyne.Focusable {
	if len(p.inputs) == 0 {
		return nil
	}
	return p.inputs[0].focus
}

// values is the form as it stands.
func (p *page) values() map[string]string {
	out := map[string]string{}
	for _, in := range p.inputs {
		out[in.field.Name] = in.get()
	}
	return out
}

// change is the form as a change of the record, or what is to be filled in
// otherwise.
func (p *page) change() (record.Change, []own.Problem, error) {
	by := own.By{Now: p.env.Now()}
	if p.was == nil {
		r, problems := own.Make(p.kind, p.env.Person, filled(p.values()), by)
		return record.Change{Put: []record.Record{r}}, problems, nil
	}
	change, _, problems, err := own.Amend(*p.was, p.values(), by)
	return change, problems, err
}

// file files the form.
func (p *page) file() {
	if p.filing || len(p.inputs) == 0 {
		return
	}
	change, problems, err := p.change()
	p.tell(problems, err)
	if len(problems) > 0 || err != nil {
		return
	}
	p.filing = true
	release := p.env.Hold()
	ui.Do(context.Background(), p.env.Work, func(ctx context.Context) (record.Change, error) {
		defer release()
		return change, p.env.Vault.Commit(ctx, change)
	}, func(c record.Change, err error) {
		p.filing = false
		if p.env.Ctx.Err() != nil && err == nil {
			return
		}
		if err != nil {
			t := ui.Explain(err)
			p.note.Objects = []fyne.CanvasObject{widget.Banner(ui.Alarm, t.What, t.Next)}
			p.note.Refresh()
			return
		}
		p.filed = true
		p.env.Drafts.Keep(ui.Draft{Name: p.draftName()})
		p.env.Changed()
		r := c.Put[0]
		p.env.Open(ui.Route{Place: ui.Records, Kind: r.Resource.Kind(), ID: r.ID})
	})
}

// tell shows what is to be filled in otherwise, at its field.
func (p *page) tell(problems []own.Problem, err error) {
	var whole []fyne.CanvasObject
	if err != nil {
		whole = append(whole, widget.Banner(ui.Plain, "", told(err)))
	}
	at := map[string]own.Problem{}
	for _, x := range problems {
		at[x.Field] = x
	}
	var first fyne.Focusable
	for _, in := range p.inputs {
		x, bad := at[in.field.Name]
		if !bad {
			in.fail("")
			continue
		}
		in.fail(wrong(in.field, x))
		if first == nil {
			first = in.focus
		}
	}
	if first != nil {
		p.env.Window.Canvas().Focus(first)
	}
	p.note.Objects = whole
	p.note.Refresh()
}

// told is why an entry cannot be changed.
func told(err error) string {
	switch {
	case errors.Is(err, own.ErrUnchanged):
		return lang.L("Nothing is different from what the entry says already.")
	case errors.Is(err, own.ErrRetracted):
		return lang.L("You took this entry back; bring it back first.")
	case errors.Is(err, own.ErrEarlier):
		return lang.L("This is an earlier version of an entry; open the present one.")
	}
	t := ui.Explain(err)
	return t.What + " " + t.Next
}

func (p *page) cancel() {
	p.filed = true
	p.env.Drafts.Keep(ui.Draft{Name: p.draftName()})
	if p.was != nil {
		p.env.Open(ui.Route{Place: ui.Records, Kind: p.kind.Record, ID: p.was.ID})
		return
	}
	p.env.Open(ui.Route{Place: ui.Records, Kind: p.kind.Record})
}

func (p *page) draftName() string {
	if p.was != nil {
		return ui.EntryDraft(p.env.Person, string(p.was.ID))
	}
	return ui.EntryDraft(p.env.Person, p.kind.Name)
}

// draft is what was typed and not filed yet.
func (p *page) draft() ui.Draft {
	if len(p.inputs) == 0 {
		return ui.Draft{}
	}
	d := ui.Draft{Name: p.draftName()}
	values := filled(p.values())
	if !p.filed && !same(values, p.empty()) {
		if data, err := json.Marshal(values); err == nil {
			d.Data = data
		}
	}
	return d
}

// empty is the form as nobody filled it in.
func (p *page) empty() map[string]string {
	if p.was != nil {
		return filled(p.before)
	}
	out := map[string]string{}
	for _, f := range p.kind.Fields {
		if f.Default != "" {
			out[f.Name] = f.Default
		}
	}
	return out
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// recall fills in what was typed before the record was locked.
func (p *page) recall() {
	name := p.draftName()
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([]byte, error) { return p.env.Drafts.Load(name) }, func(data []byte, err error) {
		var values map[string]string
		if err != nil || len(data) == 0 || json.Unmarshal(data, &values) != nil {
			return
		}
		for _, in := range p.inputs {
			in.set(values[in.field.Name])
		}
	})
}
