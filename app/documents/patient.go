package documents

import (
	"context"
	"image"

	"github.com/carnet-phr/carnet/vault/paper"
)

// patient lets what was begun in the child process end, even when another
// document is shown meanwhile: a child that is ended takes seconds to start again,
// a page is drawn in a blink. What was not begun yet is not. ctx ends it all.
func patient(ctx context.Context, r paper.Reader) paper.Reader {
	p := r
	if r.PDF != nil {
		p.PDF = func(wanted context.Context, file paper.File) (paper.PDF, error) {
			if err := wanted.Err(); err != nil {
				return paper.PDF{}, err
			}
			return r.PDF(ctx, file)
		}
	}
	if r.Page != nil {
		p.Page = func(wanted context.Context, file paper.File, page, width int) (*image.RGBA, image.Point, error) {
			if err := wanted.Err(); err != nil {
				return nil, image.Point{}, err
			}
			return r.Page(ctx, file, page, width)
		}
	}
	if r.Find != nil {
		p.Find = func(wanted context.Context, file paper.File, words string) ([]paper.Match, bool, error) {
			if err := wanted.Err(); err != nil {
				return nil, false, err
			}
			return r.Find(ctx, file, words)
		}
	}
	if r.Picture != nil {
		p.Picture = func(wanted context.Context, file paper.File) (*image.RGBA, image.Point, error) {
			if err := wanted.Err(); err != nil {
				return nil, image.Point{}, err
			}
			return r.Picture(ctx, file)
		}
	}
	return p
}
