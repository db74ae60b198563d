package intake

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
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// planUndo finds out what taking an import back would do, and asks.
func (p *page) planUndo(r record.Receipt) {
	if p.cancel != nil {
		return
	}
	ctx, _ := p.begin(lang.L("Comparing with what is there already"))
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (*exchange.Undoing, error) {
		return exchange.PlanUndo(ctx, p.env.Vault, r.Import)
	}, func(u *exchange.Undoing, err error) {
		p.end()
		if err != nil {
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
			return
		}
		p.askUndo(u)
	})
}

// askUndo says what goes before it goes.
func (p *page) askUndo(u *exchange.Undoing) {
	leave := fw.NewButton(lang.L("Leave it as it is"), func() { p.showReceipt(u.Receipt, false) })
	buttons := container.NewHBox(leave)
	content := []fyne.CanvasObject{widget.MutedWords(undoWords(u))}
	if slices.Contains(u.Gone, p.env.Person) {
		content = append(content, widget.Banner(ui.Care, "", lang.L("Nothing of this person would be left. Choose another person above first.")))
	} else {
		take := fw.NewButtonWithIcon(lang.L("Take it back"), theme.DeleteIcon(), func() { p.undo(u) })
		take.Importance = fw.DangerImportance
		buttons = container.NewHBox(take, leave)
	}
	for _, r := range u.Noted {
		content = append(content, widget.Banner(ui.Care, "", lang.L("Your own note on “{{.Title}}” goes with it.", map[string]any{"Title": r.Summary().Title})))
	}
	p.set(frame(lang.L("Take back what was brought in?"), append(content, buttons)...))
}

// undoWords is what taking an import back does, in a sentence or three.
func undoWords(u *exchange.Undoing) string {
	words := lang.L("{{.Count}} go, with the files that nothing else refers to.", map[string]any{"Count": ui.Entries(len(u.Gone))})
	if u.Stay > 0 {
		words += " " + lang.L("{{.Count}} stay, as your other files state them.", map[string]any{"Count": ui.Entries(u.Stay)})
	}
	if u.Restored > 0 {
		words += " " + lang.L("{{.Count}} that it had corrected or withdrawn stand again.", map[string]any{"Count": ui.Entries(u.Restored)})
	}
	return words
}

// undo takes an import back. A lock does not interrupt it.
func (p *page) undo(u *exchange.Undoing) {
	if p.cancel != nil {
		return
	}
	ctx, _ := p.beginIn(context.WithoutCancel(p.env.Ctx), lang.L("Taking it back"))
	release := p.env.Hold()
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (struct{}, error) {
		defer release()
		return struct{}{}, u.Commit(ctx)
	}, func(_ struct{}, err error) {
		p.end()
		if err == nil {
			p.env.Changed()
		}
		switch {
		case p.env.Ctx.Err() != nil: // locked, or another person's record is shown
		case err != nil:
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
		default:
			p.showIdle(lang.L("Taken back."))
		}
	})
}
