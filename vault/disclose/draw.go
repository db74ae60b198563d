package disclose

import (
	"context"
	"image"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/record"
)

// Drawing gives a selection what draws its originals: in a child process, in this
// one where children is nil.
func Drawing(sel exchange.Selection, children exchange.Children) exchange.Selection {
	sel.Drawer = drawer{sel.OpenOriginal, children}
	return sel
}

// drawer is an [exchange.Drawer].
type drawer struct {
	open     func(context.Context, record.Hash) (io.ReadCloser, error)
	children exchange.Children
}

func (d drawer) Picture(ctx context.Context, h record.Hash, side int) (image.Image, error) {
	drawn, _, err := document.Draw(ctx, d.children, paper.File{Open: func(ctx context.Context) (io.ReadCloser, error) { return d.open(ctx, h) }})
	if err != nil {
		return nil, err
	}
	return view.Thumbnail(drawn, 1, min(side, max(drawn.Rect.Dx(), drawn.Rect.Dy()))), nil
}

func (d drawer) DICOM(ctx context.Context, h record.Hash, side int) (image.Image, error) {
	i, err := dicom.Open(ctx, d.children, func(ctx context.Context) (io.ReadCloser, error) { return d.open(ctx, h) })
	if err != nil {
		return nil, err
	}
	n := i.Frames / 2
	f, err := i.Frame(ctx, n)
	if err != nil {
		return nil, err
	}
	return view.Thumbnail(view.Picture(i, f, n, view.Look{}, false), i.PixelAspect(n), side), nil
}
