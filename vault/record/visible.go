package record

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible spells out the characters of s that could hide text or turn its
// order around: control characters, bidirectional overrides, embeddings and
// isolates, tags. Hints for breaking lines, which show as nothing, go. Bytes
// that are not UTF-8 become U+FFFD.
func Visible(s string) string {
	if !needsSpelling(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r == '\r' || unseen(r):
		case r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case deceptive(r):
			fmt.Fprintf(&b, "⟦U+%04X⟧", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func needsSpelling(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
				return r == '\r' || unseen(r) || r == '\u2028' || r == '\u2029' || deceptive(r)
			})
		}
	}
	return false
}

// unseen characters only hint at where a line may break: LOINC's long names hold
// zero-width spaces.
func unseen(r rune) bool { return r == 0x200B || r == 0x2060 || r == 0xFEFF || r == 0x00AD }

// deceptive characters change how others are read without being seen. The
// left-to-right and right-to-left marks and the joiners are not among them:
// Hebrew, Arabic and Indic scripts need them.
func deceptive(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case unicode.IsControl(r):
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x206F:
		return true
	case r >= 0xFFF9 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE007F, r&0xFFFE == 0xFFFE:
		return true
	}
	return false
}
