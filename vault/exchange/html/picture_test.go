package html_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
	"github.com/carnet-phr/carnet/vault/record"
)

// half is a picture whose left half is white.
func half(w, h int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.Gray{Y: 0}
			if x < w/2 {
				c.Y = 255
			}
			p.Set(x, y, c)
		}
	}
	return p
}

// pictured is a library with a letter that has the file attached.
func pictured(file []byte) *sheettest.Library {
	l := sheettest.Realistic()
	h := l.File("knee.img", "image/jpeg", file)
	note := sheettest.Note("Photograph of the knee", "2024-05-02", "Dr Jonas Weil")
	note.Content = []record.Attachment{{ContentType: "image/jpeg", Title: "Left knee", Hash: h}}
	l.Add(note, sheettest.From(h, "picture", "Clinic", "Dr Jonas Weil"))
	return l
}

// shown are the pictures of a page.
func shown(t *testing.T, page string) []image.Image {
	t.Helper()
	var all []image.Image
	for n := range sheettest.Parse(t, page).Descendants() {
		if n.Type != xhtml.ElementNode || n.Data != "img" {
			continue
		}
		kind, data, ok := strings.Cut(sheettest.Attr(n, "src"), ";base64,")
		b, err := base64.StdEncoding.DecodeString(data)
		if !ok || err != nil || kind != "data:image/png" && kind != "data:image/jpeg" || sheettest.Attr(n, "alt") == "" {
			t.Fatalf("got a picture of %q, alt %q, %v; want data inside the page, and words", kind, sheettest.Attr(n, "alt"), err)
		}
		p, _, err := image.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func TestPicturesArePreviewed(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, half(3000, 1500)); err != nil {
		t.Fatal(err)
	}
	got := shown(t, export(t, pictured(b.Bytes()), exchange.Scope{}))
	if len(got) != 1 || got[0].Bounds().Dx() != 900 || got[0].Bounds().Dy() != 450 {
		t.Fatalf("got %d pictures, want one of 900 by 450", len(got))
	}
	if l, _, _, _ := got[0].At(100, 200).RGBA(); l != 0xffff {
		t.Errorf("the left half is %x, want it white", l)
	}
	if n := len(shown(t, export(t, pictured(b.Bytes()), exchange.Scope{Bare: true}))); n != 0 {
		t.Errorf("got %d pictures of files that stay behind, want none", n)
	}
}

// TestPhotographsAreUpright turns a photograph as its Exif header says, and
// leaves the header behind: it can tell where it was taken.
func TestPhotographsAreUpright(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, half(60, 30), nil); err != nil {
		t.Fatal(err)
	}
	for orientation, want := range map[int]string{1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"} {
		tiff := fmt.Sprintf("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00%c\x00\x00\x00\x00\x00\x00Bristol", orientation)
		file := "\xff\xd8\xff\xe1\x00" + string(rune(2+6+len(tiff))) + "Exif\x00\x00" + tiff + string(b.Bytes()[2:])
		page := export(t, pictured([]byte(file)), exchange.Scope{})
		got := shown(t, page)
		if len(got) != 1 {
			t.Fatalf("orientation %d: got %d pictures, want one", orientation, len(got))
		}
		w, h := got[0].Bounds().Dx(), got[0].Bounds().Dy()
		at := map[string][2]int{"left": {2, h / 2}, "right": {w - 3, h / 2}, "top": {w / 2, 2}, "bottom": {w / 2, h - 3}}[want]
		if (w > h) != (orientation < 5) {
			t.Errorf("orientation %d: got %d by %d", orientation, w, h)
		}
		if white, _, _, _ := got[0].At(at[0], at[1]).RGBA(); white < 0xe000 {
			t.Errorf("orientation %d: the %s is %x, want it white", orientation, want, white)
		}
	}
}

func TestWhatIsNoPictureIsNamed(t *testing.T) {
	page := export(t, pictured([]byte("no picture at all")), exchange.Scope{})
	if len(shown(t, page)) != 0 || !strings.Contains(page, "This picture is not shown here") {
		t.Error("got a picture of what is none, or no word of it")
	}
}

