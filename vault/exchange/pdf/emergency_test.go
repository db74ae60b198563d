package pdf

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// scan reads the code of a first page by a library that is not the one that made
// it, from the boxes as they are drawn, each module as a square of whole dots.
func scan(t *testing.T, d *document) string {
	t.Helper()
	const dots, quiet = 6, 4 // dots of a module, modules of white around
	var boxes []mark
	side := float64(codeSize)
	for _, m := range d.pages[0] {
		if m.kind == box && m.style.ink == (ink{}) {
			boxes = append(boxes, m)
			side = min(side, m.w)
		}
	}
	n := int(math.Round(codeSize / side))
	size := (n + 2*quiet) * dots
	picture := image.NewGray(image.Rect(0, 0, size, size))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	at := func(v float64) int { return (quiet + int(math.Round(v/side))) * dots }
	left, top := d.paper.width-marginX-codeSize, boxes[0].y
	for _, m := range boxes {
		for y := at(m.y - top); y < at(m.y-top)+dots; y++ {
			for x := at(m.x - left); x < at(m.x-left+m.w); x++ {
				picture.SetGray(x, y, color.Gray{})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	// The picture has no slant and no noise: nothing need be looked for.
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatalf("read the code: %v", err)
	}
	return found.GetText()
}

func TestTheCodeSaysTheEmergencyFacts(t *testing.T) {
	d := lay(t, sheettest.Realistic().Select(t, exchange.Scope{}))
	got := scan(t, d)
	for _, want := range []string{
		"Ingrid Maria Halvorsen\nborn 3 April 1961, female\nFacts of 22 November 2026\n", "CONTACT: Per Halvorsen (husband) +44 20 7946 0411\n",
		"ALLERGIES: Penicillin V = Anaphylaxis (severe), criticality high; Latex (unconfirmed) = Contact dermatitis\n", "MEDICINES: Vitamin D3; Atorvastatin 20 mg tablets", "PROBLEMS: ", "more on paper",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	for _, not := range []string{"Ibuprofen", "Naproxen", "Amlodipine", "pneumonia"} {
		if strings.Contains(got, not) {
			t.Errorf("got %s in %q, want what is not current nowhere", not, got)
		}
	}
}

func TestTheCodeReadsInEveryScript(t *testing.T) {
	for _, words := range [][2]string{{"山田 太郎 / محمد / Ελένη", "青霉素"}, {"Jürgen Müller", "Nüsse"}, {"Ada É", "Latex"}, {"Łukasz", "Žluť"}} {
		l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: words[0]}}})
		l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Words(words[1])}, sheettest.Self())
		if got := scan(t, lay(t, l.Select(t, exchange.Scope{}))); !strings.Contains(got, words[0]) || !strings.Contains(got, words[1]) {
			t.Errorf("got %q, want %q", got, words)
		}
	}
}

func TestTheCodeHoldsTheGravestOfAnyRecord(t *testing.T) {
	for _, n := range []struct{ n, length int }{{0, 1}, {3, 3}, {30, 1}, {30, 40}, {80, 2}} {
		s := sheet.Build(crowded(n.n, n.length).Select(t, exchange.Scope{}))
		text := emergency(s)
		if len(text) > longestEmergency+200 {
			t.Errorf("%d of %d: got %d bytes, want it readable from paper", n.n, n.length, len(text))
		}
		d := lay(t, crowded(n.n, n.length).Select(t, exchange.Scope{}))
		if got := scan(t, d); !strings.Contains(got, "ALLERGIES: ") || !strings.Contains(got, "MEDICINES: ") {
			t.Errorf("%d of %d: got %q, want each list or how many it has", n.n, n.length, got)
		}
	}
}

func TestHazard05TheCodeSaysWhenNobodyAsked(t *testing.T) {
	got := emergency(sheet.Build(sheettest.New(&record.Patient{}).Select(t, exchange.Scope{})))
	if !strings.Contains(got, "ALLERGIES: Nobody has said anything about allergies") {
		t.Errorf("got %q, want that nobody has said anything", got)
	}
}

func TestHazard50TheCodeHoldsNothingBackInSilence(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	l.Add(sheettest.Problem("Secretdisease", "2021"), sheettest.Self())
	got := emergency(sheet.Build(l.Select(t, exchange.Scope{Exclude: []record.ID{l.Records[1].ID}})))
	if strings.Contains(got, "Secretdisease") || !strings.Contains(got, sheet.WithheldNotice) {
		t.Errorf("got %q, want that items were withheld and not which", got)
	}
}

func TestPaperIsThatOfTheCountry(t *testing.T) {
	for country, want := range map[string]Paper{"": A4, "Germany": A4, "US": Letter, "U.S.A.": Letter, "Canada": Letter, "GB": A4} {
		l := sheettest.New(&record.Patient{Address: []record.Address{{City: "Springfield"}, {Country: country}}})
		if got := lay(t, l.Select(t, exchange.Scope{})).paper; got != want {
			t.Errorf("%q: got %s, want %s", country, got.Name, want.Name)
		}
	}
}

// TestTheCodeNeverSaysHalfOfAStatement has words about allergies in a document
// alone: half of them could say the opposite.
func TestTheCodeNeverSaysHalfOfAStatement(t *testing.T) {
	for text, want := range map[string]string{
		"No allergy, and no statement that there is none, stands in a list.": "No allergy, and no statement that there is none, stands in a list.",
		strings.Repeat("No allergy that ", 30):                               "not clear, see the paper",
		"":                                                                   "not clear, see the paper",
	} {
		if got := banner(sheet.Block{Banner: text}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	l := list{title: "ALLERGIES", items: []string{"Peanut"}, shown: 1, more: true}
	if got := l.String(); got != "ALLERGIES: Peanut; see also the paper" {
		t.Errorf("got %q, want that the paper says more", got)
	}
}
