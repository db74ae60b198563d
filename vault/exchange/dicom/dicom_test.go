package dicom_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestConformance(t *testing.T) {
	bare := order{false, binary.LittleEndian}.list(image())
	exchangetest.Run(t, exchangetest.Suite{
		Format: dicom.Format,
		Good:   map[string][]byte{"explicit.dcm": written(explicitLE, image()...), "implicit": written(implicitLE, image()...), "report.dcm": written(explicitLE, report()...), "bare": bare},
		Not:    map[string][]byte{"text": []byte(strings.Repeat("Dear colleague, ", 100)), "zeros": make([]byte, 4096), "short": []byte("DICM"), "bare": bare},
	})
}

// TestSyntaxes: whatever way a file is written, it says the same.
func TestSyntaxes(t *testing.T) {
	for _, syntax := range []string{implicitLE, explicitLE, explicitBE, deflatedLE} {
		i := bring(t, "a.dcm", written(syntax, image()...))
		p, s := one[*record.Patient](t, i), one[*record.ImagingStudy](t, i)
		if p.DisplayName() != "Ada Testperson" || p.BirthDate != "1961-04-03" || p.Gender != "female" {
			t.Errorf("%s: patient %+v", syntax, p)
		}
		if s.StudyInstanceUID != "1.2.3" || s.Description != "CT chest" || s.Started.Start != "2021-03-04T10:15:30.25" || s.AccessionNumber != "ACC1" || s.Referrer != "Dr. Rita Referrer" || s.Location != "Example Hospital" || s.Modality[0].Text != "CT" {
			t.Errorf("%s: study %+v", syntax, s)
		}
		x := s.Series[0]
		if x.UID != "1.2.3.1" || x.Number != "2" || x.BodySite.String() != "CHEST" || x.Description != "axial" || len(x.Instance) != 1 {
			t.Errorf("%s: series %+v", syntax, x)
		}
		n := x.Instance[0]
		if n.UID != "1.2.3.4" || n.SOPClass != ctClass || n.Number != "7" || n.Title != "CT image" || n.Rows != "4" || n.Columns != "4" || n.TransferSyntax != syntax || n.Hash == "" {
			t.Errorf("%s: instance %+v", syntax, n)
		}
		if len(i.report.Issues) != 0 {
			t.Errorf("%s: %v", syntax, i.report.Issues)
		}
	}
}

// TestOddWriting: files that are not quite as they say.
func TestOddWriting(t *testing.T) {
	little := order{false, binary.LittleEndian}
	good := written(explicitLE, image()...)
	mixed := append(bytes.Clone(good[:bytes.Index(good, []byte("\x08\x00\x05\x00"))]), order{true, binary.LittleEndian}.list(image())...)
	private := el{tag: 0x00091001, vr: "UN", open: true}
	private.value = string(order{true, binary.LittleEndian}.list([]el{})) + string(little.mark(0xFFFEE000, 0xFFFFFFFF, false)) + string(order{true, binary.LittleEndian}.element(el{tag: 0x00091002, vr: "LO", value: "x"})) + string(little.mark(0xFFFEE00D, 0, false)) + string(little.mark(0xFFFEE0DD, 0, false))
	for what, b := range map[string][]byte{
		"implicit in spite of its syntax": mixed,
		"without preamble":                good[128+4:],
		"bare, explicit":                  little.list(image()),
		"bare, implicit":                  order{true, binary.LittleEndian}.list(image()),
		"bare, big endian":                order{false, binary.BigEndian}.list(image()),
		"padding behind":                  append(written(explicitLE, image()[:24]...), make([]byte, 3000)...),
		"sequence of VR UN":               written(explicitLE, image(private)...),
		"icon with fragments": written(explicitLE, image(seq(0x00880200, []el{{
			tag: 0x7FE00010, vr: "OB", open: true,
			value: string(little.mark(0xFFFEE000, 4, false)) + "abcd" + string(little.mark(0xFFFEE0DD, 0, false)),
		}}))...),
		"VR of a later edition": written(explicitLE, image(el{tag: 0x00091001, vr: "ZZ", value: "\x00\x00" + "\x02\x00" + "ab"})...),
	} {
		i := bring(t, "a.dcm", b)
		if p := of[*record.Patient](i); len(p) != 1 || p[0].DisplayName() != "Ada Testperson" || i.report.Format != "dicom" {
			t.Errorf("%s: %s, %v", what, i.report.Format, i.report.Issues)
		}
		if what != "padding behind" && len(of[*record.ImagingStudy](i)) != 1 {
			t.Errorf("%s: no study", what)
		}
	}
}

