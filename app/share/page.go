package share

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// page asks for whom and what, makes the package and shows the result.
type page struct {
	env       *ui.Env
	body      *fyne.Container
	sections  []section
	chosen    map[record.Kind]bool
	held      map[record.ID]bool
	recipient *fw.Entry
	folder    *fw.Entry
	leaving   *widget.Line
	make      *fw.Button
	note      *fyne.Container
	working   bool

	suggested string // the folder that nobody chose
	asked     bool   // the form stands as it was left
	made      bool   // a package was made of it
}

// New makes the page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, body: container.NewStack(), chosen: map[record.Kind]bool{}, held: map[record.ID]bool{}, recipient: fw.NewEntry(), folder: fw.NewEntry(), leaving: widget.Caption(""), note: widget.Column(0)}
	p.recipient.SetPlaceHolder(lang.L("Dr Okafor, cardiology (may be left empty)"))
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	p.suggested = free(folder(home, env.Now()), taken)
	p.folder.SetText(p.suggested)
	p.load()
	return ui.Page{Content: p.body, Draft: p.draft, Stay: func() bool { return p.working }}
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func (p *page) set(o fyne.CanvasObject) {
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
			for _, s := range p.sections {
				p.chosen[s.Kind] = true
			}
			p.putBack(l.draft)
			p.asked = true
			p.showForm()
		}
	})
}

// loaded is what the form begins with.
type loaded struct {
	counts map[record.Kind]int
	draft  draft
}

func (p *page) fetch(ctx context.Context) (loaded, error) {
	counts, err := p.env.Vault.Counts(ctx, p.env.Person)
	if err != nil {
		return loaded{}, err
	}
	kept, err := p.env.Drafts.Load(ui.ShareDraft(p.env.Person))
	return loaded{counts, readDraft(kept)}, err
}

func frame(title string, content ...fyne.CanvasObject) fyne.CanvasObject {
	column := widget.Column(14, append([]fyne.CanvasObject{widget.Heading(title)}, content...)...)
	return container.NewVScroll(widget.Centred(760, widget.Inset(18, 24, 24, 24, column)))
}

// showForm asks.
func (p *page) showForm() {
	p.made = false
	p.make = fw.NewButtonWithIcon(lang.L("Make the package"), theme.MailForwardIcon(), p.submit)
	p.make.Importance = fw.HighImportance
	p.recipient.OnSubmitted = func(string) { p.submit() }
	choose := fw.NewButtonWithIcon(lang.L("Change…"), theme.FolderOpenIcon(), p.chooseFolder)
	p.count()
	p.set(frame(lang.L("Prepare for a doctor"),
		widget.MutedWords(lang.L("A folder with one page that opens in any browser, a summary to print, and files for the doctor’s own software. It checks itself before you give it away.")),
		widget.Card(lang.L("Who is it for?"), nil, p.recipient),
		widget.Card(lang.L("What goes along"), nil, widget.Column(8, p.checks(), p.leaving, p.holdBack())),
		widget.Card(lang.L("Where to put it"), nil, widget.Column(6, container.NewBorder(nil, nil, nil, choose, p.folder),
			widget.MutedWords(lang.L("The package is not sealed, so that the doctor can open it. Put it on a stick or hand it over yourself.")))),
		p.note,
		container.NewHBox(p.make),
	))
	p.env.Window.Canvas().Focus(p.recipient)
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
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		p.env.Prefs.ForgetDialogs()
		if err == nil && u != nil {
			p.folder.SetText(free(filepath.Join(u.Path(), filepath.Base(p.folder.Text)), taken))
		}
	}, p.env.Window)
	d.SetConfirmText(lang.L("Put it here"))
	ui.ShowFiles(p.env.Window, d)
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
	case p.env.Write == nil:
		return lang.L("This build of Carnet cannot make packages.")
	case !any:
		return lang.L("Choose at least one section.")
	case p.folder.Text == "" || taken(p.folder.Text):
		return lang.L("Choose a folder that does not exist yet; it will be made.")
	}
	return ""
}

// submit makes the package.
func (p *page) submit() {
	if s := p.problem(); s != "" {
		p.say(s)
		return
	}
	dir := p.folder.Text
	sc := scope(p.env.Person, p.sections, p.chosen, p.held, p.recipient.Text)
	ctx, cancel := context.WithCancel(p.env.Ctx)
	progress := ui.Throttled(p.env.Work, p.busy(cancel))
	p.env.Touch(true)
	p.working = true
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (ui.Package, error) {
		sel, err := exchange.Select(ctx, p.env.Vault, sc, p.env.Now(), p.env.Version)
		if err != nil {
			return ui.Package{}, err
		}
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return ui.Package{}, err
		}
		return p.env.Write(ctx, sel, dir, progress)
	}, func(done ui.Package, err error) {
		stopped := ctx.Err() != nil
		cancel()
		p.env.Touch(false)
		p.working = false
		p.finish(done, err, stopped)
	})
}

// finish shows what came of it, unless the page was left meanwhile.
func (p *page) finish(done ui.Package, err error, stopped bool) {
	switch {
	case p.env.Ctx.Err() != nil:
	case err == nil:
		p.showResult(done)
	case stopped:
		p.showForm()
		p.say(lang.L("Stopped. No package was made."))
	default:
		t := ui.Explain(err)
		p.showForm()
		p.say(t.What + " " + t.Next)
	}
}

// busy shows progress with a way to stop.
func (p *page) busy(cancel func()) func(exchange.Progress) {
	words := widget.NewLine(lang.L("Gathering your record"), "", "")
	bar := fw.NewProgressBarInfinite()
	stop := fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), cancel)
	p.set(frame(lang.L("Making the package"), widget.Card("", nil, widget.Column(12, words, bar, container.NewCenter(stop)))))
	return func(x exchange.Progress) {
		if x.Source != "" {
			words.Set(lang.L("Writing {{.Name}}", map[string]any{"Name": x.Source}))
		} else if x.Stage == "checking" {
			words.Set(lang.L("Opening it again to check it"))
		}
	}
}
