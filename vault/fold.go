package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold brings text to the form in which it is searched: compatibility
// decomposed (NFKD), without marks, case folded.
func fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	for _, r := range cases.Fold().String(norm.NFKD.String(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func foldASCII(s string) (string, bool) {
	upper := false
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return "", false
		}
		upper = upper || s[i] >= 'A' && s[i] <= 'Z'
	}
	if !upper {
		return s, true
	}
	return strings.ToLower(s), true
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// queryWords cuts what was typed into folded words.
func queryWords(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool { return !inWord(r) })
}

// findPrefix gives where in folded text a word begins with prefix; -1 if none.
func findPrefix(folded, prefix string) int {
	for from := 0; ; {
		i := strings.Index(folded[from:], prefix)
		if i < 0 {
			return -1
		}
		at := from + i
		if before, _ := utf8.DecodeLastRuneInString(folded[:at]); at == 0 || !inWord(before) {
			return at
		}
		from = at + 1
		for from < len(folded) && !utf8.RuneStart(folded[from]) {
			from++
		}
	}
}

const snippetLength = 120 // characters

// snippet cuts the words around the first match out of the text as it was
// written. The place is found by folding rune by rune.
func snippet(text, prefix string) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= snippetLength {
		return text
	}
	at := findPrefix(fold(text), prefix)
	start, seen := 0, 0
	for i, r := range runes {
		if seen >= at {
			start = i
			break
		}
		seen += len(fold(string(r)))
	}
	start = max(0, min(start-snippetLength/4, len(runes)-snippetLength))
	end := min(len(runes), start+snippetLength)
	s := string(runes[start:end])
	if start > 0 {
		s = "…" + strings.TrimLeft(s, " ")
	}
	if end < len(runes) {
		s = strings.TrimRight(s, " ") + "…"
	}
	return s
}