// TestRefused: what is broken is refused with tag and offset.
func TestRefused(t *testing.T) {
	deep := seq(0x0040A730)
	for range 40 {
		deep = seq(0x0040A730, []el{deep})
	}
	long := written(explicitLE, image()...)
	long = append(long[:bytes.Index(long, []byte("\xe0\x7f\x10\x00"))+8], "\xfe\xff\xff\x7fabc"...)
	good := written(explicitLE, image()...)
	for _, tt := range []struct {
		what string
		b    []byte
		want string
	}{
		{"pixels cut", good[:len(good)-4], "(7FE0,0010)"},
		{"pixels too long", long, "(7FE0,0010)"},
		{"header cut", good[:400], "byte "},
		{"nothing behind the preamble", good[:132], "byte 132"},
		{"too deep", written(explicitLE, image(deep)...), "more than 32 sequences"},
		{"no bits", written(explicitLE, image(el{tag: 0x00280100, vr: "US", value: short(0)})...), "(0028,0100)"},
		{"no samples", written(explicitLE, image(el{tag: 0x00280002, vr: "US", value: short(0)})...), "(0028,0002)"},
		{"meta length", bytes.Replace(good, good[140:144], []byte("\xff\xff\xff\xff"), 1), "(0002,0000)"},
		{"element longer than its item", bytes.Replace(written(explicitLE, image(seq(0x00081032, []el{{tag: 0x00080100, vr: "SH", value: "code"}}))...), []byte("SH\x04\x00code"), []byte("SH\x40\x00code"), 1), "(0008,0100)"},
		{"fragments without an end", written(jpeg, image(el{tag: 0x7FE00010, vr: "OB", open: true, value: "\xfe\xff\x00\xe0\x00\x00\x00\x00\xfe\xff\x00\xe0\x02\x00\x00\x00ab"})...), "(7FE0,0010)"},
		{"bomb", written(deflatedLE, image(el{tag: 0x7FE00010, vr: "OW", value: strings.Repeat("\x00", 100<<20)})...), "200 times"},
	} {
		i := bring(t, "a.dcm", tt.b)
		if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, tt.want) {
			t.Errorf("%s: got %+v, want a refusal with %q", tt.what, i.report, tt.want)
		}
	}
}

// counted counts what is read of a file that goes on for ever.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// TestReadsTheHeaderAlone: of a file of any size only the header is read.
func TestReadsTheHeaderAlone(t *testing.T) {
	head := written(explicitLE, image()...)
	at := bytes.Index(head, []byte("\xe0\x7f\x10\x00"))
	binary.LittleEndian.PutUint32(head[at+8:], 500<<20)
	c := &counted{Reader: io.MultiReader(bytes.NewReader(head), endless{})}
	var out bytes.Buffer
	if err := dicom.Format.Tasks[0].Run(c, &out); err != nil {
		t.Fatal(err)
	}
	if c.n > 16<<10 || out.Len() > 4<<10 {
		t.Errorf("read %d bytes and wrote %d", c.n, out.Len())
	}
}