func FuzzPreview(f *testing.F) {
	var a, b bytes.Buffer
	if png.Encode(&a, half(8, 4)) != nil || jpeg.Encode(&b, half(8, 4), nil) != nil {
		f.Fatal("cannot make the seeds")
	}
	f.Add(a.Bytes())
	f.Add(b.Bytes())
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, drawn, size := html.Preview(file)
		if drawn == nil {
			return
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(drawn))
		if err != nil || c.Width != size.X || c.Height != size.Y || max(c.Width, c.Height) > 900 {
			t.Fatalf("got %v, %v", c, err)
		}
	})
}

// scanned is a library with a study of as many series, each of three files.
func scanned(series int) *sheettest.Library {
	l := sheettest.Realistic()
	study := &record.ImagingStudy{Description: "MRI <b>of</b> the knee", Status: "available"}
	var first record.Hash
	for n := range series {
		s := record.ImagingSeries{Description: fmt.Sprintf("Series %d", n), Modality: record.Concept{Text: "MR"}, Laterality: record.Concept{Text: "left"}}
		for i := range 3 {
			h := l.File(fmt.Sprintf("IM%d-%d", n, i), "application/dicom", fmt.Appendf(nil, "%d-%d", n, i))
			if first == "" {
				first = h
			}
			s.Instance = append(s.Instance, record.ImagingInstance{Hash: h, Rows: "40", Columns: "20"})
		}
		study.Series = append(study.Series, s)
	}
	l.Add(study, record.Provenance{Original: first, Format: "dicom"})
	return l
}

// drawing exports a page whose images are drawn by a function of their content.
func drawing(t *testing.T, l *sheettest.Library, scope exchange.Scope, draw func(content string) (image.Image, error)) string {
	t.Helper()
	sel := l.Select(t, scope)
	if draw != nil {
		sel.Draw = func(ctx context.Context, h record.Hash, _ int) (image.Image, error) {
			r, err := sel.OpenOriginal(ctx, h)
			if err != nil {
				return nil, err
			}
			defer r.Close()
			b, err := io.ReadAll(r)
			if err != nil {
				return nil, err
			}
			return draw(string(b))
		}
	}
	var b strings.Builder
	if err := html.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSeriesArePreviewed(t *testing.T) {
	var asked []string
	draw := func(content string) (image.Image, error) {
		asked = append(asked, content)
		if strings.HasPrefix(content, "1-") || content == "2-1" {
			return nil, errors.New("no image")
		}
		return half(20, 40), nil
	}
	page := drawing(t, scanned(3), exchange.Scope{}, draw)
	got := shown(t, page)
	if len(got) != 2 || got[0].Bounds().Dy() != 40 {
		t.Fatalf("got %d pictures, want those of two series", len(got))
	}
	if want := []string{"0-1", "1-1", "1-2", "1-0", "2-1", "2-2"}; !slices.Equal(asked, want) {
		t.Errorf("drew %v, want %v: the middle first", asked, want)
	}
	for _, want := range []string{"MRI &lt;b&gt;of&lt;/b&gt; the knee", "Series 0, MR, left, 3 images", "Previews, not for diagnosis", "Series 1, MR, left, 3 images</bdi>. No picture of it is shown here"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for name, page := range map[string]string{
		"without a drawer":        drawing(t, scanned(3), exchange.Scope{}, nil),
		"of files that stay home": drawing(t, scanned(3), exchange.Scope{Bare: true}, draw),
	} {
		if len(shown(t, page)) > 0 || strings.Contains(page, "Previews, not for diagnosis") {
			t.Errorf("%s: there are previews", name)
		}
	}
}

// TestPreviewsOfSeriesAreBounded draws no more than a page can carry, and says so.
func TestPreviewsOfSeriesAreBounded(t *testing.T) {
	page := drawing(t, scanned(75), exchange.Scope{}, func(string) (image.Image, error) { return half(20, 40), nil })
	if n := len(shown(t, page)); n != 60 || !strings.Contains(page, "+ 15 more series, without a picture here") {
		t.Errorf("got %d pictures, want 60 and a word of the other 15", n)
	}
}
