package pdf

import (
	"strings"
	"unicode"

	"github.com/carnet-phr/carnet/vault/exchange/pdf/bidi"
)

// The marks that keep the direction of a paragraph in each of its lines.
const (
	lrm = '\u200E'
	rlm = '\u200F'
)

// token is what a line is not broken in, with the space behind it.
type token struct {
	text  string
	space bool
}

// wrapComplex breaks a paragraph that is not simple. Each line begins with a mark
// of the paragraph's direction; isolates that a break falls into are closed
// before it and opened again behind it.
func (d *document) wrapComplex(lines []string, s style, text string, width float64) []string {
	all := []rune(text)
	mark := string(lrm)
	if bidi.BaseOf(all) == bidi.RTL {
		mark = string(rlm)
	}
	space := d.faces[s.face].width(" ", s.size)
	var now strings.Builder
	used, open := 0.0, ""
	end := func() {
		if now.Len() > 0 {
			line := strings.TrimRight(now.String(), " ")
			was := open
			open = stillOpen(open + line)
			lines = append(lines, mark+was+line+strings.Repeat("\u2069", len([]rune(open))))
			now.Reset()
			used = 0
		}
	}
	for _, t := range tokens(all) {
		w := d.width(s, t.text)
		if used > 0 && used+w > width {
			end()
		}
		for w > width {
			n := d.fittingRunes(s, t.text, width)
			now.WriteString(string([]rune(t.text)[:n]) + cutMark)
			t.text = string([]rune(t.text)[n:])
			end()
			w = d.width(s, t.text)
		}
		now.WriteString(t.text)
		used += w
		if t.space {
			now.WriteByte(' ')
			used += space
		}
	}
	end()
	return lines
}

// fittingRunes is how many characters of a word fit with the mark of a cut, at
// least one.
func (d *document) fittingRunes(s style, word string, width float64) int {
	all := []rune(word)
	n := 1
	for n < len(all) && d.width(s, string(all[:n+1])+cutMark) <= width {
		n++
	}
	for n > 1 && n < len(all) && (unicode.Is(unicode.Mn, all[n]) || invisible(all[n])) {
		n--
	}
	return n
}

// stillOpen are the isolates of a text that it does not close.
func stillOpen(text string) string {
	var open []rune
	for _, r := range text {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			open = append(open, r)
		case r == 0x2069 && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	return string(open)
}

// tokens breaks at spaces, and between East Asian characters, which have none; a
// mark that closes stays with what it closes (UAX #14, in short).
func tokens(text []rune) []token {
	var out []token
	var now []rune
	for i, r := range text {
		if r == ' ' {
			out, now = append(out, token{string(now), true}), nil
			continue
		}
		if len(now) > 0 && i > 0 && mayBreak(text[i-1], r) {
			out, now = append(out, token{string(now), false}), nil
		}
		now = append(now, r)
	}
	if len(now) > 0 {
		out = append(out, token{string(now), false})
	}
	return out
}

func mayBreak(before, after rune) bool {
	const opening, closing = "（［｛「『【〈《〔“‘([", "、。，．：；！？）］｝」』】〉》〕”’…・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％℃)],.:;!?"
	if !east(before) && !east(after) || strings.ContainsRune(opening, before) || strings.ContainsRune(closing, after) || invisible(after) || unicode.Is(unicode.Mn, after) {
		return false
	}
	digits := unicode.IsDigit(before) || unicode.IsDigit(after)
	return !digits // a number keeps its unit
}