// TestUnknownSyntax: such a file is kept, and nothing is guessed of it.
func TestUnknownSyntax(t *testing.T) {
	i := bring(t, "a.dcm", written("1.2.840.10008.9.9.9", image()...))
	d := one[*record.DocumentReference](t, i)
	if !strings.Contains(d.Title, "cannot be displayed") || d.Content[0].Hash == "" || len(of[*record.ImagingStudy](i)) != 0 {
		t.Errorf("got %+v", d)
	}
	for _, r := range i.records {
		if s := r.Summary().Title; strings.Contains(s, "Ada") || strings.Contains(s, "chest") {
			t.Errorf("something was guessed: %s", s)
		}
	}
}

// TestPreamble: a file that begins like a program is told, and read.
func TestPreamble(t *testing.T) {
	for magic, warned := range map[string]bool{"MZ": true, "\x7fELF": true, "#!/bin/sh\n": true, "II*\x00": false, "": false} {
		b := written(explicitLE, image()...)
		copy(b, magic)
		i := bring(t, "a.dcm", b)
		one[*record.ImagingStudy](t, i)
		if got := len(i.report.Issues) == 1 && strings.Contains(i.report.Issues[0].Text, "like a program"); got != warned {
			t.Errorf("%q: %v", magic, i.report.Issues)
		}
	}
}

func TestDocuments(t *testing.T) {
	for _, tt := range []struct{ kind, content, mediaType, name string }{
		{"application/pdf", "%PDF-1.4 made up", "application/pdf", "Letter.pdf"},
		{"text/XML", "<ClinicalDocument/>", "text/plain", "Letter.xml"},
		{"model/stl", "solid\x00\x01\x02\xff", "model/stl", "Letter.stl"},
		{"application/pdf", "MZ\x90\x00\x01\xff\xff\xff\xff\xff\xff", "application/octet-stream", "Letter.bin"},
	} {
		i := bring(t, "a.dcm", written(explicitLE, changed(image()[:24], el{tag: 0x00420010, vr: "ST", value: "Letter"}, el{tag: 0x00420011, vr: "OB", value: tt.content}, el{tag: 0x00420012, vr: "LO", value: tt.kind},
			el{tag: 0x00080023, vr: "DA", value: "20210305"})...))
		d := one[*record.DocumentReference](t, i)
		if len(d.Content) != 1 || d.Content[0].ContentType != tt.mediaType || d.Content[0].Title != tt.name || d.Title != "Letter" || d.Date != "2021-03-05" {
			t.Errorf("%s: got %+v", tt.kind, d)
		}
		one[*record.ImagingStudy](t, i)
		if told := len(i.report.Issues) == 1 && strings.Contains(i.report.Issues[0].Text, "bring it in by itself"); told != (tt.kind == "text/XML") {
			t.Errorf("%s: %v", tt.kind, i.report.Issues)
		}
	}
}

func TestIdentify(t *testing.T) {
	for name, tt := range map[string]struct {
		b    []byte
		want exchange.Match
	}{
		"file":      {written(explicitLE, image()...), exchange.Yes},
		"bare":      {order{false, binary.LittleEndian}.list(image()), exchange.Maybe},
		"text":      {[]byte(strings.Repeat("08 00 some text ", 20)), exchange.No},
		"nothing":   {nil, exchange.No},
		"bare stub": {[]byte("\x08\x00\x05\x00CS\x0a\x00ISO_IR 100"), exchange.No},
	} {
		if got := dicom.Format.Identify(exchange.Head{Bytes: tt.b, Size: int64(len(tt.b))}); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

// TestDepth: as many sequences within one another as are allowed can be read.
func TestDepth(t *testing.T) {
	for depth, good := range map[int]bool{1: true, 31: true, 32: true, 33: false} {
		deep := seq(0x0040A730)
		for range depth - 1 {
			deep = seq(0x0040A730, []el{deep})
		}
		i := bring(t, "a.dcm", written(explicitLE, image(deep)...))
		if got := i.report.Refused == 0; got != good {
			t.Errorf("%d deep: read %v, want %v: %v", depth, got, good, i.report.Issues)
		}
	}
}
