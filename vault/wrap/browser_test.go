//go:build browser

package wrap_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// look is what a browser saw, as testdata/browser.mjs prints it.
type look struct {
	Plain struct {
		Title, Found, Cleared, Hover, Nothing string
		Hits, Landmarks, WithoutScript        bool
		Values, Contrast, Labels              []string
		Together, Focus                       []string
		Years, Wide, Headers                  int
		Outside, Headings, Front              int
	}
	Sealed map[string]struct {
		Wrong, Said, Found     string
		ShownWhenWrong, Opened bool
		Milliseconds           int
		Files                  []string
	}
	Hostile int
	Large   struct{ Loaded, Searched, Bytes int }

	Requests, Scripts, Errors, Violations []string
}

// TestBrowser opens the pages of a package in Chromium from the disk, plain and
// sealed. make test-browser gives it what it needs, and BROWSER_OUT a folder for
// its pictures.
func TestBrowser(t *testing.T) {
	dir := os.Getenv("BROWSER_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	prepare(t, dir)
	l := see(t, "testdata/browser.mjs", os.Getenv("PLAYWRIGHT"), os.Getenv("CHROMIUM"), dir, words)
	l.quiet(t)
	l.plain(t)
	l.compared(t)
	l.sealed(t)
	t.Logf("10,000 entries, %d bytes: loaded in %d ms, searched in %d ms; a payload of 20 MB opened in %d ms", l.Large.Bytes, l.Large.Loaded, l.Large.Searched, l.Sealed["sealed-20.html"].Milliseconds)
	answered(t, filepath.Join(dir, "answer.json"))
	if b, err := os.ReadFile(filepath.Join(dir, "printed.pdf")); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Errorf("the page does not print: %v", err)
	}
}

