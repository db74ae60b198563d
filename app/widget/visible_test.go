package widget_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// TestDeceptiveLettersAreSpelledOut: a name cannot turn the words around it.
func TestDeceptiveLettersAreSpelledOut(t *testing.T) {
	const name = "Marie\u202Eelpmas"
	l := widget.NewLine(name, "", "")
	shown := []string{l.Text, widget.NewChip(name, ui.Plain).Text}
	l.Set("other " + name)
	for _, s := range append(shown, l.Text) {
		if strings.ContainsRune(s, '\u202E') || !strings.Contains(s, "U+202E") {
			t.Errorf("shown as %q", s)
		}
	}
}
