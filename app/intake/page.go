package intake

import (
	"bytes"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/arrive"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// page goes from choosing files over looking at them to the receipt.
type page struct {
	env    *ui.Env
	body   *fyne.Container
	past   *widget.View
	cancel context.CancelFunc // of the reading or filing under way; nil when none is
	batch  *exchange.Batch
	done   func() // closes what batch is read from
	refer  bool   // images stay where they are

	open  draft // what is under way
	left  draft // what was under way when the record was locked
	asked bool  // left is known
}

// New makes the page. Leaving it does not interrupt an import.
func New(env *ui.Env, _ ui.Route) ui.Page {
	p := &page{env: env, body: container.NewStack(), past: widget.NewView()}
	p.showIdle("")
	p.loadDraft()
	return ui.Page{Content: p.body, Drop: p.bring, Draft: p.draft, Stay: func() bool { return p.cancel != nil || p.batch != nil }}
}

func (p *page) set(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// frame is a readable column with a heading.
func frame(title string, content ...fyne.CanvasObject) fyne.CanvasObject {
	column := widget.Column(14, append([]fyne.CanvasObject{widget.Heading(title)}, content...)...)
	return container.NewVScroll(widget.Centred(860, widget.Inset(18, 24, 24, 24, column)))
}

// drop lets go of the batch.
func (p *page) drop() {
	if p.done != nil {
		p.done()
	}
	p.batch, p.done = nil, nil
}

// showIdle waits for files; problem is said above, when there is one.
func (p *page) showIdle(problem string) {
	p.drop()
	p.open = draft{}
	var content []fyne.CanvasObject
	if problem != "" {
		content = append(content, widget.Banner(ui.Care, "", problem))
	}
	if len(p.left.Paths) > 0 {
		content = append(content, p.offer())
	}
	content = append(content, p.dropZone(), widget.Subheading(lang.L("Brought in before")), p.past.Object)
	p.set(frame(lang.L("Bring in files"), content...))
	p.loadPast()
}

func (p *page) dropZone() fyne.CanvasObject {
	files := fw.NewButtonWithIcon(lang.L("Choose a file…"), theme.FileIcon(), p.chooseFile)
	files.Importance = fw.HighImportance
	folder := fw.NewButtonWithIcon(lang.L("Choose a folder…"), theme.FolderOpenIcon(), p.chooseFolder)
	icon := fw.NewIcon(theme.NewPrimaryThemedResource(theme.DownloadIcon()))
	high := canvas.NewRectangle(nil)
	high.SetMinSize(fyne.NewSize(0, 40))
	title := widget.Subheading(lang.L("Drop files anywhere on this window"))
	title.Align = fyne.TextAlignCenter
	hint := widget.Caption(lang.L("Records from hospitals, doctors and health apps, letters, PDF files, pictures. Nothing is filed before you have looked at it."))
	hint.Align = fyne.TextAlignCenter
	inside := widget.Column(10, container.NewStack(high, icon), title, hint, container.NewCenter(container.NewHBox(files, folder)))
	return container.NewStack(widget.NewGround(ui.ColorPanel, theme.ColorNamePrimary, 12), widget.Inset(26, 28, 20, 20, inside))
}

func (p *page) chooseFile() {
	p.env.Ask(ui.Asked{Title: lang.L("Bring in files")}, func(path string) { p.bring([]string{path}) })
}

func (p *page) chooseFolder() {
	p.env.Ask(ui.Asked{Title: lang.L("Bring in files"), Folder: true}, func(path string) { p.bring([]string{path}) })
}

// bring reads files and folders. While an earlier import is under way it does
// nothing: one at a time.
func (p *page) bring(paths []string) { p.bringAs(draft{Paths: paths}) }

// bringAs is bring for files of which it may be known already whose they are.
func (p *page) bringAs(d draft) { p.read(d, nil) }

// arrived is what was read.
type arrived struct {
	batch *exchange.Batch
	done  func()
}

// read reads files; secret opens a sealed one, and is wiped. Where it is missing or
// does not fit, it is asked for.
func (p *page) read(d draft, secret []byte) {
	if p.cancel != nil || len(d.Paths) == 0 {
		return
	}
	p.open, p.left = d, draft{}
	ctx, bar := p.begin(lang.L("Reading"))
	progress := ui.Throttled(p.env.Work, bar.set)
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (arrived, error) {
		defer ui.Wipe(secret)
		b, done, err := arrive.Read(ctx, p.env.Vault, p.env.Formats, d.Paths, func(string) ([]byte, error) {
			if len(secret) == 0 {
				return nil, arrive.ErrSealed
			}
			return bytes.Clone(secret), nil
		}, exchange.Options{Progress: progress, Answers: d.Answers, Children: p.env.Children})
		return arrived{b, done}, err
	}, func(got arrived, err error) {
		stopped := ctx.Err() != nil
		p.end()
		switch {
		case stopped:
			if got.done != nil {
				got.done()
			}
			p.showIdle(lang.L("Stopped. Nothing was filed."))
		case err != nil && askable(err):
			p.showSealed(d, len(secret) > 0)
		case err != nil:
			t := explain(err)
			p.showIdle(t.What + " " + t.Next)
		case len(got.batch.Receipt.Sources) == 0:
			got.done()
			p.showIdle(lang.L("There are no files in that folder."))
		default:
			p.batch, p.done, p.refer = got.batch, got.done, false
			p.showPreview()
		}
	})
}

// file makes the batch part of the record. A lock does not interrupt it.
func (p *page) file() {
	if p.cancel != nil || p.batch == nil {
		return
	}
	b := p.batch
	ctx, _ := p.beginIn(context.WithoutCancel(p.env.Ctx), lang.L("Filing"))
	release := p.env.Hold()
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (record.Receipt, error) {
		defer release()
		r, err := b.Commit(ctx)
		if err == nil {
			p.env.Drafts.Keep(ui.Draft{Name: ui.IntakeDraft})
		}
		return r, err
	}, func(r record.Receipt, err error) {
		stopped := ctx.Err() != nil
		p.end()
		if err == nil {
			p.env.Changed()
		}
		switch {
		case p.env.Ctx.Err() != nil: // locked, or another person's record is shown
		case stopped && err != nil:
			p.showIdle(lang.L("Stopped. Nothing was filed."))
		case err != nil:
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
		default:
			p.drop()
			p.open = draft{}
			p.showReceipt(r, true)
		}
	})
}

