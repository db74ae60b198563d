package unlock

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// way is something that can be done about a record that does not open.
type way string

const (
	openOlder  way = "older"   // take it for the newest
	openRescue way = "rescue"  // what can be read, for reading only
	putBack    way = "restore" // a backup
)

// ways are what can be done about err, the best first.
func ways(err error) []way {
	switch {
	case errors.Is(err, vault.ErrOlder):
		return []way{openOlder}
	case errors.Is(err, vault.ErrDamaged):
		return []way{openRescue, putBack}
	case errors.Is(err, vault.ErrReadOnly):
		return []way{openRescue}
	case errors.Is(err, vault.ErrNotVault):
		return []way{putBack}
	}
	return nil
}

// open opens the record the way that was chosen; "" is the usual one.
func (w way) open(ctx context.Context, dir string, secret []byte, options vault.Options) (*vault.Vault, error) {
	if w == openRescue {
		return vault.Rescue(ctx, dir, secret, options)
	}
	options.AcceptOlder = w == openOlder
	return vault.Open(ctx, dir, secret, options)
}

// failed says why the record does not open and offers what can be done. The
// secret stays where it was right and the next step needs it.
func (o *opener) failed(err error) {
	t := ui.Explain(err)
	var below []fyne.CanvasObject
	if s := ui.DamageDetail(err); s != "" {
		below = append(below, widget.MutedWords(s))
	}
	if s := ui.SyncHint(o.dir, err); s != "" {
		below = append(below, widget.MutedWords(s))
	}
	var buttons []fyne.CanvasObject
	for _, w := range ways(err) {
		buttons = append(buttons, o.button(w))
	}
	if len(buttons) > 0 {
		below = append(below, widget.Inset(4, 0, 0, 0, container.NewVBox(buttons...)))
	}
	o.note.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, t.What, t.Next, below...)}
	o.note.Refresh()
	if len(buttons) == 0 {
		o.pass.SetText("")
	}
	if w := o.gate.Window; w != nil {
		w.Canvas().Focus(o.pass)
	}
}

func (o *opener) button(w way) fyne.CanvasObject {
	switch w {
	case openOlder:
		return fw.NewButton(lang.L("Open this older state"), func() { o.try(openOlder) })
	case openRescue:
		return fw.NewButton(lang.L("Open what can be read"), func() { o.try(openRescue) })
	default:
		return fw.NewButton(lang.L("Put a backup back…"), func() { o.gate.StartRestore("", o.dir) })
	}
}
