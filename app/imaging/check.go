package imaging

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/readback"
	"github.com/carnet-phr/carnet/vault/record"
)

// reader reads images back; told may be called from any goroutine.
type reader func(ctx context.Context, told func(done, total int)) (readback.Report, error)

// checkStudy reads every image of a study back.
func checkStudy(env *ui.Env, r studyRow) {
	var items []readback.Item
	refs := &exchange.References{}
	for _, s := range seriesOf(r.study) {
		for _, i := range s.Series.Instance {
			for _, h := range i.Files() {
				name := lang.L("{{.Series}}, image {{.Number}}", map[string]any{"Series": s.title(), "Number": record.Visible(i.Number)})
				items = append(items, readback.Item{Name: name, Open: opens(env.Vault, refs, i, h)})
			}
		}
	}
	check(env, lang.L("Check of every image: {{.Study}}", map[string]any{"Study": record.Visible(r.Title)}), func(ctx context.Context, told func(done, total int)) (readback.Report, error) {
		return readback.Check(ctx, env.Children, items, told)
	})
}

// check shows how reading goes, and what came of it.
func check(env *ui.Env, title string, read reader) {
	ctx, cancel := context.WithCancel(env.Ctx)
	bar := fw.NewProgressBar()
	count := widget.NewLine(lang.L("One moment…"), "", "")
	box := container.NewStack(widget.Inset(12, 12, 8, 8, widget.Column(10, widget.Words(lang.L("Every file is read to its end, and every image is taken apart. Nothing is changed.")), count, bar)))
	d := dialog.NewCustom(title, lang.L("Cancel"), box, env.Window)
	size := env.Window.Canvas().Size()
	d.Resize(fyne.NewSize(min(720, size.Width-80), min(520, size.Height-80)))
	ended := false
	env.Touch(true)
	ui.Show(env.Window, d, func() {
		cancel()
		if !ended {
			ended = true
			env.Touch(false)
		}
	})
	type state struct{ done, total int }
	told := ui.Throttled(env.Work, func(s state) {
		if ctx.Err() == nil && s.total > 0 {
			count.Set(lang.L("{{.Done}} of {{.All}} files", map[string]any{"Done": ui.Number(s.done), "All": ui.Number(s.total)}))
			bar.SetValue(float64(s.done) / float64(s.total))
		}
	})
	ui.Load(ctx, env.Work, func(ctx context.Context) (readback.Report, error) {
		return read(ctx, func(done, total int) { told(state{done, total}) })
	}, func(r readback.Report, err error) {
		if !ended {
			ended = true
			env.Touch(false)
		}
		d.SetDismissText(lang.L("Close"))
		if err != nil {
			t := trouble(err)
			box.Objects = []fyne.CanvasObject{widget.Inset(12, 12, 8, 8, widget.Banner(ui.Care, lang.L("The check did not end."), t.Next))}
		} else {
			box.Objects = []fyne.CanvasObject{container.NewVScroll(widget.Inset(12, 12, 8, 16, widget.Column(12, checkedObjects(r)...)))}
		}
		box.Refresh()
	})
}

// verdict is what came of a check: a tone, a head and words.
func verdict(r readback.Report) (tone ui.Tone, head, words string) {
	counts := lang.N("{{.Count}} files were read to their ends", r.Files, map[string]any{"Count": r.Files}) + ", " +
		lang.N("{{.Count}} images were taken apart", r.Images, map[string]any{"Count": r.Images}) + "."
	switch {
	case r.Files+len(r.Bad) == 0:
		return ui.Care, lang.L("There is nothing to read."), lang.L("Is the disc in the drive?")
	case !r.Good():
		return ui.Alarm, lang.L("Not everything is good."), counts + " " + lang.L("Ask for what is damaged or missing anew, and keep the disc.")
	case len(r.Kept) > 0:
		return ui.Good, lang.L("All files are whole."), counts + " " + lang.L("Some are packed in a way that Carnet does not take apart: whether they can be shown is not known.")
	}
	return ui.Good, lang.L("All is good."), counts
}

// checkedObjects is a report for people.
func checkedObjects(r readback.Report) []fyne.CanvasObject {
	out := []fyne.CanvasObject{widget.Banner(verdict(r))}
	for _, part := range []struct {
		head string
		list []readback.Finding
	}{{lang.L("Damaged"), r.Bad}, {lang.L("Missing"), r.Missing}, {lang.L("Kept, not taken apart"), r.Kept}} {
		if len(part.list) == 0 {
			continue
		}
		out = append(out, widget.Subheading(part.head))
		const most = 200 // more are counted
		for n, f := range part.list {
			if n == most {
				out = append(out, widget.MutedWords(lang.L("and {{.Count}} more", map[string]any{"Count": ui.Number(len(part.list) - most)})))
				break
			}
			out = append(out, widget.Facts(widget.Fact{Label: record.Visible(f.Name), Value: f.Why}))
		}
	}
	return out
}
