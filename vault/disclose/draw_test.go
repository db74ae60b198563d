package disclose_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"html"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
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
		scope := exchange.Scope{}
		if heldBack {
			scope.Exclude = []record.ID{study.ID}
		}
		page, _ := made(t, l, scope)
		if there := strings.Contains(page, pictured); there == heldBack {
			t.Fatalf("held back %v: there is a preview: %v", heldBack, there)
		}
		if heldBack {
			continue
		}
		drawn, err := jpeg.Decode(bytes.NewReader(pictureOf(t, page)))
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
		if !strings.Contains(page, "Frontal, 1 image<") {
			t.Error("the preview is not named")
		}
	}
}

// photograph is a note with a picture.
func photograph(l *sheettest.Library, mediaType, name string, file []byte) {
	h := l.File(name, mediaType, file)
	note := sheettest.Note("Photograph of the knee", "2024-05-02", "Dr Jonas Weil")
	note.Content = []record.Attachment{{ContentType: mediaType, Title: "Left knee", Hash: h}}
	l.Add(note, sheettest.From(h, "picture", "Clinic", "Dr Jonas Weil"))
}

// pictured begins a picture inside the page.
const pictured = `src="data:image/jpeg;base64,`

// pictureOf is the first picture of a page.
func pictureOf(t *testing.T, page string) []byte {
	t.Helper()
	_, rest, _ := strings.Cut(page, pictured)
	data, _, _ := strings.Cut(rest, `"`)
	b, err := base64.StdEncoding.DecodeString(html.UnescapeString(data))
	if err != nil || len(b) == 0 {
		t.Fatalf("there is no picture: %v", err)
	}
	return b
}

// made makes a package without protection: its page, and the lines of its self-test.
func made(t *testing.T, l *sheettest.Library, scope exchange.Scope) (page string, checks []handover.Check) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "record")
	p, err := plan(t, l, disclose.Request{Scope: scope}).Make(t.Context(), &ledger{}, disclose.Delivery{Path: path, Protection: wrap.Protection{Kind: wrap.None}, Formats: formats.All()})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(path, "START-HERE.html"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b), p.Checks
}

// TestPhotographsAreUpright turns a photograph as its Exif header says, and leaves
// the header behind: it can tell where it was taken.
func TestPhotographsAreUpright(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 30)), nil); err != nil {
		t.Fatal(err)
	}
	l := sheettest.Realistic()
	tiff := "MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00Bristol"
	photograph(l, "image/jpeg", "knee.jpg", []byte("\xff\xd8\xff\xe1\x00"+string(rune(2+6+len(tiff)))+"Exif\x00\x00"+tiff+string(b.Bytes()[2:])))
	page, _ := made(t, l, exchange.Scope{})
	drawn := pictureOf(t, page)
	if c, err := jpeg.DecodeConfig(bytes.NewReader(drawn)); err != nil || c.Width != 30 || c.Height != 60 {
		t.Errorf("the preview is %d by %d, %v; want it upright, 30 by 60", c.Width, c.Height, err)
	}
	if bytes.Contains(drawn, []byte("Exif")) || bytes.Contains(drawn, []byte("Bristol")) {
		t.Error("the preview carries what the photograph notes of its place")
	}
}

// TestBombsAreNotDrawn makes a package with a picture that claims to be as large as
// a house: it leaves as it came, and nobody makes room for its pixels.
func TestBombsAreNotDrawn(t *testing.T) {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), 60_000)
	header = append(binary.BigEndian.AppendUint32(header, 60_000), 8, 0, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	file = append(binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header)), "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"...)
	l := sheettest.Realistic()
	photograph(l, "image/png", "knee.png", file)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	page, checks := made(t, l, exchange.Scope{})
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1000 {
		t.Errorf("%d MB of memory were asked for", mb)
	}
	if !strings.Contains(page, "This picture is not shown here") {
		t.Error("the page does not say that the picture is not shown")
	}
	if !slices.ContainsFunc(checks, func(c handover.Check) bool { return c.OK && strings.Contains(c.Note, "knee.png") }) {
		t.Errorf("the self-test does not name the picture: %+v", checks)
	}
}
