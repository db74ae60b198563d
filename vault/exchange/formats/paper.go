package formats

import (
	"context"
	"image"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/paper"
)

// Paper looks at documents with the tasks of their formats, in child processes.
func Paper(children exchange.Children) paper.Reader {
	return paper.Reader{
		PDF: func(ctx context.Context, file paper.File) (paper.PDF, error) {
			return pdftext.About(ctx, children, file)
		},
		Page: func(ctx context.Context, file paper.File, page, width int) (*image.RGBA, image.Point, error) {
			return pdftext.Page(ctx, children, file, page, width)
		},
		Find: func(ctx context.Context, file paper.File, words string) ([]paper.Match, bool, error) {
			return pdftext.Find(ctx, children, file, words)
		},
		Picture: func(ctx context.Context, file paper.File) (*image.RGBA, image.Point, error) {
			return document.Draw(ctx, children, file)
		},
	}
}
