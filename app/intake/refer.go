package intake

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// referChoice asks whether images are copied into the record or stay where they
// are; nil where there are none to ask for.
func (p *page) referChoice() fyne.CanvasObject {
	n := p.batch.Referable()
	if n == 0 {
		return nil
	}
	copied := lang.L("Copy the images into the record: sealed, backed up, and there for a doctor")
	stay := lang.L("Leave the images where they are, and keep only a reference: they are lost when that disc or folder is")
	g := fw.NewRadioGroup([]string{copied, stay}, nil)
	g.Required = true
	g.SetSelected(copied)
	if p.refer {
		g.SetSelected(stay)
	}
	g.OnChanged = func(s string) {
		p.refer = s == stay
		p.rereckon()
	}
	return widget.Card(lang.N("{{.Count}} images", n, map[string]any{"Count": n}), nil, g)
}

// rereckon puts the batch together as the choice says.
func (p *page) rereckon() {
	if p.cancel != nil || p.batch == nil {
		return
	}
	b, refer := p.batch, p.refer
	ctx, _ := p.begin(lang.L("Reading"))
	ui.Do(ctx, p.env.Work, func(ctx context.Context) (bool, error) {
		return true, b.Refer(ctx, refer)
	}, func(_ bool, err error) {
		stopped := ctx.Err() != nil
		p.end()
		switch {
		case stopped:
			p.showIdle(lang.L("Stopped. Nothing was filed."))
		case err != nil:
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
		default:
			p.showPreview()
		}
	})
}
