package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/record"
)

// pdfium reads a file back with PDFium, which has nothing of what wrote it.
func pdfium(t *testing.T, sel exchange.Selection) string {
	t.Helper()
	var file, out bytes.Buffer
	if err := Export(context.Background(), &file, sel); err != nil {
		t.Fatal(err)
	}
	if err := pdftext.Format.Tasks[0].Run(&file, &out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Text   string
		Cut    bool
		Active []string
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Cut || len(got.Active) > 0 {
		t.Fatalf("cut %v, active %v: want the whole of a file that does nothing", got.Cut, got.Active)
	}
	return got.Text
}

// bare is a text without what layout puts into it: spaces, and marks where a long
// word was cut.
func bare(s string) string {
	return strings.NewReplacer(cutMark, "", "\u00AD", "", "\uFFFE", "").Replace(strings.Join(strings.Fields(norm.NFC.String(s)), ""))
}

// unhyphened leaves hyphens out too: PDFium takes one at the end of a line for a
// word that goes on.
func unhyphened(s string) string { return strings.NewReplacer("-", "", "\u0002", "").Replace(bare(s)) }

// said leaves out what is not said in the words of its source: each has its
// reason.
func said(r record.Resource, d record.Detail) bool {
	switch d.Label {
	case "Date", "Status", "Text", "Intent":
		return true // the standing and the time of every row are said in its cells and tags
	}
	return false
}

func TestEveryFactIsInTheFile(t *testing.T) {
	for seed := range uint64(4) {
		sel := monster(rand.New(rand.NewPCG(seed, 1)), 3).Select(t, exchange.Scope{})
		text := unhyphened(pdfium(t, sel))
		has := func(r record.Record, label, value string) {
			for _, w := range strings.Fields(record.Visible(value)) {
				if w = unhyphened(w); !strings.Contains(text, w) && !acrossPages(text, w) {
					t.Errorf("seed %d: %s: got no %q of %s %q", seed, r.Resource.Kind(), w, label, value)
				}
			}
		}
		for _, r := range sel.Records {
			has(r, "title", r.Summary().Title)
			for _, d := range r.Resource.Details() {
				if !said(r.Resource, d) {
					has(r, d.Label, d.Value)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}

// acrossPages says that a word which may be broken goes on behind a page's foot.
func acrossPages(text, w string) bool {
	const long = 60
	if len(w) < long && !strings.ContainsFunc(w, east) {
		return false
	}
	for i := range w {
		if i > 0 && strings.Contains(text, w[:i]) && strings.Contains(text, w[i:]) {
			return true
		}
	}
	return false
}

var onPage = regexp.MustCompile(`\+ (\d+) more.*? on page (\d+)`)

func TestTheFirstPageOfAnyRecord(t *testing.T) {
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 2))
		l := monster(rng, 1+rng.IntN(12))
		for _, on := range []Paper{A4, Letter} {
			sel := l.Select(t, exchange.Scope{})
			d, err := layOut(context.Background(), sheet.Build(sel), on)
			if err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("seed %d on %s", seed, on.Name)
			firstPageFits(t, name, d)
			allergiesComeFirst(t, name, d)
		}
	}
}

func firstPageFits(t *testing.T, name string, d *document) {
	t.Helper()
	for _, m := range d.pages[0] {
		foot := m.style == label || m.style == tagged || m.style.size == 6.8
		if m.kind == words && (m.y > d.bottom-8 && !foot || m.y > d.paper.height-15 || m.x < marginX-1 || m.x+m.w > d.paper.width-marginX+1) {
			t.Errorf("%s: got %q at %.0f, %.0f, want it on the page", name, m.text, m.x, m.y)
		}
	}
}

// allergiesComeFirst holds them against every other list: none shows a row while
// an allergy that has room waits behind it.
func allergiesComeFirst(t *testing.T, name string, d *document) {
	t.Helper()
	text := pageText(d, 0)
	allergies, medicines := strings.Index(text, "Allergies"), strings.Index(text, "Current medicines")
	if allergies < 0 || medicines >= 0 && medicines < allergies {
		t.Errorf("%s: got allergies at %d and medicines at %d, want allergies first", name, allergies, medicines)
	}
	for _, m := range onPage.FindAllStringSubmatch(text, -1) {
		if page := m[2]; page == "0" || page == "1" {
			t.Errorf("%s: got %q, want a page behind the first", name, m[0])
		}
	}
	front := d.sheet.Front
	shown := 0
	for _, r := range front.Allergies.Rows {
		first := strings.Fields(norm.NFC.String(r.Cells[0]))[0]
		if len(first) > 20 {
			first = first[:3]
		}
		if strings.Contains(text, first) {
			shown++
		}
	}
	if want := min(5, len(front.Allergies.Rows)); shown < want {
		t.Errorf("%s: got %d allergies on the first page, want %d", name, shown, want)
	}
	if shown < len(front.Allergies.Rows) {
		for _, less := range []string{"Visit ", "Vaccine ", "Procedure ", "Trend "} {
			if strings.Contains(text, " "+less) {
				t.Errorf("%s: got rows under %q while an allergy waits behind the page", name, less)
			}
		}
	}
}

// TestNoWordIsCutInSilence breaks words of any script at any width and puts them
// together again.
func TestNoWordIsCutInSilence(t *testing.T) {
	d := lay(t, sheettest.New(&record.Patient{}).Select(t, exchange.Scope{}))
	g := &generator{rand.New(rand.NewPCG(3, 3))}
	for range 1500 {
		text, width := g.words(), 20+500*g.Float64()
		if g.IntN(4) == 0 {
			text += " " + []string{"شَدِيدَة حساسية", "רָחֵל כֹּהֵן", "q̃ v̄", "20 mg"}[g.IntN(4)] + " " + g.words()
		}
		lines := d.wrap([]style{body, strong, small}[g.IntN(3)], text, width)
		for i, line := range lines {
			if w := d.width(body, line); w > width*1.3+10 {
				t.Fatalf("got a line of %.0f points in %.0f", w, width)
			}
			if i == len(lines)-1 {
				break
			}
			before, after := []rune(strings.TrimRight(line, "\u2069"))[0:], []rune(strings.TrimLeft(lines[i+1], string(lrm)+string(rlm)+"\u2066\u2067\u2068"))
			last, next := before[len(before)-1], after[0]
			if whole := strings.Contains(text, string(last)+" "+string(next)); !whole && !strings.HasSuffix(string(before), cutMark) && !mayBreak(last, next) {
				t.Errorf("got %q cut before %q without a mark", line, lines[i+1])
			}
		}
		if got, want := bare(spoken(strings.Join(lines, ""))), bare(text); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		for n := 1; n < 3 && n < len(lines); n++ {
			if short := d.most(body, lines, n, width); len(short) != n || !strings.HasSuffix(short[n-1], "…") {
				t.Errorf("got %q, want it to say that there is more", short)
			}
		}
	}
}

// TestHazard19TheFileKeepsEveryDigit reads decimals, bounds and units back.
func TestHazard19TheFileKeepsEveryDigit(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	g := &generator{rng}
	l := sheettest.New(&record.Patient{})
	var want []string
	for i := range 1500 {
		c := []string{"", "", "<", "<=", ">", ">="}[rng.IntN(6)]
		v, unit := g.decimal(), []string{"mg/dL", "mmol/L", "10*9/L", "[IU]/mL", "µg/L", "%"}[rng.IntN(6)]
		l.Add(sheettest.Lab(fmt.Sprint("Analyte ", i%40), fmt.Sprint(i%40, "-1"), record.Date(fmt.Sprint(1950+i/40)), c+v, unit), sheettest.Self())
		want = append(want, c+v+unit)
	}
	text := bare(pdfium(t, l.Select(t, exchange.Scope{})))
	for _, w := range want {
		i := strings.Index(text, w)
		if i < 0 {
			t.Fatalf("got no %q, want every digit, bound and unit", w)
		}
	}
}

func TestTheSameRecordGivesTheSameBytes(t *testing.T) {
	sel := languages["arabic"].Select(t, exchange.Scope{})
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := Export(context.Background(), w, sel); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("got two files, want one")
	}
}
