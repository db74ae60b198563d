package documents

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// encoding is how a file spells letters.
type encoding int

const (
	notText encoding = iota
	unicode8
	latin // Windows-1252, which holds ISO 8859-1
	unicode16Little
	unicode16Big
)

// encodingOf tells from the beginning of a file.
func encodingOf(head []byte) encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return unicode16Little
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode16Big
	case len(head) >= 4 && head[0] == '<' && head[1] == 0 && head[3] == 0: // XML 1.0, appendix F
		return unicode16Little
	case len(head) >= 4 && head[0] == 0 && head[1] == '<' && head[2] == 0:
		return unicode16Big
	case bytes.IndexByte(head, 0) >= 0:
		return notText
	}
	for cut := 0; cut < utf8.UTFMax && cut <= len(head); cut++ { // the last character may be cut
		if utf8.Valid(head[:len(head)-cut]) {
			return unicode8
		}
	}
	return latin
}

// letter is a character of a file, and the byte at which it begins.
type letter struct {
	r  rune
	at int64
}

// lettersOf reads bytes that begin at a place of a file. A byte that is none of
// its encoding is read as one of Windows-1252, so that it can be seen.
func lettersOf(b []byte, at int64, e encoding) []letter {
	out := make([]letter, 0, len(b))
	for i := 0; i < len(b); {
		r, n := next(b[i:], e)
		out = append(out, letter{r, at + int64(i)})
		i += n
	}
	return out
}

func next(b []byte, e encoding) (rune, int) {
	switch e {
	case unicode16Little, unicode16Big:
		return next16(b, e == unicode16Little)
	case unicode8:
		if b[0] < utf8.RuneSelf {
			return rune(b[0]), 1
		}
		if r, n := utf8.DecodeRune(b); r != utf8.RuneError || n > 1 {
			return r, n
		}
	}
	return charmap.Windows1252.DecodeByte(b[0]), 1
}

func next16(b []byte, little bool) (rune, int) {
	unit := func(b []byte) rune {
		if little {
			return rune(b[0]) | rune(b[1])<<8
		}
		return rune(b[1]) | rune(b[0])<<8
	}
	if len(b) < 2 {
		return utf8.RuneError, len(b)
	}
	r := unit(b)
	if utf16.IsSurrogate(r) && len(b) >= 4 {
		if both := utf16.DecodeRune(r, unit(b[2:])); both != utf8.RuneError {
			return both, 4
		}
	}
	return r, 2
}

// row is a row of letters as it is shown: those from one to another, on from the
// row above where a line is longer than the window is wide.
type row struct {
	from, to int
	on       bool
}

// rowsOf breaks letters into rows of at most so many columns. Lines end as the
// file has it: by a line feed, a carriage return (HL7 v2, 2.5.4), or both.
func rowsOf(all []letter, columns int) []row {
	var rows []row
	from, width, on := 0, 0, false
	for i, l := range all {
		switch {
		case l.r == '\n' && i > 0 && all[i-1].r == '\r': // one end of a line
			from = i + 1
			continue
		case l.r == '\n', l.r == '\r':
			rows = append(rows, row{from, i, on})
			from, width, on = i+1, 0, false
			continue
		}
		w := columnsOf(l.r)
		if width+w > columns && i > from {
			rows = append(rows, row{from, i, on})
			from, width, on = i, 0, true
		}
		width += w
	}
	if from < len(all) {
		rows = append(rows, row{from, len(all), on})
	}
	return rows
}

const tab = "    "

// columnsOf is how wide a letter is among letters of one width.
func columnsOf(r rune) int {
	switch {
	case r == '\t':
		return len(tab)
	case r >= 0x1100: // most of these are twice as wide: Hangul, CJK, pictures
		return 2
	}
	return 1
}