// TestFirefox opens the same pages in Firefox: search, charts, passphrases and hostile text.
func TestFirefox(t *testing.T) {
	if os.Getenv("FIREFOX") == "" {
		t.Skip("SKIPPED: Firefox cannot be had here")
	}
	dir := os.Getenv("BROWSER_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	prepare(t, dir)
	l := see(t, "testdata/firefox.mjs", os.Getenv("PUPPETEER"), os.Getenv("FIREFOX"), dir, words)
	l.quiet(t)
	l.searched(t)
	l.sealed(t)
	t.Logf("10,000 entries: loaded in %d ms, searched in %d ms; a payload of 20 MB opened in %d ms", l.Large.Loaded, l.Large.Searched, l.Sealed["sealed-20.html"].Milliseconds)
}

// see runs a script of testdata, and takes what its browser saw.
func see(t *testing.T, script string, args ...string) look {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	var l look
	if err := json.Unmarshal(out, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// quiet holds that nothing went out, nothing foreign ran and nothing failed.
func (l *look) quiet(t *testing.T) {
	t.Helper()
	if len(l.Requests)+len(l.Scripts)+len(l.Errors) > 0 {
		t.Errorf("requests %q, foreign scripts that ran %q, errors %q; want none of all", l.Requests, l.Scripts, l.Errors)
	}
	if l.Hostile < 30 {
		t.Errorf("opened %d pages with hostile text, want at least 30", l.Hostile)
	}
	if len(l.Violations) > 0 {
		t.Errorf("the policy had to stop %q, want nothing that tried", l.Violations)
	}
}

const words = "acorn velvet zebra tulip unfold mango"

func (l *look) searched(t *testing.T) {
	t.Helper()
	p := l.Plain
	if !strings.Contains(p.Title, "Halvorsen") || !p.Hits || !strings.Contains(p.Found, " of ") || p.Cleared != "" {
		t.Errorf("search: title %q, found %q, all hits have the word %v, after Escape %q", p.Title, p.Found, p.Hits, p.Cleared)
	}
	if len(p.Values) < 3 {
		t.Errorf("a chart tells %d values, want three or more", len(p.Values))
	}
	for _, v := range p.Values {
		if !strings.Contains(v, "20") || !strings.Contains(v, "source [") {
			t.Errorf("a chart tells %q, want value, date and source", v)
		}
	}
}

func (l *look) plain(t *testing.T) {
	t.Helper()
	l.searched(t)
	p := l.Plain
	if !strings.Contains(p.Hover, "source [") {
		t.Errorf("under the pointer a chart tells %q, want value, date and source", p.Hover)
	}
	if p.Years < 2 || p.Nothing == "" || !p.WithoutScript || !p.Landmarks {
		t.Errorf("got %d years, the empty form says %q, readable without a script %v, landmarks %v", p.Years, p.Nothing, p.WithoutScript, p.Landmarks)
	}
	if len(p.Contrast)+len(p.Labels)+p.Headers > 0 || p.Wide > 320 {
		t.Errorf("WCAG: too pale %q, without a label %q, %d tables without heads, %d wide at 320", p.Contrast, p.Labels, p.Headers, p.Wide)
	}
}

func (l *look) compared(t *testing.T) {
	t.Helper()
	p := l.Plain
	if len(p.Together) != 3 || p.Outside != 0 {
		t.Errorf("compared charts: got the values %q, %d drawn outside, want three and none", p.Together, p.Outside)
	}
	for _, v := range p.Together {
		if !strings.Contains(v, "source [") {
			t.Errorf("a compared chart tells %q, want value, date and source", v)
		}
	}
	if got := strings.Join(p.Focus, " "); got != "#main q part #summary" {
		t.Errorf("the focus goes to %q", got)
	}
	if p.Headings != 0 || p.Front != 1 {
		t.Errorf("got %d headings that skip a level, a front page of %d sheets, want none and one", p.Headings, p.Front)
	}
}

func (l *look) sealed(t *testing.T) {
	t.Helper()
	for name, p := range l.Sealed {
		altered := strings.HasPrefix(name, "flipped")
		if p.Opened == altered || p.ShownWhenWrong || p.Wrong == "" || altered && p.Said != p.Wrong {
			t.Errorf("%s: opened %v with the passphrase and %v without, says %q and %q", name, p.Opened, p.ShownWhenWrong, p.Wrong, p.Said)
		}
	}
	one := l.Sealed["sealed.html"]
	if len(l.Sealed) < 4 || !strings.Contains(one.Found, " of ") || len(one.Files) == 0 {
		t.Errorf("got %d sealed pages, the search in one found %q, its files are %q", len(l.Sealed), one.Found, one.Files)
	}
}

// prepare writes the pages that are opened.
func prepare(t *testing.T, dir string) {
	t.Helper()
	page := func(name string, l *sheettest.Library) []byte {
		var b bytes.Buffer
		if err := html.Format.Export(context.Background(), &b, l.Select(t, exchange.Scope{For: "Dr Leila Haddad, Nephrology"})); err != nil {
			t.Fatal(err)
		}
		put(t, dir, name, b.Bytes())
		return b.Bytes()
	}
	page("plain.html", sheettest.Realistic())
	page("large.html", sheettest.Large(10_000))
	for i, payload := range sheettest.Payloads {
		page(fmt.Sprintf("hostile-%02d.html", i), sheettest.Hostile(payload))
	}
	sealed := func(l *sheettest.Library) []byte {
		at := handover.Folder(t.TempDir())
		m, err := handover.Pack(t.Context(), formats.All(), l.Select(t, exchange.Scope{}), at, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := wrap.Write(t.Context(), &b, wrap.Protection{Kind: wrap.Page, Passphrase: []byte(words)}, wrap.Job{Files: m.Files, From: at, Made: sheettest.Made}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	one := sealed(sheettest.Realistic())
	put(t, dir, "sealed.html", one)
	big := sheettest.Realistic()
	noise := make([]byte, 20<<20)
	for i, x := 0, uint32(1); i < len(noise); i++ { // nothing that compresses
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		noise[i] = byte(x)
	}
	big.Add(sheettest.Problem("Gout", "2019"), record.Provenance{Original: big.File("scan.bin", "application/octet-stream", noise), Asserter: record.ByOrganisation})
	put(t, dir, "sealed-20.html", sealed(big))
	mark := []byte(`class="sealed">`)
	for i, at := range []int{bytes.Index(one, mark) + len(mark) + 40, bytes.LastIndex(one, mark) + len(mark) + 4000} {
		flipped := bytes.Clone(one)
		if flipped[at]++; flipped[at] == '[' || flipped[at] == '{' { // it stays a letter of base64
			flipped[at] = 'A'
		}
		put(t, dir, fmt.Sprintf("flipped-%d.html", i), flipped)
	}
}

func put(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// answered reads the file that the form saved, as an import does: the note and
// two proposals, none of which counts as a current medicine.
func answered(t *testing.T, path string) {
	t.Helper()
	found := &sink{}
	src := exchange.Source{Name: "answer.json", FS: os.DirFS(filepath.Dir(path)), Path: filepath.Base(path)}
	if err := fhir.Format().Import(t.Context(), src, found); err != nil {
		t.Fatal(err)
	}
	proposals, notes := 0, 0
	for _, r := range found.records {
		switch res := r.Resource.(type) {
		case *record.MedicationStatement:
			if s := res.Summary().Standing; s == record.Current || s == record.Past || !strings.Contains(fmt.Sprint(r.Provenance), "not verified") {
				t.Errorf("a proposal stands as %v, by %v", s, r.Provenance)
			}
			proposals++
		case *record.DocumentReference:
			if !strings.Contains(res.Content[0].Text, "See me in 4 weeks") {
				t.Error("the note is not the one that was typed")
			}
			notes++
		case *record.Patient:
			if res.BirthDate != "1961-04-03" {
				t.Errorf("the patient was born on %s", res.BirthDate)
			}
		}
	}
	if proposals != 2 || notes != 1 {
		t.Errorf("got %d proposals and %d notes, want two and one", proposals, notes)
	}
}

// sink takes what an import reads.
type sink struct{ records []record.Record }

func (s *sink) Add(r record.Record) { s.records = append(s.records, r) }
func (*sink) Report(exchange.Issue) {}
func (*sink) Attach(name, mediaType string, r io.Reader) (record.Attachment, error) {
	b, err := io.ReadAll(r)
	return record.Attachment{Title: name, ContentType: mediaType, Text: string(b)}, err
}
