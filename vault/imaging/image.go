package imaging

import (
	"context"
	"errors"
	"time"
)

// Image is an image with its frames, of which none is in memory. It is safe for
// concurrent use where what fetches the frames is.
type Image struct {
	Layout
	Frames   int
	Packing  string        // how the pixels are packed, in words
	Shown    error         // why the pixels cannot be shown here; nil where they can be
	Every    time.Duration // from frame to frame; 0 where the file does not say
	Overlays []Overlay
	Each     []Geometry // for each frame, or one for all

	// Fetch decodes the stored values of a frame, counted from 0.
	Fetch func(ctx context.Context, frame int) ([]byte, string, error)
}

// Geometry is what may differ from frame to frame.
type Geometry struct {
	Presentation Presentation
	Orientation  Orientation
	Spacing      Spacing
}

// ErrFrame says that an image has no such frame.
var ErrFrame = errors.New("this image has no frame of that number")

// Frame decodes a frame, counted from 0.
func (i *Image) Frame(ctx context.Context, n int) (*Frame, error) {
	switch {
	case i.Shown != nil:
		return nil, i.Shown
	case n < 0 || n >= i.Frames:
		return nil, ErrFrame
	}
	values, photometric, err := i.Fetch(ctx, n)
	if err != nil {
		return nil, err
	}
	l := i.Layout
	if photometric != "" {
		l.Photometric = photometric
	}
	return NewFrame(l, values)
}

// Of is what is known of a frame.
func (i *Image) Of(n int) Geometry {
	switch {
	case len(i.Each) == 1:
		return i.Each[0]
	case n >= 0 && n < len(i.Each):
		return i.Each[n]
	}
	return Geometry{}
}
