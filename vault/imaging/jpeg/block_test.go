package jpeg_test

import (
	"bytes"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/jpeg"
)

// gray is a baseline frame as the standard library writes it.
func gray(rows, columns, quality int) []byte {
	m := image.NewGray(image.Rect(0, 0, columns, rows))
	for n := range m.Pix {
		m.Pix[n] = byte(n*n/7 + n/columns*3)
	}
	var b bytes.Buffer
	if stdjpeg.Encode(&b, m, &stdjpeg.Options{Quality: quality}) != nil {
		return nil
	}
	return b.Bytes()
}

// TestBaseline holds frames against what the standard library reads of them.
func TestBaseline(t *testing.T) {
	for _, quality := range []int{10, 75, 100} {
		l := layout(61, 83, 1, 8)
		packed := gray(l.Rows, l.Columns, quality)
		got, _, err := jpeg.Decode(l, packed)
		if err != nil {
			t.Fatal(err)
		}
		m, err := stdjpeg.Decode(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		for n, v := range got {
			if want := m.(*image.Gray).GrayAt(n%l.Columns, n/l.Columns).Y; v != want && v != want-1 && v != want+1 {
				t.Fatalf("quality %d, value %d: got %d, want %d", quality, n, v, want)
			}
		}
	}
}

// TestSubsampled draws one colour over all: whatever the sampling, it stays.
func TestSubsampled(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 33, 19))
	for y := range 19 {
		for x := range 33 {
			m.Set(x, y, color.RGBA{200, 30, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := stdjpeg.Encode(&b, m, &stdjpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	got, photometric, err := jpeg.Decode(layout(19, 33, 3, 8), b.Bytes())
	if err != nil || photometric != "" {
		t.Fatal(photometric, err)
	}
	y, cb, cr := color.RGBToYCbCr(200, 30, 90)
	for n, want := range []uint8{y, cb, cr} {
		for at := n; at < len(got); at += 3 {
			if d := int(got[at]) - int(want); d < -1 || d > 1 {
				t.Fatalf("component %d of pixel %d: got %d, want %d", n, at/3, got[at], want)
			}
		}
	}
}

// TestAdobe: the marker says what the colours are, whatever the header says.
func TestAdobe(t *testing.T) {
	l := layout(3, 5, 3, 8)
	var b bytes.Buffer
	if err := stdjpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 5, 3)), nil); err != nil {
		t.Fatal(err)
	}
	for transform, want := range []string{"RGB", "YBR_FULL"} {
		marked := append([]byte{0xFF, 0xD8, 0xFF, 0xEE, 0, 14}, "Adobe\x00\x64\x00\x00\x00\x00"...)
		marked = append(append(marked, byte(transform)), b.Bytes()[2:]...)
		if _, got, err := jpeg.Decode(l, marked); err != nil || got != want {
			t.Errorf("transform %d: got %q, %v, want %q", transform, got, err, want)
		}
	}
}

// TestProgressive is said to be of a kind that is not shown.
func TestProgressive(t *testing.T) {
	b := bytes.Replace(gray(8, 8, 80), []byte{0xFF, 0xC0}, []byte{0xFF, 0xC2}, 1)
	if _, _, err := jpeg.Decode(layout(8, 8, 1, 8), b); err != jpeg.ErrNotHere {
		t.Errorf("got %v", err)
	}
	if _, _, err := jpeg.Decode(imaging.Layout{}, b); err == nil {
		t.Error("an image of no size was taken")
	}
}
