package pdf

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// replacement stands for a character that the typeface lacks.
const replacement = '□'

// plain makes text drawable: composed, in one line, with a box for what no face
// has. What was lost is counted by script.
func (d *document) plain(s string) string {
	if plainASCII(s) {
		return s
	}
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	lost := false
	for _, r := range s {
		if !d.drawable(r) {
			lost = true
			d.unshown[scriptOf(r)]++
		}
	}
	s = amountsApart(s)
	if !lost {
		return s
	}
	return strings.Map(func(r rune) rune {
		if d.drawable(r) {
			return r
		}
		return replacement
	}, s)
}

// plainASCII says that a text is in one line already, with single spaces inside.
func plainASCII(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// drawable says that a face has a character; that of East Asia is read for the
// first one that may be in it.
func (d *document) drawable(r rune) bool {
	if d.faces[regular].has(r) || invisible(r) {
		return true
	}
	if east(r) {
		d.needEastAsian()
	}
	return d.faces[eastAsian] != nil && d.faces[eastAsian].has(r)
}

// east says that a character is one of China, Japan or Korea.
func east(r rune) bool {
	return r >= 0x1100 && (r <= 0x11FF || r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF)
}

// scriptOf names a script for people: "Thai".
func scriptOf(r rune) string {
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			return strings.ReplaceAll(name, "_", " ")
		}
	}
	return "signs"
}

// cutMark ends a line that was cut inside a word: a long number must not pass
// for two.
const cutMark = "↵"

// wrap breaks text into lines of at most width points; words that are longer
// are cut, and the cut is marked. Line ends in the text stay.
func (d *document) wrap(s style, text string, width float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		switch p := d.plain(paragraph); {
		case p == "":
		case d.simple(s.face, p):
			lines = d.wrapLine(lines, s, p, width)
		default:
			lines = d.wrapComplex(lines, s, p, width)
		}
	}
	return lines
}

func (d *document) wrapLine(lines []string, s style, text string, width float64) []string {
	f := d.faces[s.face]
	limit := int(width / s.size * f.perEm)
	for text != "" {
		fits, space := fitting(f, text, limit)
		switch {
		case fits == len(text):
			return append(lines, text)
		case text[fits] == ' ':
			lines, text = append(lines, text[:fits]), text[fits+1:]
		case space > 0:
			lines, text = append(lines, text[:space]), text[space+1:]
		default:
			fits, _ = fitting(f, text, limit-f.advance([]rune(cutMark)[0]))
			if fits == 0 {
				_, fits = utf8.DecodeRuneInString(text)
			}
			lines, text = append(lines, text[:fits]+cutMark), text[fits:]
		}
	}
	return lines
}

// fitting says how many bytes of a text fit, and where the last space of them is.
func fitting(f *face, text string, limit int) (fits, space int) {
	used := 0
	for i, r := range text {
		if used += f.advance(r); used > limit {
			return i, space
		}
		if r == ' ' {
			space = i
		}
	}
	return len(text), space
}

// clip shortens one line to a width, with an ellipsis: at a space where one is
// near, so that no number passes for another.
func (d *document) clip(s style, text string, width float64) string {
	if d.width(s, text) <= width {
		return text
	}
	all := []rune(text)
	n := sort.Search(len(all), func(n int) bool { return d.width(s, string(all[:n+1])+"…") > width })
	for n > 0 && n < len(all) && (unicode.Is(unicode.Mn, all[n]) || invisible(all[n])) {
		n--
	}
	const near = 3 // parts of the line, of which the last may go
	for i := n; i > n-n/near; i-- {
		if i < len(all) && all[i] == ' ' {
			n = i
			break
		}
	}
	return strings.TrimRight(string(all[:n]), " ") + "…"
}

// most keeps the first n lines, and says by an ellipsis that there are more.
func (d *document) most(s style, lines []string, n int, width float64) []string {
	if len(lines) <= n {
		return lines
	}
	lines = append([]string(nil), lines[:n]...)
	lines[n-1] = d.clip(s, lines[n-1]+" …", width)
	return lines
}
