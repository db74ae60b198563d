package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// crowded is a person with many long entries in every list of the front page.
func crowded(n, length int) *sheettest.Library {
	name := strings.Repeat("very long words ", length)
	l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: name}}, Telecom: []record.ContactPoint{{Value: name}}})
	for i := range n {
		title := fmt.Sprintf("%d %s", i, name)
		l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Words(title), Reaction: []record.Reaction{{Description: name}}}, sheettest.Self())
		l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Code("No known allergy", record.SNOMED, "716186003"), Note: []string{name}}, sheettest.Self())
		l.Add(sheettest.Order(title, name, "2024-01-02", name), sheettest.Self())
		l.Add(sheettest.Order("unstated "+title, name, "2024-01-02", name), sheettest.Self()).Held = []string{name}
		l.Add(sheettest.Problem(title, "2020"), sheettest.Self())
		l.Add(&record.Procedure{Status: "completed", Code: sheettest.Words(title)}, sheettest.Self())
		l.Add(&record.Immunization{Status: "completed", VaccineCode: sheettest.Words(title)}, sheettest.Self())
		l.Add(sheettest.Lab(title, fmt.Sprint(i, "-1"), "2024-01-02", strings.Repeat("1234567890", 6), name), sheettest.Self())
		l.Add(&record.Encounter{Status: "finished", Type: []record.Concept{sheettest.Words(title)}, ServiceProvider: name}, sheettest.Self())
	}
	return l
}

func TestFrontPageIsOnePage(t *testing.T) {
	for _, test := range []struct{ n, length int }{{0, 1}, {1, 1}, {3, 3}, {10, 2}, {10, 20}, {70, 4}, {120, 60}} {
		t.Run(fmt.Sprint(test.n, " of ", test.length), func(t *testing.T) {
			d := lay(t, crowded(test.n, test.length).Select(t, exchange.Scope{From: "1900", For: strings.Repeat("recipient ", 50)}))
			for i, m := range d.pages[0] {
				if m.kind == words && m.style != label && m.y > d.bottom-10 && m.y < d.paper.height-32 && m.style != tagged {
					t.Fatalf("mark %d: got words at %.0f points, want them above %.0f", i, m.y, d.bottom-10.0)
				}
			}
			if test.n > 60 {
				has := pageText(d, 0)
				for _, section := range []string{"allergies", "medicines", "problems", "results"} {
					if want := fmt.Sprintf("on page %d", d.starts[section]); !strings.Contains(has, want) {
						t.Errorf("got no %q on the first page, want where the rest of %s stands", want, section)
					}
				}
			}
		})
	}
}

func TestNothingRunsOutOfThePage(t *testing.T) {
	for _, l := range []*sheettest.Library{sheettest.Realistic(), crowded(5, 30), sheettest.Hostile(strings.Repeat("W", 3000))} {
		d := lay(t, l.Select(t, exchange.Scope{}))
		for p, page := range d.pages {
			for _, m := range page {
				if m.kind == words && (m.x < marginX-1 || m.x+m.w > d.paper.width-marginX+1 || m.y > d.paper.height-15) {
					t.Fatalf("page %d: got words from %.0f to %.0f at %.0f, want them inside the margins", p+1, m.x, m.x+m.w, m.y)
				}
			}
		}
	}
}

func TestEveryPageNamesThePersonAndItsNumber(t *testing.T) {
	d := lay(t, sheettest.Realistic().Select(t, exchange.Scope{}))
	for i := range d.pages {
		text := pageText(d, i)
		for _, want := range []string{"Ingrid Maria Halvorsen, born 3 April 1961", fmt.Sprintf("page %d of %d", i+1, len(d.pages))} {
			if !strings.Contains(text, want) {
				t.Errorf("page %d: got no %q, want it", i+1, want)
			}
		}
	}
}

func TestCharactersThatCannotBeShownAreCounted(t *testing.T) {
	l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: "Ада Ωμέγα Łódź"}}})
	l.Add(sheettest.Note("Note", "2024-01-02", "", "Text", "สวัสดี \uE000 😀 ok"), sheettest.Self())
	d := lay(t, l.Select(t, exchange.Scope{}))
	if d.unshown["Thai"] != 6 || d.unshown["signs"] != 2 {
		t.Errorf("got %v counted, want 6 Thai characters and 2 signs", d.unshown)
	}
	f := reading(d)
	if !strings.Contains(f.All, "□□□□□□ □ □ ok") || !strings.Contains(f.Front, "8 characters (Thai, signs) could not be shown in this PDF (□); see START-HERE.html.") || !strings.Contains(f.Front, "Ада Ωμέγα Łódź") {
		t.Errorf("got %q, want boxes, their number and the name", f.All)
	}
}

func TestNumbersAreNotCutInSilence(t *testing.T) {
	number := strings.Repeat("1234567890", 6)
	d := lay(t, sheettest.New(&record.Patient{}).Select(t, exchange.Scope{}))
	lines := d.wrap(body, number+" mmol/L", 100)
	for i, line := range lines {
		if i < len(lines)-2 && !strings.HasSuffix(line, cutMark) {
			t.Errorf("line %d: got %q, want the mark of a cut at its end", i, line)
		}
	}
	if got := strings.ReplaceAll(strings.Join(lines, " "), cutMark+" ", ""); got != number+" mmol/L" {
		t.Errorf("got %q, want %q", got, number)
	}
}
