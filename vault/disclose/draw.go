package disclose

import (
	"context"
	"image"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

// Drawing gives a selection what draws the DICOM files of it: in a child process,
// in this one where children is nil.
func Drawing(sel exchange.Selection, children exchange.Children) exchange.Selection {
	sel.Draw = func(ctx context.Context, h record.Hash, side int) (image.Image, error) {
		i, err := dicom.Open(ctx, children, func(ctx context.Context) (io.ReadCloser, error) { return sel.OpenOriginal(ctx, h) })
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
	return sel
}