// assign answers whose record it is.
func (p *page) assign(choice exchange.PersonChoice) {
	b := p.batch
	p.open.Answer = choice
	ctx, _ := p.begin(lang.L("Comparing with what is there already"))
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (struct{}, error) { return struct{}{}, b.Assign(ctx, choice) }, func(_ struct{}, err error) {
		p.end()
		if err != nil && ctx.Err() != nil {
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
			return
		}
		p.showFound()
	})
}

// begin shows progress with a way to stop, and keeps the record from locking
// itself meanwhile.
func (p *page) begin(title string) (context.Context, *progress) { return p.beginIn(p.env.Ctx, title) }

func (p *page) beginIn(ctx context.Context, title string) (context.Context, *progress) {
	ctx, cancel := context.WithCancel(ctx)
	p.cancel = cancel
	p.env.Touch(true)
	bar := newProgress()
	stop := fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), cancel)
	p.set(frame(title, widget.Card("", nil, widget.Column(12, bar.object, container.NewCenter(stop)))))
	return ctx, bar
}

func (p *page) end() {
	p.cancel()
	p.cancel = nil
	p.env.Touch(false)
}

// progress is a bar with words above it.
type progress struct {
	object fyne.CanvasObject
	words  *widget.Line
	count  *widget.Line
	bar    *fw.ProgressBar
	open   *fw.ProgressBarInfinite
}

func newProgress() *progress {
	b := &progress{words: widget.NewLine(lang.L("One moment…"), "", ""), count: widget.Caption(""), bar: fw.NewProgressBar(), open: fw.NewProgressBarInfinite()}
	b.bar.Hide()
	b.object = widget.Column(8, b.words, container.NewStack(b.bar, b.open), b.count)
	return b
}

func (b *progress) set(p exchange.Progress) {
	b.words.Set(stage(p))
	if p.Records > 0 {
		b.count.Set(lang.L("{{.Count}} found so far", map[string]any{"Count": ui.Entries(p.Records)}))
	}
	if f := fraction(p); f >= 0 {
		b.open.Hide()
		b.bar.Show()
		b.bar.SetValue(f)
	} else {
		b.bar.Hide()
		b.open.Show()
	}
}

// loadPast lists what was brought in before.
func (p *page) loadPast() {
	p.past.Loading(lang.L("One moment…"))
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) ([]record.Receipt, error) { return p.env.Vault.Imports(ctx) }, func(rs []record.Receipt, err error) {
		switch {
		case err != nil:
			p.past.Failed(ui.Explain(err), p.loadPast)
		case len(rs) == 0:
			p.past.Ready(widget.MutedWords(lang.L("Nothing yet. Each time you bring files in, what became of every entry is written down here.")))
		default:
			p.past.Ready(p.pastList(history(rs, p.env.Person)))
		}
	})
}

func (p *page) pastList(rs []record.Receipt, others int) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, r := range rs {
		rows = append(rows, func() fyne.CanvasObject {
			v := widget.NewRowView()
			v.Set(historyEntry(r))
			return container.NewStack(widget.NewGround(ui.ColorPanel, ui.ColorBorder, 8), widget.NewPressed(v, func() { p.showReceipt(r, false) }))
		})
	}
	if others > 0 {
		rows = append(rows, func() fyne.CanvasObject {
			return widget.MutedWords(lang.N("{{.Count}} more for other people, whom you can choose above.", others, map[string]any{"Count": ui.Number(others)}))
		})
	}
	return widget.Unrolled(8, rows)
}
