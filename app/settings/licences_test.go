package settings

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/assets"
)

func TestWorksOfOthersAreListed(t *testing.T) {
	works, licences := worksOf(assets.Licences())
	if len(works) != len(licences) || len(works) < 50 {
		t.Fatalf("%d works and %d licences", len(works), len(licences))
	}
	for want, words := range map[string]string{"The Go standard library": "The Go Authors", "fyne.io/fyne/v2 ": "Fyne", "PDFium": "FreeType Project", "LOINC": "Regenstrief", "DejaVu": "Bitstream"} {
		found := false
		for i, w := range works {
			found = found || strings.HasPrefix(w, want) && strings.Contains(licences[i], words)
		}
		if !found {
			t.Errorf("nothing says whose work %s is", want)
		}
	}
	if got := unwrapped("one\ntwo\n\n\n  three\n"); got != "one two\n\nthree" {
		t.Errorf("got %q", got)
	}
}
