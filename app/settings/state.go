package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// showState says whether the record is sound and what can be done where it is
// not.
func (p *page) showState(done ...fyne.CanvasObject) {
	p.shown = ui.SettingsState
	h := p.env.Health()
	rows := problemRows(p.env.Vault.Damage(), p.env.Vault.Notices(), h)
	content := append(done, p.verdict(h, rows), p.stateButtons(h))
	for _, r := range rows {
		content = append(content, widget.Card(r.Title, nil, widget.Column(4, widget.Words(r.Text), widget.Caption(r.File))))
	}
	back := fw.NewButton(lang.L("All settings"), func() { p.showAll() })
	p.set(frame(lang.L("Is the record sound?"), append(content, container.NewHBox(back))...))
}

// verdict is the answer in a sentence.
func (p *page) verdict(h ui.Health, rows []problemRow) fyne.CanvasObject {
	tone, what, next := verdict(p.env.ReadOnly, h, rows, p.env.Now())
	return widget.Banner(tone, what, next)
}

func (p *page) stateButtons(h ui.Health) fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	if len(h.Problems()) > 0 && !p.env.ReadOnly {
		b := fw.NewButton(lang.L("Put it right"), p.repair)
		b.Importance = fw.HighImportance
		buttons = append(buttons, b)
	}
	buttons = append(buttons,
		fw.NewButton(lang.L("Check now"), func() { p.check(false) }),
		fw.NewButton(lang.L("Check every file too"), func() { p.check(true) }))
	if p.env.ReadOnly {
		buttons = append(buttons, fw.NewButton(lang.L("Copy what can be read…"), p.copyOut), fw.NewButton(lang.L("Put a backup back…"), p.putBack))
	}
	return container.NewHBox(buttons...)
}

// putBack leads to putting a backup back, beginning with the newest that is there.
func (p *page) putBack() {
	ui.Load(p.env.Ctx, p.env.Work, p.fetchBackups, func(b backups, _ error) {
		path := ""
		for _, x := range b.list {
			if path == "" && !b.gone[x.Path] && x.Lacking == 0 {
				path = x.Path
			}
		}
		p.env.PutBack(path)
	})
}

// check reads the record now, with progress and a way to stop.
func (p *page) check(deep bool) {
	during(p, lang.L("Checking the record"), func(ctx context.Context, progress func(done, total int64)) (vault.Report, error) {
		return p.env.Vault.Check(ctx, deep, progress)
	}, func(r vault.Report, err error) {
		if err == nil {
			p.env.Checked(ui.Health{At: p.env.Now(), Deep: deep, Report: r})
		}
		p.showState(p.failed(err)...)
	})
}

// repair puts right what a check found.
func (p *page) repair() {
	during(p, lang.L("Putting the record right"), p.env.Vault.Repair, func(r vault.Report, err error) {
		if err != nil {
			p.showState(p.failed(err)...)
			return
		}
		p.env.Checked(ui.Health{At: p.env.Now(), Report: r})
		if r.Sound() {
			p.showState(widget.Banner(ui.Good, lang.L("It is put right."), lang.L("The record was read again as a whole, and nothing is missing.")))
			return
		}
		p.showState(widget.Banner(ui.Care, lang.L("Some of it is left."), lang.L("Lock the record and open it again: what can be built again is built then. If it is still there after that, put a backup back into a new folder.")))
	})
}

// failed is what to say of an error; nothing for none.
func (p *page) failed(err error) []fyne.CanvasObject {
	if err == nil {
		return nil
	}
	t := ui.Explain(err)
	return []fyne.CanvasObject{widget.Banner(ui.Care, t.What, t.Next)}
}

// part is how far something has come.
type part struct{ done, total int64 }

// during does something that takes its time, with progress and a way to stop.
// The record does not lock itself for idleness meanwhile; a lock stops it.
func during[T any](p *page, title string, do func(context.Context, func(done, total int64)) (T, error), done func(T, error)) {
	if p.working {
		return
	}
	ctx, cancel := context.WithCancel(p.env.Ctx)
	bar := fw.NewProgressBar()
	stop := fw.NewButtonWithIcon(lang.L("Cancel"), theme.CancelIcon(), cancel)
	p.set(frame(title, widget.Card("", nil, widget.Column(12, bar, container.NewCenter(stop)))))
	progress := ui.Throttled(p.env.Work, func(x part) {
		if x.total > 0 {
			bar.SetValue(float64(x.done) / float64(x.total))
		}
	})
	p.env.Touch(true)
	p.working = true
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (T, error) {
		return do(ctx, func(done, total int64) { progress(part{done, total}) })
	}, func(v T, err error) {
		cancel()
		p.env.Touch(false)
		p.working = false
		if p.env.Ctx.Err() == nil {
			done(v, err)
		}
	})
}

// problemRow is one thing that is wrong, was wrong, or is missing.
type problemRow struct{ Title, Text, File string }

// problemRows are what a rescue lacks, what a check found, and what opening
// found, in this order and each once.
func problemRows(damage, notices []vault.Problem, h ui.Health) []problemRow {
	var out []problemRow
	seen := map[string]bool{}
	add := func(title string, list []vault.Problem) {
		for _, x := range list {
			text := ui.Notice(x)
			if n := len(x.Records); n > 0 {
				text += " " + lang.N("{{.Count}} entries are touched.", n, map[string]any{"Count": ui.Number(n)})
			}
			if !seen[x.File+text] {
				seen[x.File+text] = true
				out = append(out, problemRow{title, text, record.Visible(x.File)})
			}
		}
	}
	add(lang.L("Missing or damaged"), damage)
	add(lang.L("Found by the check"), h.Problems())
	add(lang.L("Found when the record was opened"), notices)
	return out
}
