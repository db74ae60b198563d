package document_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/paper"
)

func opened(b []byte) paper.File {
	return paper.File{Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// oriented is a JPEG, left half dark, right half light, that notes how the camera
// was held.
func oriented(t *testing.T, order binary.AppendByteOrder, orientation uint16) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 32 {
			img.SetGray(x+32, y, color.Gray{Y: 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00*")
	if order == binary.LittleEndian {
		tiff = []byte("II*\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	head := append([]byte("\xff\xd8\xff\xe1"), binary.BigEndian.AppendUint16(nil, uint16(2+len(exif)))...)
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func TestPicturesAreDrawnUpright(t *testing.T) {
	for _, c := range []struct {
		orientation uint16
		size        image.Point
		dark        image.Point // a dark place
	}{
		{1, image.Pt(64, 32), image.Pt(4, 16)},
		{3, image.Pt(64, 32), image.Pt(60, 16)},
		{6, image.Pt(32, 64), image.Pt(16, 4)},
		{8, image.Pt(32, 64), image.Pt(16, 60)},
		{99, image.Pt(64, 32), image.Pt(4, 16)},
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			p, full, err := document.Draw(t.Context(), nil, opened(oriented(t, order, c.orientation)))
			if err != nil || full != c.size || p.Bounds().Size() != c.size {
				t.Fatalf("%d: %v, %v", c.orientation, full, err)
			}
			opposite := c.size.Sub(c.dark)
			if p.RGBAAt(c.dark.X, c.dark.Y).R > 40 || p.RGBAAt(opposite.X, opposite.Y).R < 200 {
				t.Errorf("%d in %v is not upright", c.orientation, order)
			}
		}
	}
}

func TestWhatPicturesLetThroughIsWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	img.SetNRGBA(1, 1, color.NRGBA{R: 255, A: 128})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	p, _, err := document.Draw(t.Context(), nil, opened(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.RGBAAt(0, 0); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("nothing is drawn as %v", got)
	}
	if got := p.RGBAAt(1, 1); got.A != 255 || got.R != 255 || got.G < 125 || got.G > 129 {
		t.Errorf("half of red is drawn as %v", got)
	}
}

func TestPicturesThatCannotBeDrawn(t *testing.T) {
	var large bytes.Buffer
	if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(large.Bytes())
	binary.BigEndian.PutUint32(b[16:], 65535)
	binary.BigEndian.PutUint32(b[20:], 65535)
	for name, file := range map[string][]byte{
		"nothing": nil, "cut": large.Bytes()[:40], "claims to be huge": b, "no picture": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>                 "),
		"HEIF": []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic----------------"), "a lying TIFF": append([]byte("II*\x00\xff\xff\xff\xff"), make([]byte, 40)...),
	} {
		if p, _, err := document.Draw(t.Context(), nil, opened(file)); err == nil {
			t.Errorf("%s is drawn: %v", name, p.Bounds())
		}
	}
}

// FuzzDraw: whatever a file says of itself, drawing it ends, with what was promised
// or in words. Large sizes are left to the child's limits.
func FuzzDraw(f *testing.F) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 6))); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("GIF89a\x02\x00\x02\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x84Q\x00;"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && (c.Width > 2000 || c.Height > 2000) {
			return
		}
		if bytes.HasPrefix(file, []byte("II*")) || bytes.HasPrefix(file, []byte("MM\x00*")) {
			return // its decoder takes what a false count claims
		}
		p, full, err := document.Draw(context.Background(), nil, opened(file))
		if err == nil && (p.Bounds().Empty() || full.X < 1 || full.Y < 1) {
			t.Errorf("drawn is %v of %v", p.Bounds(), full)
		}
	})
}
