package fulltext

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folder brings letters to the form in which they are searched: compatibility
// decomposed (NFKD), without marks, case folded. It remembers what it met.
type folder struct {
	caser cases.Caser
	known map[rune]string
}

func newFolder() folder { return folder{cases.Fold(), map[rune]string{}} }

// rememberLimit is how many runes a folder remembers.
const rememberLimit = 8192

// rune gives the folded form of one rune: "" for a mark, and for what only
// tells where a word may be broken or joined.
func (f *folder) rune(r rune) string {
	if s, ok := f.known[r]; ok {
		return s
	}
	s := f.fold(r)
	if len(f.known) < rememberLimit {
		f.known[r] = s
	}
	return s
}

func (f *folder) fold(r rune) string {
	if r == '\u00ad' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff' {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, f.caser.String(norm.NFKD.String(string(r))))
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unspaced says whether a rune belongs to a writing that puts no spaces
// between words.
func unspaced(r rune) bool {
	return r >= 0x0e00 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}
