package disclose_test

import (
	"encoding/base64"
	"encoding/binary"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
	"golang.org/x/net/html"
)

// shaded is an image of 32 rows of 16 pixels, the right half of them white
// (PS3.3, C.7.6.3; PS3.5, Explicit VR Little Endian).
func shaded() []byte {
	b := tagged("")
	short := func(element, value uint16) {
		b = append(binary.LittleEndian.AppendUint16(append(b, 0x28, 0), element), "US\x02\x00"...)
		b = binary.LittleEndian.AppendUint16(b, value)
	}
	short(2, 1)
	b = append(b, "\x28\x00\x04\x00CS\x0c\x00MONOCHROME2 "...)
	short(0x10, 32)
	short(0x11, 16)
	short(0x100, 8)
	short(0x101, 8)
	short(0x102, 7)
	short(0x103, 0)
	b = append(b, "\xe0\x7f\x10\x00OB\x00\x00\x00\x02\x00\x00"...)
	return append(b, strings.Repeat(strings.Repeat("\x00", 8)+strings.Repeat("\xff", 8), 32)...)
}

// TestImagesArePreviewed makes a package of a study: its page shows the pixels,
// and nothing of what is held back.
func TestImagesArePreviewed(t *testing.T) {
	for _, heldBack := range []bool{false, true} {
		l := sheettest.Realistic()
		h := l.File("IM1", "application/dicom", shaded())
		study := l.Add(&record.ImagingStudy{Description: "Chest in two planes", Series: []record.ImagingSeries{{
			Description: "Frontal", Instance: []record.ImagingInstance{{Hash: h, Rows: "32"}},
		}}}, record.Provenance{Original: h, Format: "dicom"})
		req := disclose.Request{}
		if heldBack {
			req.Scope = exchange.Scope{Exclude: []record.ID{study.ID}}
		}
		path := filepath.Join(t.TempDir(), "record")
		if _, err := plan(t, l, req).Make(t.Context(), &ledger{}, disclose.Delivery{Path: path, Protection: wrap.Protection{Kind: wrap.None}, Formats: formats.All()}); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(path, "START-HERE.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, rest, there := strings.Cut(string(page), `src="data:image/jpeg;base64,`)
		if there == heldBack {
			t.Fatalf("held back %v: there is a preview: %v", heldBack, there)
		}
		if heldBack {
			continue
		}
		data, rest, _ := strings.Cut(rest, `"`)
		drawn, err := jpeg.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(html.UnescapeString(data))))
		if err != nil {
			t.Fatal(err)
		}
		if size := drawn.Bounds().Size(); size.X != 200 || size.Y != 400 {
			t.Errorf("the preview is of %v, want 200 by 400", size)
		}
		left, _, _, _ := drawn.At(20, 200).RGBA()
		right, _, _, _ := drawn.At(180, 200).RGBA()
		if left > 0x1000 || right < 0xf000 {
			t.Errorf("its halves are %x and %x, want them black and white", left, right)
		}
		if !strings.Contains(rest, "Frontal, 1 image<") {
			t.Error("the preview is not named")
		}
	}
}
