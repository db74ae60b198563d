package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fw "fyne.io/fyne/v2/widget"
)

// verbatimColumns is where lines of a verbatim text are wrapped, in characters.
const verbatimColumns = 96

// Original shows a piece of a file exactly as it stands there, in letters of
// one width; long lines are wrapped for the eye alone.
func Original(text string) fyne.CanvasObject {
	grid := fw.NewTextGridFromString(WrapVerbatim(text, verbatimColumns))
	return container.NewScroll(grid)
}

// IsText says whether bytes can be shown as text.
func IsText(b []byte) bool {
	return utf8.Valid(b) && !strings.ContainsRune(string(b), 0)
}

// WrapVerbatim breaks long lines without changing any character. Continued
// lines begin with an arrow in the margin; the others with two spaces.
func WrapVerbatim(text string, columns int) string {
	var b strings.Builder
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		letters := []rune(strings.ReplaceAll(line, "\t", "    "))
		margin := "  "
		for first := true; first || len(letters) > 0; first = false {
			n := min(columns, len(letters))
			b.WriteString(margin + string(letters[:n]) + "\n")
			letters, margin = letters[n:], "↪ "
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
