package html_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
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

// drawer draws originals by a function of their content.
type drawer struct {
	open func(context.Context, record.Hash) (io.ReadCloser, error)
	draw func(content string, side int) (image.Image, error)
}

func (d drawer) Picture(ctx context.Context, h record.Hash, side int) (image.Image, error) {
	r, err := d.open(ctx, h)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return d.draw(string(b), side)
}

func (d drawer) DICOM(ctx context.Context, h record.Hash, side int) (image.Image, error) {
	return d.Picture(ctx, h, side)
}

// drawing exports a page whose pictures are drawn by a function; nil for none.
func drawing(t *testing.T, l *sheettest.Library, scope exchange.Scope, draw func(content string, side int) (image.Image, error)) string {
	t.Helper()
	sel := l.Select(t, scope)
	if draw != nil {
		sel.Drawer = drawer{sel.OpenOriginal, draw}
	}
	var b strings.Builder
	if err := html.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.String()
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
	draw := func(content string, side int) (image.Image, error) {
		if content != "a knee" {
			return nil, errors.New("no picture")
		}
		return half(side, side/2), nil
	}
	got := shown(t, drawing(t, pictured([]byte("a knee")), exchange.Scope{}, draw))
	if len(got) != 1 || got[0].Bounds().Dx() != 900 || got[0].Bounds().Dy() != 450 {
		t.Fatalf("got %d pictures, want one of 900 by 450", len(got))
	}
	if l, _, _, _ := got[0].At(100, 200).RGBA(); l < 0xfe00 {
		t.Errorf("the left half is %x, want it white", l)
	}
	if n := len(shown(t, drawing(t, pictured([]byte("a knee")), exchange.Scope{Bare: true}, draw))); n != 0 {
		t.Errorf("got %d pictures of files that stay behind, want none", n)
	}
	for name, page := range map[string]string{
		"no picture at all": drawing(t, pictured([]byte("no picture at all")), exchange.Scope{}, draw),
		"no drawer":         drawing(t, pictured([]byte("a knee")), exchange.Scope{}, nil),
	} {
		if len(shown(t, page)) != 0 || !strings.Contains(page, "This picture is not shown here") {
			t.Errorf("%s: there is a picture, or no word of it", name)
		}
	}
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

func TestSeriesArePreviewed(t *testing.T) {
	var asked []string
	draw := func(content string, _ int) (image.Image, error) {
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
	page := drawing(t, scanned(75), exchange.Scope{}, func(string, int) (image.Image, error) { return half(20, 40), nil })
	if n := len(shown(t, page)); n != 60 || !strings.Contains(page, "+ 15 more series, without a picture here") {
		t.Errorf("got %d pictures, want 60 and a word of the other 15", n)
	}
}
