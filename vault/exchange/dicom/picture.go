package dicom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/codec"
)

// pictureTask reads in a child process how an image is stored and shown.
var pictureTask = exchange.Task{Name: "dicom picture", Run: func(in io.Reader, out io.Writer) error {
	f, err := scan(in, pictured, itemsLimit)
	if err != nil {
		return err
	}
	f.Taken = f.Pixel != nil && f.Pixel.Fragments && codec.Of(f.Syntax) != nil
	return f.write(out)
}}

// File opens a file to be read; what it gives is read faster in places where it
// is an io.Seeker. It may be called any number of times.
type File func(ctx context.Context) (io.ReadCloser, error)

// ErrNoImage says that a DICOM file holds no image.
var ErrNoImage = errors.New("this file holds no image")

// Open reads how an image is stored and shown; its frames are decoded one by one
// when they are asked for. Both is done in a child process, in this one where
// children is nil.
func Open(ctx context.Context, children exchange.Children, open File) (*imaging.Image, error) {
	in, err := open(ctx)
	if err != nil {
		return nil, err
	}
	b, err := exchange.Isolate(ctx, children, pictureTask, in, formBytes)
	in.Close()
	if err != nil {
		return nil, err
	}
	f, err := readForm(b)
	switch {
	case err != nil:
		return nil, err
	case f.None:
		return nil, exchange.ErrNotThisFormat
	case f.Unknown:
		return nil, errors.New("its transfer syntax is not known here: it is stored and cannot be displayed")
	case f.Pixel == nil:
		return nil, ErrNoImage
	}
	return picture(f, children, open)
}

// picture makes an image of a header.
func picture(f *form, children exchange.Children, open File) (*imaging.Image, error) {
	d := dataset(f.Data)
	i := &imaging.Image{Layout: layout(d, f.Pixel), Frames: max(1, d.number(tagFrames, 1)), Packing: syntaxes[f.Syntax].name, Every: every(d)}
	if i.Packing == "" { // the file does not say
		i.Packing = syntaxes[explicitLittle].name
	}
	if i.Frames > imaging.FramesLimit {
		return nil, fmt.Errorf("this image has %d frames; at most %d are shown", i.Frames, imaging.FramesLimit)
	}
	if err := i.Check(); err != nil {
		return nil, err
	}
	i.Stays, i.Aspect = stays(d, i.Frames), aspect(d)
	i.Overlays, i.Each = overlays(d), geometries(d, i.Layout, i.Frames)
	r := &reel{form: f, layout: i.Layout, frames: i.Frames, open: open, children: children}
	i.Fetch = r.fetch
	if f.Pixel.Fragments && !f.Taken {
		i.Shown = fmt.Errorf("%s: kept, not shown here", i.Packing)
		if i.Needs = codec.Needs(f.Syntax); i.Needs != "" {
			i.Shown = fmt.Errorf("%w without %s: install it, and open the image again", i.Shown, i.Needs)
		}
	}
	return i, nil
}

// layout is how the pixels are stored (PS3.3, C.7.6.3).
func layout(d dataset, p *pixel) imaging.Layout {
	l := imaging.Layout{
		Rows: d.number(tagRows, 0), Columns: d.number(tagColumns, 0), Samples: d.number(tagSamplesPerPixel, 1), Allocated: d.number(tagBitsAllocated, 0),
		Signed: d.number(tagRepresentation, 0) == 1, Planar: d.number(tagPlanar, 0) == 1, Float: p.Tag == tagFloatPixel || p.Tag == tagDoublePixel, Photometric: d.text(tagPhotometric),
	}
	l.Stored = d.number(tagStoredBits, l.Allocated)
	if l.High = d.number(tagHighBit, l.Stored-1); l.High >= l.Allocated || l.High < l.Stored-1 { // met in files whose values are sound
		l.High = l.Stored - 1
	}
	return l
}

// Bounds of the time for which a frame is shown, in milliseconds.
const (
	leastStay = 5
	mostStay  = 60_000
)

// every is the time from frame to frame (PS3.3, C.7.6.5).
func every(d dataset) time.Duration {
	if ms := d.numbers(tagFrameTime); len(ms) > 0 && ms[0] >= leastStay && ms[0] < mostStay {
		return time.Duration(ms[0] * float64(time.Millisecond))
	}
	for _, t := range []tag{tagDisplayRate, tagCineRate} {
		if n := d.number(t, 0); n > 0 && n <= 1000/leastStay {
			return time.Second / time.Duration(n)
		}
	}
	return 0
}

// stays are how long each frame is shown, where the file gives each its own time:
// the n-th value is the time before the n-th frame (PS3.3, C.7.6.5.1.2).
func stays(d dataset, frames int) []time.Duration {
	before := d.numbers(tagFrameTimes)
	if len(before) != frames || frames < 2 {
		return nil
	}
	out := make([]time.Duration, frames)
	for n := range out {
		ms := before[min(n+1, frames-1)]
		if ms < leastStay || ms >= mostStay {
			return nil
		}
		out[n] = time.Duration(ms * float64(time.Millisecond))
	}
	return out
}

// aspect is the height of a pixel, its width being 1 (PS3.3, C.7.6.3.1.7).
func aspect(d dataset) float64 {
	const most = 100 // more is no pixel
	v := d.numbers(tagPixelAspect)
	if len(v) != 2 || v[0] <= 0 || v[1] <= 0 || v[0]/v[1] > most || v[1]/v[0] > most {
		return 0
	}
	return v[0] / v[1]
}

// number is the first value of an attribute as a whole number.
func (d dataset) number(t tag, none int) int {
	n, err := strconv.Atoi(d.text(t))
	if err != nil {
		return none
	}
	return n
}

// numbers are the values of an attribute, nil where one is no number.
func (d dataset) numbers(t tag) []float64 {
	var out []float64
	for _, s := range d.texts(t) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || v-v != 0 { // a number that is none, or without end
			return nil
		}
		out = append(out, v)
	}
	return out
}
