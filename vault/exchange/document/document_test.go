package document_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
	"golang.org/x/image/tiff"
)

func all() []exchange.Format {
	return []exchange.Format{document.Program, document.Picture, document.WebPage, document.Markup, document.Text}
}

// bring imports one file and gives its document and the words about it.
func bring(t testing.TB, name string, content []byte) (*record.DocumentReference, record.SourceReport) {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, all(), []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	report := b.Receipt.Sources[0]
	if !report.Adds() {
		t.Errorf("%s: the counts do not add up: %+v", name, report)
	}
	for _, r := range m.All() {
		if d, ok := r.Resource.(*record.DocumentReference); ok {
			return d, report
		}
	}
	return nil, report
}

func words(r record.SourceReport) string {
	var s []string
	for _, i := range r.Issues {
		s = append(s, i.Text)
	}
	return strings.Join(s, "; ")
}

func pictureOf(t testing.TB, kind string, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, w, h))
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "gif":
		err = gif.Encode(&b, img, nil)
	default:
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withCamera puts camera data into a JPEG: a date, and a place when asked.
func withCamera(b []byte, taken string, place bool) []byte {
	var t bytes.Buffer
	le := binary.LittleEndian
	entry := func(tag, kind uint16, count, value uint32) {
		binary.Write(&t, le, tag)
		binary.Write(&t, le, kind)
		binary.Write(&t, le, count)
		binary.Write(&t, le, value)
	}
	t.WriteString("II*\x00")
	binary.Write(&t, le, uint32(8))
	binary.Write(&t, le, uint16(2)) // at 8: two entries, 24 bytes, next 4: the Exif directory at 38
	entry(0x8769, 4, 1, 38)
	gps := uint32(0xffff)
	if place {
		gps = 76
	}
	entry(0x8825, 4, 1, gps)
	binary.Write(&t, le, uint32(0))
	binary.Write(&t, le, uint16(1)) // at 38
	entry(0x9003, 2, 20, 56)
	binary.Write(&t, le, uint32(0))
	t.WriteString((taken + "\x00                    ")[:20]) // at 56
	binary.Write(&t, le, uint16(1))                          // at 76
	entry(2, 5, 3, 0)
	data := append([]byte("Exif\x00\x00"), t.Bytes()...)
	segment := append([]byte{0xff, 0xe1, byte((len(data) + 2) >> 8), byte(len(data) + 2)}, data...)
	return append(append(bytes.Clone(b[:2]), segment...), b[2:]...)
}

func TestPictures(t *testing.T) {
	for _, kind := range []string{"png", "gif", "jpeg"} {
		d, report := bring(t, "scan", pictureOf(t, kind, 30, 20))
		if d == nil || !strings.Contains(d.Description, "30 x 20") || d.Content[0].ContentType != "image/"+kind || d.Content[0].Hash == "" || d.Date != "" || report.Filed != 1 {
			t.Errorf("%s: %+v, %+v", kind, d, report)
		}
	}
	d, report := bring(t, "wound.jpg", withCamera(pictureOf(t, "jpeg", 30, 20), "2021:03:04 10:11:12", true))
	if d.Date != "2021-03-04" || !strings.Contains(words(report), "place where it was taken") || !strings.Contains(words(report), "camera's clock") {
		t.Errorf("got %q, %s", d.Date, words(report))
	}
	if d, report := bring(t, "wound.jpg", withCamera(pictureOf(t, "jpeg", 30, 20), "0000:00:00 00:00:00", false)); d.Date != "" || len(report.Issues) != 0 {
		t.Errorf("got %q, %s", d.Date, words(report))
	}
}

// TestHostilePictures: what does not decode, or is too large to, is kept and
// told.
func TestHostilePictures(t *testing.T) {
	large := pictureOf(t, "png", 30, 20)
	copy(large[16:], "\x00\x00\xff\xff\x00\x00\xff\xff") // width and height of IHDR; the checksum is wrong then
	for name, content := range map[string][]byte{
		"large":    large,
		"cut":      pictureOf(t, "png", 30, 20)[:40],
		"polyglot": []byte("GIF89a/*                    */=1;alert(1)"), // 10,799 x 8,224 points, it says
		"tiff":     append([]byte("II*\x00\xff\xff\xff\xff"), make([]byte, 100)...),
	} {
		d, report := bring(t, name, content)
		if d == nil || report.Filed != 1 || name != "polyglot" && !strings.Contains(words(report), "shown") {
			t.Errorf("%s: %+v, %s", name, d, words(report))
		}
	}
}

func TestTexts(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"utf-8":        {"Liebe Kollegin,\r\nPrüfung", "Liebe Kollegin,\nPrüfung"},
		"windows-1252": {"Liebe Kollegin,\nPr\xfcfung", "Liebe Kollegin,\nPrüfung"},
		"utf-16":       {"\xff\xfeD\x00r\x00.\x00 \x00A\x00", "Dr. A"},
	} {
		d, report := bring(t, name, []byte(c.content))
		if d == nil || strings.ReplaceAll(d.Content[0].Text, "\r", "") != c.want || report.Format != "text" {
			t.Errorf("%s: %+v, %+v", name, d, report)
		}
	}
	d, report := bring(t, "long.txt", []byte(strings.Repeat("Häuser ", 400_000)))
	if len(d.Content[0].Text) > 1<<20 || !strings.Contains(words(report), "first part") {
		t.Errorf("%d bytes of text; %s", len(d.Content[0].Text), words(report))
	}
}

