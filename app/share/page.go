package share

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// page asks for whom and what, makes the package and shows the result.
type page struct {
	env       *ui.Env
	body      *fyne.Container
	sections  []section
	chosen    map[record.Kind]bool
	held      map[record.ID]bool
	preset    int // in disclose.Presets
	sinceLast bool
	kept      map[string]bool // names of disclose.Categories that stay
	kind      wrap.Kind
	log       []disclose.Entry
	recipient *fw.Entry
	folder    *fw.Entry
	leaving   *widget.Line
	boxes     *fyne.Container
	note      *fyne.Container
	working   bool
	looked    []string // folders of pages that were looked at

	suggested string // the folder that nobody chose
	asked     bool   // the form stands as it was left
	made      bool   // a package was made of it
}

// New makes the page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, body: container.NewStack(), chosen: map[record.Kind]bool{}, held: map[record.ID]bool{}, kept: map[string]bool{}, kind: wrap.Page, recipient: fw.NewEntry(), folder: fw.NewEntry(), leaving: widget.Caption(""), boxes: container.NewStack(), note: widget.Column(0)}
	p.recipient.SetPlaceHolder(lang.L("Dr Okafor, cardiology (may be left empty)"))
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	p.suggested = free(folder(home, env.Now())+p.kind.Ending(), taken)
	p.folder.SetText(p.suggested)
	p.load()
	return ui.Page{Content: p.body, Draft: p.draft, Stay: func() bool { return p.working }}
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func (p *page) set(o fyne.CanvasObject) {
	p.forget()
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *page) load() {
	view := widget.NewView()
	p.set(view.Object)
	ui.Load(p.env.Ctx, p.env.Work, p.fetch, func(l loaded, err error) {
		switch p.sections = sections(l.counts); {
		case err != nil:
			view.Failed(ui.Explain(err), p.load)
		case len(p.sections) == 0:
			b := fw.NewButton(lang.L("Bring in files"), func() { p.env.Open(ui.Route{Place: ui.BringIn}) })
			view.Empty(lang.L("There is nothing to give yet"), lang.L("Bring files in first; then one button makes a package for a doctor."), b)
		default:
			p.log = l.log
			p.take(0)
			p.putBack(l.draft)
			p.asked = true
			p.showForm()
		}
	})
}

// loaded is what the form begins with.
type loaded struct {
	counts map[record.Kind]int
	log    []disclose.Entry
	draft  draft
}

func (p *page) fetch(ctx context.Context) (loaded, error) {
	counts, err := p.env.Vault.Counts(ctx, p.env.Person)
	if err != nil {
		return loaded{}, err
	}
	log, err := disclose.Log(ctx, p.env.Vault, p.env.Person)
	if err != nil {
		return loaded{}, err
	}
	kept, err := p.env.Drafts.Load(ui.ShareDraft(p.env.Person))
	return loaded{counts, log, readDraft(kept)}, err
}

func frame(title string, content ...fyne.CanvasObject) fyne.CanvasObject {
	column := widget.Column(14, append([]fyne.CanvasObject{widget.Heading(title)}, content...)...)
	return container.NewVScroll(widget.Centred(760, widget.Inset(18, 24, 24, 24, column)))
}

// showForm asks.
func (p *page) showForm() {
	p.made = false
	next := fw.NewButtonWithIcon(lang.L("Look at what leaves"), theme.NavigateNextIcon(), p.submit)
	next.Importance = fw.HighImportance
	p.recipient.OnSubmitted = func(string) { p.submit() }
	choose := fw.NewButtonWithIcon(lang.L("Change…"), theme.FolderOpenIcon(), p.chooseFolder)
	p.showBoxes()
	content := []fyne.CanvasObject{
		widget.MutedWords(lang.L("One page that opens in any browser, a summary to print, and files for the doctor’s own software. It checks itself before you give it away.")),
		widget.Card(lang.L("Who is it for?"), nil, p.recipient),
		widget.Card(lang.L("What goes along"), nil, widget.Column(8, p.presets(), p.boxes, p.leaving, p.holdBack(), p.since())),
		widget.Card(lang.L("How it is protected"), nil, p.protections()),
		widget.Card(lang.L("Where to put it"), nil, container.NewBorder(nil, nil, nil, choose, p.folder)),
		p.note,
		container.NewHBox(next),
	}
	if len(p.log) > 0 {
		content = append(content, widget.Card(lang.L("What left before"), nil, logList(p.log)))
	}
	p.set(frame(lang.L("Prepare for a doctor"), content...))
	p.env.Window.Canvas().Focus(p.recipient)
}

