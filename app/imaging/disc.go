package imaging

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/exchange/readback"
)

// discButton asks for a disc to read back.
func (p *page) discButton() fyne.CanvasObject {
	b := fw.NewButtonWithIcon(lang.L("Check a disc…"), theme.StorageIcon(), func() {
		p.env.Ask(ui.Asked{Title: lang.L("Check of a disc"), Act: lang.L("Check"), Folder: true}, p.checkDisc)
	})
	return b
}

// checkDisc reads a disc or a folder back. Nothing of it is filed.
func (p *page) checkDisc(path string) {
	env := p.env
	check(env, lang.L("Check of a disc"), func(ctx context.Context, told func(done, total int)) (readback.Report, error) {
		return readback.Disc(ctx, env.Children, path, told)
	})
}