// TestRefused names what is no document.
func TestRefused(t *testing.T) {
	pe := make([]byte, 200)
	copy(pe, "MZ")
	pe[60] = 100
	copy(pe[100:], "PE\x00\x00")
	for name, c := range map[string]struct{ content, want string }{
		"report.json": {"\x7fELF" + strings.Repeat("\x00", 100), "a program"},
		"viewer.exe":  {string(pe), "a program"},
		"run.txt":     {"#!/bin/sh\necho hello world\n", "a program"},
		"x.txt":       {"x", "nothing in this file"},
		"blank.txt":   {" \n\n \t", "nothing in this file"},
		"login.xml":   {"<!doctype html><script>alert(1)</script>", "web page, not a record"},
		"portal.html": {"<html><body>" + strings.Repeat("<p>Please sign in to see your record</p>", 20) + "<input type=password></body></html>", "web page, not a record"},
		"twice.xml":   {"<a x='1' x='2'/>", "not a well-formed XML"},
		"xxe.xml":     {"<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a>&b;</a>", "not a well-formed XML"},
		"cut.xml":     {"<a><b>words</b>", "not a well-formed XML"},
	} {
		d, report := bring(t, name, []byte(c.content))
		if d != nil || report.Refused != 1 || !strings.Contains(words(report), c.want) {
			t.Errorf("%s: %+v, %s", name, d, words(report))
		}
	}
}

func TestPagesAndMarkup(t *testing.T) {
	d, report := bring(t, "visit.html", []byte("<!DOCTYPE html><html><head><title>After visit summary</title><style>p{}</style></head><body><h1>Visit</h1><p>Take o<b>ne</b>\ntablet</p><table><tr><td>Leukocytes</td><td>4.1 x 10<sup>9</sup>/L</td></tr></table><script>alert(1)</script>"+strings.Repeat("<p>More words for a record</p>", 20)))
	if d == nil || d.Title != "After visit summary" || !strings.HasPrefix(d.Content[0].Text, "Visit\nTake one tablet\nLeukocytes 4.1 x 10^9/L\n") || strings.Contains(d.Content[0].Text, "alert") || d.Content[0].ContentType != "text/plain" || report.Filed != 1 {
		t.Errorf("%+v, %s", d, words(report))
	}
	d, report = bring(t, "drawing.png", []byte("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><text>two words</text><script>alert(1)</script></svg>"))
	if d == nil || d.Content[0].ContentType != "text/plain" || !strings.Contains(d.Content[0].Text, "two words") || report.Format != "xml" {
		t.Errorf("%+v, %s", d, words(report))
	}
}

// TestLeavesOthersAlone: files of other kinds are not taken for documents.
func TestLeavesOthersAlone(t *testing.T) {
	dicom := append(append([]byte("MZ"), make([]byte, 126)...), "DICM\x02\x00\x00\x00UL"...)
	for name, content := range map[string][]byte{"dicom": dicom, "noise": bytes.Repeat([]byte{0, 7, 250, 130, 9, 1}, 2000), "bmw": []byte("BMW 3 series, a letter about a car that begins like a picture")} {
		for _, f := range all() {
			m := f.Identify(exchange.Head{Name: name, Bytes: content, Size: int64(len(content))})
			if m == exchange.Yes || m == exchange.Maybe && name != "bmw" {
				t.Errorf("%s claims %s", f.Name, name)
			}
		}
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(withCamera(pictureOf(f, "jpeg", 8, 8), "2021:03:04 10:11:12", true))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00                "))
	f.Add([]byte("II*\x00\xff\xff\xff\x7f                        ")) // a directory far behind the end
	f.Add([]byte("<html><title>x<p>y</html>"))
	f.Add([]byte("<a>b</a>"))
	f.Add([]byte("plain words"))
	f.Fuzz(func(t *testing.T, b []byte) { bring(t, "made up", b) })
}

// A TIFF file has its directory anywhere: at the end of a large one it is found,
// and one said to stand gigabytes behind the end takes no memory.
func TestTIFFDirectories(t *testing.T) {
	var large bytes.Buffer
	if err := tiff.Encode(&large, image.NewGray(image.Rect(0, 0, 2000, 1500)), nil); err != nil {
		t.Fatal(err)
	}
	if d, report := bring(t, "scan.tif", large.Bytes()); d == nil || !strings.Contains(d.Description, "2000 x 1500") {
		t.Errorf("got %+v, %s", d, words(report))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, report := bring(t, "scan.tif", []byte("II*\x00\xff\xff\xff\x7f                        "))
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 100<<20 || !strings.Contains(words(report), "cannot be read as one") {
		t.Errorf("took %d MB: %s", took>>20, words(report))
	}
}