// presets are the choices of what a kind of recipient needs.
func (p *page) presets() fyne.CanvasObject {
	words := presetWords()
	why := widget.MutedWords(words[p.preset].Why)
	var titles []string
	for _, w := range words {
		titles = append(titles, w.Title)
	}
	choice := fw.NewSelect(titles, nil)
	choice.SetSelectedIndex(p.preset)
	box := widget.Column(4, widget.Framed(choice), why)
	choice.OnChanged = func(string) {
		i := choice.SelectedIndex()
		p.take(i)
		box.Objects[1] = widget.MutedWords(words[i].Why)
		box.Refresh()
		p.showBoxes()
	}
	return box
}

// take chooses the sections of a preset.
func (p *page) take(preset int) {
	p.preset = preset
	kinds := disclose.Presets[preset].Kinds
	for _, s := range p.sections {
		p.chosen[s.Kind] = len(kinds) == 0 || slices.Contains(kinds, s.Kind)
	}
}

// since offers to leave out what a recipient has already.
func (p *page) since() fyne.CanvasObject {
	if len(p.log) == 0 {
		return widget.Column(0)
	}
	b := fw.NewCheck(lang.L("Only what is new since the last package for the same person"), nil)
	b.Checked = p.sinceLast
	b.OnChanged = func(on bool) { p.sinceLast = on }
	return b
}

// showBoxes shows the sections with their boxes.
func (p *page) showBoxes() {
	p.boxes.Objects = []fyne.CanvasObject{p.checks()}
	p.boxes.Refresh()
	p.count()
}

func (p *page) checks() fyne.CanvasObject {
	var boxes []fyne.CanvasObject
	for _, s := range p.sections {
		b := fw.NewCheck(s.Words+"  ("+ui.Number(s.Count)+")", nil)
		b.Checked = p.chosen[s.Kind]
		b.OnChanged = func(on bool) { p.chosen[s.Kind] = on; p.count() }
		boxes = append(boxes, b)
	}
	return widget.Columns(300, 2, 2, boxes...)
}

// protections are the ways to protect a package.
func (p *page) protections() fyne.CanvasObject {
	words := protectionWords()
	choice := fw.NewRadioGroup(words, nil)
	choice.Required = true
	for i, k := range kinds {
		if k == p.kind {
			choice.SetSelected(words[i])
		}
	}
	choice.OnChanged = func(s string) {
		for i, w := range words {
			if w == s {
				p.protect(kinds[i])
			}
		}
	}
	return choice
}

// protect chooses a protection; a name that nobody chose follows it.
func (p *page) protect(kind wrap.Kind) {
	suggested := p.folder.Text == p.suggested
	bare := strings.TrimSuffix(p.folder.Text, p.kind.Ending())
	p.kind = kind
	p.folder.SetText(free(bare+kind.Ending(), taken))
	if suggested {
		p.suggested = p.folder.Text
	}
}

func (p *page) count() {
	n := 0
	for _, on := range p.held {
		if on {
			n++
		}
	}
	p.leaving.Set(leaving(p.sections, p.chosen, n))
}

func (p *page) chooseFolder() {
	p.env.Ask(ui.Asked{Title: lang.L("Where to put it"), Act: lang.L("Put it here"), Folder: true}, func(dir string) {
		p.folder.SetText(free(filepath.Join(dir, filepath.Base(p.folder.Text)), taken))
	})
}

func (p *page) say(text string) {
	p.note.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, "", text)}
	p.note.Refresh()
}

// problem says what keeps the package from being made; "" when nothing does.
func (p *page) problem() string {
	any := false
	for _, on := range p.chosen {
		any = any || on
	}
	switch {
	case !any:
		return lang.L("Choose at least one section.")
	case p.sinceLast && strings.TrimSpace(p.recipient.Text) == "":
		return lang.L("Say who it is for: only what is new for whom?")
	case p.folder.Text == "" || taken(p.folder.Text):
		return lang.L("Choose a name that is not there yet.")
	}
	return ""
}

// request is what the form asks for.
func (p *page) request() disclose.Request {
	r := disclose.Request{Scope: scope(p.env.Person, p.sections, p.chosen, p.held, p.recipient.Text), Preset: disclose.Presets[p.preset].Name, SinceLast: p.sinceLast}
	for _, c := range disclose.Categories {
		if p.kept[c.Name] {
			r.HoldBack = append(r.HoldBack, c.Name)
		}
	}
	return r
}

// submit shows what would leave.
func (p *page) submit() {
	if s := p.problem(); s != "" {
		p.say(s)
		return
	}
	p.note.Objects = nil
	p.look(p.request())
}
