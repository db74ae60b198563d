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
	Packing  string          // how the pixels are packed, in words
	Shown    error           // why the pixels cannot be shown here; nil where they can be
	Needs    string          // the library with which they could be, where it is not installed
	Every    time.Duration   // from frame to frame; 0 where the file does not say
	Stays    []time.Duration // how long each frame is shown, where they differ
	Aspect   float64         // height of a pixel, its width being 1; 0 where the file does not say
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
	Slice        Slice
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

// Stay is how long a frame is shown when frames are played; stated is false
// where the file does not say.
func (i *Image) Stay(n int) (d time.Duration, stated bool) {
	const usual = 100 * time.Millisecond
	switch {
	case n >= 0 && n < len(i.Stays):
		return i.Stays[n], true
	case i.Every > 0:
		return i.Every, true
	}
	return usual, false
}

// PixelAspect is the height of a pixel of a frame, its width being 1: by its
// spacing where that is known (PS3.3, C.7.6.3.1.7).
func (i *Image) PixelAspect(n int) float64 {
	if s := i.Of(n).Spacing; s.Row > 0 && s.Column > 0 {
		return s.Row / s.Column
	}
	if i.Aspect > 0 {
		return i.Aspect
	}
	return 1
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
