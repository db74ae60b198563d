package records

import (
	"context"

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

// fragmentLimit is how much of an original is shown beside an entry, in bytes.
const fragmentLimit = 64 << 10

// showOriginal shows the verbatim text of a statement at its place.
func (d *detail) showOriginal(o origin) {
	view := widget.NewView()
	save := fw.NewButtonWithIcon(lang.L("Save a copy of the file…"), theme.DocumentSaveIcon(), func() { ui.SaveCopy(d.env, o.Provenance.Original) })
	box := container.NewBorder(widget.Inset(0, 8, 0, 0, widget.Facts(o.Facts[:min(2, len(o.Facts))]...)), container.NewHBox(save), nil, nil, view.Object)
	win := dialog.NewCustom(lang.L("In the original, exactly as it stands there"), lang.L("Close"), box, d.env.Window)
	size := d.env.Window.Canvas().Size()
	win.Resize(fyne.NewSize(min(900, size.Width-80), min(620, size.Height-80)))
	ui.Show(d.env.Window, win, nil)
	ui.Load(d.env.Ctx, d.env.Work, func(ctx context.Context) ([]byte, error) {
		return d.env.Vault.Fragment(ctx, o.Provenance, fragmentLimit)
	}, func(b []byte, err error) {
		switch {
		case err != nil:
			view.Failed(ui.Explain(err), nil)
		case len(b) == 0:
			view.Empty(lang.L("The whole file is the original"), lang.L("This entry names no single place in it. Save a copy to open it in another program."))
		case !widget.IsText(b):
			view.Empty(lang.L("This file is not text"), lang.L("Save a copy to open it in another program."))
		default:
			view.Ready(container.NewStack(widget.NewGround(ui.ColorPlain, "", 7), widget.Inset(8, 8, 8, 8, widget.Original(string(b)))))
		}
	})
}

// files are the files that an entry carries, each with a button to save it.
func (d *detail) files(r record.Record) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, a := range exchange.Attachments(r.Resource) {
		if a.Hash == "" {
			continue
		}
		name := widget.NewLine(a.String(), "", "")
		save := fw.NewButtonWithIcon(lang.L("Save a copy of the file…"), theme.DocumentSaveIcon(), func() { ui.SaveCopy(d.env, a.Hash) })
		out = append(out, container.NewBorder(nil, nil, fw.NewIcon(theme.FileIcon()), save, container.NewCenter(name)))
		name.Whole = true
	}
	return out
}
