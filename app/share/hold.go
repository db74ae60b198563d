package share

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// holdBack opens the list in which single entries are held back.
func (p *page) holdBack() fyne.CanvasObject {
	b := fw.NewButton(lang.L("Hold single entries back…"), p.showHold)
	return container.NewHBox(b)
}

// showHold lists every entry that would leave, each with a box.
func (p *page) showHold() {
	view := widget.NewView()
	note := widget.MutedWords(lang.L("What you tick stays here, and so does every file that mentions it. The doctor is told that some entries were withheld, not which."))
	box := container.NewBorder(widget.Inset(0, 8, 0, 0, note), nil, nil, nil, view.Object)
	d := dialog.NewCustom(lang.L("Hold single entries back"), lang.L("Done"), box, p.env.Window)
	size := p.env.Window.Canvas().Size()
	d.Resize(fyne.NewSize(min(720, size.Width-80), min(600, size.Height-80)))
	ui.Show(p.env.Window, d, p.count)
	ui.Load(p.env.Ctx, p.env.Work, p.candidates, func(list []ui.Entry, err error) {
		if err != nil {
			view.Failed(ui.Explain(err), nil)
			return
		}
		view.Ready(p.holdList(list))
	})
}

func (p *page) candidates(ctx context.Context) ([]ui.Entry, error) {
	var out []ui.Entry
	for _, s := range p.sections {
		if !p.chosen[s.Kind] {
			continue
		}
		for r, err := range p.env.Vault.Query(ctx, record.Filter{Person: p.env.Person, Kind: s.Kind}) {
			if err != nil {
				return nil, err
			}
			if ui.Listed(r) {
				out = append(out, ui.EntryOf(r))
			}
		}
	}
	return out, nil
}

func (p *page) holdList(list []ui.Entry) fyne.CanvasObject {
	return fw.NewList(
		func() int { return len(list) },
		func() fyne.CanvasObject {
			return container.NewBorder(nil, nil, fw.NewCheck("", nil), nil, widget.NewRowView())
		},
		func(i int, o fyne.CanvasObject) {
			objects := o.(*fyne.Container).Objects
			row, check := objects[0].(*widget.RowView), objects[1].(*fw.Check)
			e := list[i]
			row.Set(e)
			check.OnChanged = nil
			check.SetChecked(p.held[e.ID])
			check.OnChanged = func(on bool) { p.held[e.ID] = on }
		},
	)
}
