package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/tiff"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/paper"
)

// drawPicture is the task that draws a picture for who shows it.
var drawPicture = exchange.Task{Name: "picture look", Run: func(in io.Reader, out io.Writer) error {
	b, err := io.ReadAll(io.LimitReader(in, bytesLimit+1))
	if err != nil {
		return err
	}
	if len(b) > bytesLimit {
		return errMany
	}
	drawn, full, err := drawnOf(b)
	if err != nil {
		return err
	}
	return paper.Write(out, drawn, full)
}}

var (
	errMany    = errors.New("this picture is too large to be shown; save a copy of it to look at it in another program")
	errHEIF    = errors.New("a picture of this kind cannot be shown here; save a copy of it to look at it in another program")
	errSpoiled = errors.New("this picture is damaged or cut off and cannot be shown; ask for a new copy of it")
)

// Draw draws a picture in a child process: see [paper.Reader].
func Draw(ctx context.Context, children exchange.Children, file paper.File) (drawn *image.RGBA, full image.Point, err error) {
	in, err := file.Open(ctx)
	if err != nil {
		return nil, full, err
	}
	defer in.Close()
	b, err := exchange.Isolate(ctx, children, drawPicture, in, paper.PixelsLimit)
	if err != nil {
		return nil, full, err
	}
	return paper.Read(b)
}

// drawnOf decodes a picture, on white where it lets something through.
func drawnOf(b []byte) (drawn *image.RGBA, full image.Point, err error) {
	if kind, _ := kindOf(b); kind == "image/heic" {
		return nil, full, errHEIF
	}
	size, picture := image.DecodeConfig, image.Decode
	if _, is := newTIFF(b); is {
		size = func(r io.Reader) (image.Config, string, error) { c, err := tiff.DecodeConfig(r); return c, "tiff", err }
		picture = func(r io.Reader) (image.Image, string, error) { i, err := tiff.Decode(r); return i, "tiff", err }
	}
	c, _, err := size(bytes.NewReader(b))
	switch {
	case err != nil || c.Width <= 0 || c.Height <= 0:
		return nil, full, errSpoiled
	case c.Width > pixelsLimit/c.Height:
		return nil, full, errMany
	}
	decoded, _, err := picture(bytes.NewReader(b))
	if err != nil {
		return nil, full, errSpoiled
	}
	full = decoded.Bounds().Size()
	fit, ok := paper.Fit(float64(full.X), float64(full.Y), full.X)
	if !ok {
		return nil, full, errSpoiled
	}
	drawn = image.NewRGBA(image.Rectangle{Max: fit})
	draw.Draw(drawn, drawn.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if fit == full {
		draw.Draw(drawn, drawn.Bounds(), decoded, decoded.Bounds().Min, draw.Over)
	} else {
		draw.BiLinear.Scale(drawn, drawn.Bounds(), decoded, decoded.Bounds(), draw.Over, nil)
	}
	turn := heldAs(b)
	if drawn = turned(drawn, turn); turn >= quarterTurns {
		full.X, full.Y = full.Y, full.X
	}
	return drawn, full, nil
}

// How a camera was held (Exif 2.32, 4.6.4, tag Orientation): from quarterTurns on
// rows of the file are columns of the picture.
const (
	tagOrientation = 0x0112
	quarterTurns   = 5
)

// heldAs is the orientation that a file notes; 1, upright, where it notes none.
func heldAs(b []byte) int {
	if bytes.HasPrefix(b, []byte("\xff\xd8")) {
		b = exifOf(b)
	}
	t, ok := newTIFF(b)
	if !ok {
		return 1
	}
	v := t.directory(t.order.Uint32(t.b[4:]))[tagOrientation]
	if t.order == binary.BigEndian { // a short stands in the first two bytes of the four
		v >>= 16
	}
	if v &= math.MaxUint16; v < 1 || v > 8 {
		return 1
	}
	return int(v)
}

// turned turns a picture upright.
func turned(p *image.RGBA, orientation int) *image.RGBA {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	from := [...]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}
	if orientation < 2 || orientation >= len(from) {
		return p
	}
	size := image.Pt(w, h)
	if orientation >= quarterTurns {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			out.SetRGBA(x, y, p.RGBAAt(from[orientation](x, y)))
		}
	}
	return out
}
