package pdftext_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/paper"
)

func opened(b []byte) paper.File {
	return paper.File{Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// letter is a PDF of pages that each say their number; the first has a red
// square at its upper left and half of a blue one beside it.
func letter(t testing.TB, pages int) []byte {
	t.Helper()
	p := fpdf.New("P", "pt", "A4", "")
	for n := range pages {
		p.AddPage()
		if n == 0 {
			p.SetFillColor(255, 0, 0)
			p.Rect(0, 0, 100, 100, "F")
			p.SetAlpha(0.5, "Normal")
			p.SetFillColor(0, 0, 255)
			p.Rect(200, 0, 100, 100, "F")
			p.SetAlpha(1, "Normal")
		}
		p.SetFont("Helvetica", "", 20)
		p.Text(100, 400, fmt.Sprintf("Potassium on page %d", n+1))
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPagesAreDrawnInAChild: pages, words on them, and what cannot be shown.
func TestPagesAreDrawnInAChild(t *testing.T) {
	if testing.Short() {
		t.Skip("the library takes seconds to start")
	}
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	file := letter(t, 3)
	about, err := pdftext.About(t.Context(), c, opened(file))
	if err != nil || about.Pages != 3 || about.Locked || len(about.Active) != 0 {
		t.Fatalf("%+v, %v", about, err)
	}
	p, full, err := pdftext.Page(t.Context(), c, opened(file), 0, 595)
	if err != nil || full != image.Pt(595, 841) {
		t.Fatal(full, err)
	}
	if s := p.Bounds().Size(); s.X != 595 || s.Y < 840 || s.Y > 843 {
		t.Errorf("the page has %v", s)
	}
	for at, want := range map[image.Point]color.RGBA{{50, 50}: {255, 0, 0, 255}, {400, 700}: {255, 255, 255, 255}} {
		if got := p.RGBAAt(at.X, at.Y); got != want {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
	if got := p.RGBAAt(250, 50); got.A != 255 || got.B != 255 || got.R < 120 || got.R > 135 {
		t.Errorf("half of blue is drawn as %v", got)
	}
	for _, n := range []int{-1, 3, 1 << 40} {
		if _, _, err := pdftext.Page(t.Context(), c, opened(file), n, 595); err == nil {
			t.Errorf("there is a page %d", n)
		}
	}
	if large, _, err := pdftext.Page(t.Context(), c, opened(file), 1, 1<<30); err != nil || large.Bounds().Dx()*large.Bounds().Dy() > paper.MostPixels {
		t.Errorf("a huge page: %v", err)
	}
	found, more, err := pdftext.Find(t.Context(), c, opened(file), "POTASSIUM")
	if err != nil || more || len(found) != 3 || found[2].Page != 2 || len(found[0].Areas) != 1 {
		t.Fatalf("%+v, %v, %v", found, more, err)
	}
	a := found[0].Areas[0]
	if a.Left < 0.15 || a.Left > 0.19 || a.Bottom < 0.46 || a.Bottom > 0.49 || a.Top >= a.Bottom || a.Right <= a.Left {
		t.Errorf("the words stand at %+v", a)
	}
	if found, _, err := pdftext.Find(t.Context(), c, opened(file), "sodium"); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

// TestALockedFileOpensWithItsPassword, and with no other one.
func TestALockedFileOpensWithItsPassword(t *testing.T) {
	if testing.Short() {
		t.Skip("the library takes seconds to start")
	}
	p := fpdf.New("P", "pt", "A4", "")
	p.SetProtection(0, "geheim", "owner")
	p.AddPage()
	p.SetFont("Helvetica", "", 20)
	p.Text(100, 400, "Potassium")
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for password, locked := range map[string]bool{"": true, "wrong": true, "geheim": false} {
		f := opened(b.Bytes())
		f.Password = password
		about, err := pdftext.About(t.Context(), c, f)
		if err != nil || about.Locked != locked {
			t.Errorf("with %q: %+v, %v", password, about, err)
		}
		_, _, err = pdftext.Page(t.Context(), c, f, 0, 300)
		if (err != nil) != locked {
			t.Errorf("with %q the page: %v", password, err)
		}
	}
}

// TestHostileFilesAreNotShown: each ends in words, in time, and the next file is
// read as if nothing had been.
func TestHostileFilesAreNotShown(t *testing.T) {
	if testing.Short() {
		t.Skip("the library takes seconds to start")
	}
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sound := made("Potassium", "")
	ask := func(name string, b []byte) (paper.PDF, error) {
		began := time.Now()
		about, err := pdftext.About(t.Context(), c, opened(b))
		if err == nil && about.Pages > 0 {
			_, _, err = pdftext.Page(t.Context(), c, opened(b), 0, 1000)
		}
		if d := time.Since(began); d > time.Minute {
			t.Errorf("%s takes %v", name, d)
		}
		return about, err
	}
	loop := bytes.Replace(sound, []byte("BT /F1"), []byte("/F9 Do BT /F1"), 1) // draws what is not there
	endless := made(strings.Repeat(") Tj (x", 200_000), "")
	wide := bytes.Replace(sound, []byte("[0 0 595 842]"), []byte("[0 0 1e30 1e-9]"), 1)
	for name, f := range map[string]struct {
		content []byte
		words   string // of the refusal; "" for none
	}{
		"cut": {sound[:80], "damaged"}, "no PDF": {[]byte("hello"), "damaged"}, "nothing there": {loop, ""}, "endless": {endless, ""}, "wide": {wide, "?"},
		"script": {made("x", "/OpenAction << /S /JavaScript /JS (while\\(1\\){}) >>"), ""},
	} {
		about, err := ask(name, f.content)
		switch {
		case f.words == "?": // shown or not: it comes back
		case f.words == "" && err != nil, f.words != "" && (err == nil || !strings.Contains(err.Error(), f.words)):
			t.Errorf("%s: %+v, %v", name, about, err)
		}
		if name == "script" && len(about.Active) != 1 {
			t.Errorf("the script is not told: %+v", about)
		}
	}
	bad := filepath.Join("..", "..", "..", "..", "shared", "bad", "pdf")
	files, _ := filepath.Glob(filepath.Join(bad, "*.pdf"))
	if len(files) == 0 {
		t.Log("NOT TESTED: the sample files are not here")
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		about, err := ask(path, b)
		t.Logf("%s: %+v, %v", filepath.Base(path), about, err)
	}
	if about, err := ask("a sound one", sound); err != nil || about.Pages != 1 {
		t.Errorf("a sound file afterwards: %+v, %v", about, err)
	}
}

// BenchmarkPage draws a page of a letter, A4 at 1000 pixels, in the child.
func BenchmarkPage(b *testing.B) {
	c, err := worker.Self()
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	file := letter(b, 5)
	if _, err := pdftext.About(b.Context(), c, opened(file)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := pdftext.Page(b.Context(), c, opened(file), 2, 1000); err != nil {
			b.Fatal(err)
		}
	}
}
