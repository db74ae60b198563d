package pdftext_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestMain(m *testing.M) {
	worker.Main(pdftext.Format.Tasks)
	os.Exit(m.Run())
}

// made is a PDF of one page that says words; more goes into its catalog.
func made(words, more string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.7\n")
	object("<< /Type /Catalog /Pages 2 0 R %s >>", more)
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	content := "BT /F1 12 Tf 72 720 Td (" + words + ") Tj ET"
	object("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object("<< /Title (A letter) /CreationDate (D:20210304101112+01'00') >>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}

// bring imports a file, with the child that reads it.
func bring(t *testing.T, c *worker.Children, content []byte) (*record.DocumentReference, record.SourceReport) {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{pdftext.Format}, []exchange.Source{exchangetest.Source("letter.pdf", content)}, exchange.Options{Person: exchange.NewPerson, Children: c})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, r := range m.All() {
		if d, ok := r.Resource.(*record.DocumentReference); ok {
			return d, b.Receipt.Sources[0]
		}
	}
	return nil, b.Receipt.Sources[0]
}

func words(r record.SourceReport) string {
	var s []string
	for _, i := range r.Issues {
		s = append(s, i.Text)
	}
	return strings.Join(s, "; ")
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func stream(dictionary string, b []byte) string {
	return fmt.Sprintf("\n9 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n", len(b), dictionary, b)
}

// TestInAChild reads sound and hostile files in one child after the other.
func TestInAChild(t *testing.T) {
	if testing.Short() {
		t.Skip("the library takes seconds to start")
	}
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sound := made("Potassium 4.10 mmol/L", "")
	d, report := bring(t, c, sound)
	if d == nil || strings.TrimSpace(d.Content[0].Text) != "Potassium 4.10 mmol/L" || !strings.Contains(d.Description, "1 page; its maker calls it “A letter”; made on 4 March 2021") || d.Date != "" || len(report.Issues) != 0 {
		t.Fatalf("%+v, %s", d, words(report))
	}
	before := func(b []byte, more string) []byte {
		return bytes.Replace(b, []byte("\nxref\n"), []byte(more+"\nxref\n"), 1)
	}
	bomb := packed(packed(make([]byte, 64<<20)))
	for name, f := range map[string]struct {
		content []byte
		filed   bool
		words   string
	}{
		"script":         {made("x1 x2", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), true, "run a script"},
		"escaped script": {made("x1 x2", "/OpenAction << /S /J#61vaScript >>"), true, "run a script"},
		"packed script":  {before(made("x1 x2", ""), stream("/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", packed([]byte("7 0 << /S /JavaScript >>")))), true, "run a script"},
		"program":        {made("x1 x2", "/OpenAction << /S /Launch /F (cmd.exe) >>"), true, "start a program"},
		"bomb":           {before(made("x1 x2", ""), stream("/Filter [/FlateDecode /FlateDecode]", bomb)), false, "thousands of times"},
		"no words":       {made("", ""), true, "may be a scan"},
		"cut":            {sound[:100], false, "damaged"},
		"no pages":       {bytes.Replace(sound, []byte("/Kids [3 0 R] /Count 1"), []byte("/Kids [] /Count 0     "), 1), false, "no page"},
		"header alone":   {[]byte("%PDF-1.4"), false, "damaged"},
	} {
		d, report := bring(t, c, f.content)
		if (d != nil) != f.filed || !strings.Contains(words(report), f.words) {
			t.Errorf("%s: filed %v, %s", name, d != nil, words(report))
		}
	}
	if d, _ := bring(t, c, sound); d == nil {
		t.Error("a sound file afterwards is not read")
	}
}

// TestSamples reads the sample files, where they are.
func TestSamples(t *testing.T) {
	root := filepath.Join("..", "..", "..", "..", "shared")
	if _, err := os.Stat(root); err != nil {
		t.Skip("NOT TESTED: the sample files are not here")
	}
	if testing.Short() {
		t.Skip("the library takes seconds to start")
	}
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for name, want := range map[string]string{ // words of the text, or "!" and words of the refusal
		"data/pdf/mcbee_C-CDA_embedded.pdf": "Advance Digital Directive", "bad/pdf/ok.pdf": "Potassium 4.10", "bad/pdf/js_open.pdf": "Potassium 4.10",
		"bad/pdf/launch.pdf": "Potassium 4.10", "bad/pdf/embedded.pdf": "Potassium 4.10", "bad/pdf/encrypted_stub.pdf": "",
		"bad/pdf/flate_bomb.pdf": "!thousands", "bad/pdf/xref_loop.pdf": "!damaged", "bad/pdf/deep_array.pdf": "!no page",
	} {
		b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		d, report := bring(t, c, b)
		refusal, refused := strings.CutPrefix(want, "!")
		switch {
		case refused && (d != nil || !strings.Contains(words(report), refusal)), !refused && (d == nil || !strings.Contains(d.Content[0].Text, want)):
			t.Errorf("%s: %+v, %s", name, d, words(report))
		}
		t.Logf("%s: %s", name, words(report))
	}
}
