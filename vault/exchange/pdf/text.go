package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// replacement stands for a character that the typeface lacks.
const replacement = '□'

// plain makes text drawable: composed, in one line, with a box for what the
// typeface lacks. What was lost is counted.
func (d *document) plain(s string) string {
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	f := d.faces[regular]
	lost := 0
	for _, r := range s {
		if !f.has(r) {
			lost++
		}
	}
	if lost == 0 {
		return s
	}
	d.unshown += lost
	return strings.Map(func(r rune) rune {
		if f.has(r) {
			return r
		}
		return replacement
	}, s)
}

// cutMark ends a line that was cut inside a word: a long number must not pass
// for two.
const cutMark = "↵"

// wrap breaks text into lines of at most width points; words that are longer
// are cut, and the cut is marked. Line ends in the text stay.
func (d *document) wrap(s style, text string, width float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		if p := d.plain(paragraph); p != "" {
			lines = d.wrapLine(lines, s, p, width)
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

// clip shortens one line to a width, with an ellipsis.
func (d *document) clip(s style, text string, width float64) string {
	if d.width(s, text) <= width {
		return text
	}
	f := d.faces[s.face]
	limit := int((width - d.width(s, "…")) / s.size * f.perEm)
	used := 0
	for i, r := range text {
		if used += f.advance(r); used > limit {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
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
