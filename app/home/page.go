package home

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

type page struct {
	env   *ui.Env
	view  *widget.View
	last  shown
	ready bool
}

// New makes the home page.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, view: widget.NewView()}
	p.load()
	return ui.Page{Content: p.view.Object, Refresh: p.refresh}
}

// refresh shows what a check has found meanwhile.
func (p *page) refresh() {
	if p.ready {
		p.view.Ready(p.layout(p.last))
	}
}

// shown is all the page shows.
type shown struct {
	patient  *record.Patient
	name     string
	record   overview.Page
	arrivals []arrival
	standing standing
}

func (p *page) load() {
	p.view.Loading(lang.L("One moment…"))
	ui.Load(p.env.Ctx, p.env.Work, p.fetch, func(o shown, err error) {
		if err != nil {
			p.view.Failed(ui.Explain(err), p.load)
			return
		}
		p.show(o)
		if o.record.Noticed == nil {
			ui.Load(p.env.Ctx, p.env.Work, p.notice, func(o shown, err error) {
				if err == nil { // else the next look tells: what is shown is right
					p.show(o)
				}
			})
		}
	})
}

func (p *page) show(o shown) {
	p.last, p.ready = o, true
	p.view.Ready(p.layout(o))
}

func (p *page) fetch(ctx context.Context) (shown, error) {
	glance, err := overview.Glance(ctx, p.env.Vault, p.env.Person)
	if err != nil {
		return shown{}, err
	}
	return p.around(ctx, glance)
}

// notice looks at all records, for what only all of them tell.
func (p *page) notice(ctx context.Context) (shown, error) {
	whole, err := overview.Notice(ctx, p.env.Vault, p.env.Person)
	if err != nil {
		return shown{}, err
	}
	return p.around(ctx, whole)
}

// around adds what stands around the record.
func (p *page) around(ctx context.Context, r overview.Page) (shown, error) {
	receipts, err := p.env.Vault.Imports(ctx)
	if err != nil {
		return shown{}, err
	}
	patient, ok := r.Person.Resource.(*record.Patient)
	if !ok {
		patient = &record.Patient{}
	}
	st, err := p.fetchStanding(ctx)
	return shown{patient, r.Person.Summary().Title, r, arrivals(receipts, p.env.Person, 3), st}, err
}

func (p *page) layout(o shown) fyne.CanvasObject {
	bring := fw.NewButtonWithIcon(lang.L("Bring in files"), theme.DownloadIcon(), func() { p.env.Open(ui.Route{Place: ui.BringIn}) })
	bring.Importance = fw.HighImportance
	give := fw.NewButtonWithIcon(lang.L("Prepare for a doctor"), theme.MailForwardIcon(), func() { p.env.Open(ui.Route{Place: ui.Share}) })
	both := container.NewHBox(bring, give)
	if p.env.ReadOnly {
		both = container.NewHBox(give)
	}
	buttons := container.NewVBox(layout.NewSpacer(), both, layout.NewSpacer())
	born := widget.NewLine(ui.Born(o.patient, p.env.Now()), "", ui.ColorMuted)
	head := container.NewBorder(nil, nil, nil, buttons, widget.Column(4, widget.Heading(o.name), born))
	content := []fyne.CanvasObject{head}
	if p.env.MadeUp {
		content = append(content, widget.Banner(ui.Calm, lang.L("This record is made up"),
			lang.L("The person and the files are invented. Look around, bring files in, make a package; the record goes when you lock it.")))
	}
	alarms, others := p.noteObjects(o.standing)
	content = append(content, alarms...)
	if len(o.arrivals) == 0 && o.record.Allergies.Empty() && o.record.Medicines.Empty() && o.record.Problems.Empty() {
		content = append(append(content, others...), p.welcome())
	} else {
		content = append(content, p.allergies(banner(o.record)))
		content = append(append(content, others...), p.columns(o))
	}
	if !p.env.MadeUp && !p.env.ReadOnly {
		content = append(content, widget.Caption(soundness(p.env.Health(), o.standing.Last, p.env.Now())))
	}
	return container.NewVScroll(widget.Centred(1080, widget.Inset(18, 24, 24, 24, widget.Column(16, content...))))
}

// welcome stands where the record will be.
func (p *page) welcome() fyne.CanvasObject {
	steps := widget.Column(8,
		widget.Words(lang.L("1.  Ask your hospital, doctor or health app for your record as a file. Many have a “Download my record” button.")),
		widget.Words(lang.L("2.  Drop the file anywhere on this window, or choose “Bring in files”.")),
		widget.Words(lang.L("3.  Before your next visit, choose “Prepare for a doctor”.")))
	return widget.Card(lang.L("Your record is ready and empty"), nil, steps)
}

func (p *page) allergies(a allergies) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, e := range a.Lines {
		lines = append(lines, p.entry(e))
	}
	if len(lines) == 0 {
		return widget.Banner(a.Tone, a.Title, a.Words)
	}
	return widget.Banner(a.Tone, a.Title, a.Words, widget.Columns(320, 3, 40, lines...))
}

func (p *page) columns(o shown) fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range cards(o.record) {
		all = append(all, p.card(c))
	}
	all = append(all, p.arrived(o.arrivals))
	for _, r := range remarks(o.record) {
		all = append(all, p.remarks(r))
	}
	return widget.Columns(380, 2, 16, all...)
}

func (p *page) card(c card) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if c.Words != "" {
		parts = append(parts, widget.MutedWords(c.Words))
	}
	for i, e := range c.Lines {
		var course clinic.Plot
		if i < len(c.Plots) {
			course = c.Plots[i]
		}
		parts = append(parts, p.entryWith(e, course))
	}
	if c.More != "" {
		parts = append(parts, widget.MutedWords(c.More))
	}
	all := fw.NewHyperlink(lang.L("Show all"), nil)
	all.OnTapped = func() { p.env.Open(c.All) }
	return widget.Card(c.Title, widget.Flush(all), widget.Column(2, parts...))
}

func (p *page) entry(e ui.Entry) fyne.CanvasObject { return p.entryWith(e, clinic.Plot{}) }

// entryWith is an entry, and how it went over time.
func (p *page) entryWith(e ui.Entry, course clinic.Plot) fyne.CanvasObject {
	row := widget.NewRowView()
	row.Set(e)
	row.SetCourse(course)
	pressed := widget.NewPressed(row, func() { p.env.Open(ui.Route{Place: ui.Records, Kind: e.Kind, ID: e.ID}) })
	return widget.Inset(0, 0, -12, -12, pressed)
}

func (p *page) arrived(list []arrival) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, a := range list {
		parts = append(parts, widget.Inset(5, 5, 0, 0, widget.Column(3, widget.NewLine(a.Title, "", ""), widget.Caption(a.Text))))
	}
	if len(parts) == 0 {
		parts = append(parts, widget.MutedWords(lang.L("Nothing has been brought in yet.")))
	}
	all := fw.NewHyperlink(lang.L("Show all"), nil)
	all.OnTapped = func() { p.env.Open(ui.Route{Place: ui.BringIn}) }
	return widget.Card(lang.L("What came in last"), widget.Flush(all), widget.Column(2, parts...))
}
