package documents

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func demo(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(assets.Demo(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pages(t *testing.T) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.SetFont("Helvetica", "", 20)
	p.Text(20, 20, "Potassium")
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEachFormatOpensAtItsPlace brings in a file of each form and opens every
// entry's original: text at the bytes of the entry, which are marked, the others
// with what shows them.
func TestEachFormatOpensAtItsPlace(t *testing.T) {
	hl7 := "MSH|^~\\&|LAB|X|Y|Z|20210304101112||ORU^R01|1|P|2.5.1\rPID|1||77||Testperson^Ada||19610412|F\rOBR|1||9|2345-7^Glucose^LN|||20210304\rOBX|1|NM|2345-7^Glucose^LN||5.4|mmol/L|||||F|||20210304\rOBX|2|NM|2823-3^Potassium^LN||4.10|mmol/L|||||F|||20210304\r"
	for name, c := range map[string]struct {
		b       []byte
		content content
		spans   int // at least so many entries have a place in the file
	}{
		"portal.json": {demo(t, "lakeside-hospital-portal.json"), textContent, 50},
		"visit.xml":   {demo(t, "walk-in-clinic-visit.xml"), textContent, 5},
		"lab.hl7":     {[]byte(hl7), textContent, 2},
		"lab.csv":     {[]byte("Date,Test,Result,Unit,Reference range\n2021-03-04,Glucose,5.4,mmol/L,3.9-5.8\n2021-03-05,Potassium,4.10,mmol/L,3.5-5.1\n"), textContent, 2},
		"note.txt":    {[]byte("slept badly\n"), textContent, 0},
		"letter.pdf":  {pages(t), pdfContent, 0},
		"photo.png":   {picture(t), pictureContent, 0},
	} {
		v := vaulttest.New(t)
		opened, spans := 0, 0
		for _, r := range bring(t, v, name, c.b) {
			for n, p := range r.Provenance {
				if p.Original == "" {
					continue
				}
				f, err := place(t.Context(), v, ui.Route{Place: ui.Original, ID: r.ID, Words: ui.Source(n)})
				if err != nil || f.content != c.content {
					t.Fatalf("%s: %+v, %v", name, f.content, err)
				}
				opened++
				if p.Span.Length > 0 {
					spans++
					marked(t, v, f, c.b)
				}
			}
		}
		if opened == 0 || spans < c.spans {
			t.Errorf("%s: %d originals were opened, %d at a place", name, opened, spans)
		}
	}
}

// bring files a file and gives the entries that come from it.
func bring(t *testing.T, v *vault.Vault, name string, b []byte) []record.Record {
	t.Helper()
	batch, err := exchange.Import(t.Context(), v, formats.All(), []exchange.Source{exchangetest.Source(name, b)}, exchange.Options{Person: exchange.PersonChoice(vaulttest.Person)})
	if err != nil {
		t.Fatal(name, err)
	}
	receipt, err := batch.Commit(t.Context())
	if err != nil {
		t.Fatal(name, err)
	}
	var out []record.Record
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Provenance {
			if p.Import == receipt.Import {
				out = append(out, r)
				break
			}
		}
	}
	return out
}

// marked holds that what an entry says is in the part that is shown, and marked to
// the letter.
func marked(t *testing.T, v *vault.Vault, f placed, whole []byte) {
	t.Helper()
	view := &fileView{env: &ui.Env{Vault: v}, file: f.file}
	p, err := readPiece(t.Context(), view.open, f.file.Size, f.encoding, f.from.Span.Offset, false)
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(p.letters, 90)
	lines := p.lines(rows, []mark{{Span: f.from.Span}})
	top := p.rowAt(rows, f.from.Span.Offset)
	if !lines[top].Marked || top > 0 && lines[top-1].Marked {
		t.Errorf("%s: row %d is not where the mark begins", f.from.Place, top)
	}
	var got strings.Builder
	for _, l := range lines {
		for _, w := range l.Washes {
			got.WriteString(l.Text[w.Start:w.End])
		}
	}
	squeeze := strings.NewReplacer("\n", "", "\r", "", "\t", tab)
	want := squeeze.Replace(string(whole[f.from.Span.Offset:min(f.from.Span.Offset+f.from.Span.Length, p.end)]))
	if got.String() != want {
		t.Errorf("%s: marked is %.80q, want %.80q", f.from.Place, got.String(), want)
	}
}

// TestPlacesThatAreNotThere end in words.
func TestPlacesThatAreNotThere(t *testing.T) {
	v := vaulttest.New(t)
	r := bring(t, v, "note.txt", []byte("slept badly\n"))[0]
	for _, words := range []string{"", ui.Source(7), ui.File("nothing"), "source x"} {
		if _, err := place(t.Context(), v, ui.Route{ID: r.ID, Words: words}); err == nil {
			t.Errorf("%q opens something", words)
		}
	}
	if _, err := place(t.Context(), v, ui.Route{ID: "gone", Words: ui.Source(0)}); err == nil {
		t.Error("an entry that is not there has an original")
	}
	if f, err := place(t.Context(), v, ui.Route{ID: r.ID, Words: ui.File(r.Provenance[0].Original)}); err != nil || f.from.Original != "" {
		t.Errorf("the file that it carries: %+v, %v", f, err)
	}
}
