package strictxml

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Classes of bytes in character data.
const (
	plain  = iota // nothing to do
	space         // tab or line feed: a blank in an attribute
	cook          // carriage return, ampersand, "]": needs a closer look
	high          // part of a character beyond ASCII
	banned        // a control character
)

var byteClass = func() (t [256]uint8) {
	for i := range t {
		switch {
		case i == '\t' || i == '\n':
			t[i] = space
		case i == '\r' || i == '&' || i == ']':
			t[i] = cook
		case i < ' ':
			t[i] = banned
		case i >= 0x80:
			t[i] = high
		}
	}
	return t
}()

// clean checks characters and resolves references of raw, which starts at
// offset at of the window. In an attribute tabs and line ends become blanks
// (XML 1.0, 3.3.3); elsewhere line ends become line feeds (2.11).
func (d *Decoder) clean(raw string, at int, attribute bool) (string, error) {
	var seen [banned + 1]bool
	for i := 0; i < len(raw); i++ {
		seen[byteClass[raw[i]]] = true
	}
	if seen[banned] {
		clean, ok := d.withoutControls(raw)
		if ok {
			return d.clean(clean, at, attribute)
		}
		return "", d.fail(at+indexClass(raw, banned), "a control character that XML does not allow"+askAgain)
	}
	if seen[high] {
		if i := badRune(raw); i >= 0 {
			return "", d.fail(at+i, "a byte that is not valid in the file's character encoding"+askAgain)
		}
	}
	if !seen[cook] && (!attribute || !seen[space]) {
		return raw, nil
	}
	if !attribute {
		if i := strings.Index(raw, "]]>"); i >= 0 {
			return "", d.fail(at+i, `"]]>" outside a CDATA section`+askAgain)
		}
	}
	s, bad := raw, -1
	if d.tree != nil { // the tree resolves what is asked for
		bad = badReference(raw)
	} else {
		s, bad = resolve(raw, attribute)
	}
	if bad >= 0 {
		return "", d.fail(at+bad, "a reference to an entity, which is never followed; only &lt; &gt; &amp; &apos; &quot; and characters are accepted"+notSafe)
	}
	return s, nil
}

// badReference is the offset of the first reference that is not accepted.
func badReference(raw string) int {
	for i := 0; ; {
		n := strings.IndexByte(raw[i:], '&')
		if n < 0 {
			return -1
		}
		i += n
		_, length, ok := reference(raw[i:])
		if !ok {
			return i
		}
		i += length
	}
}

func indexClass(s string, class uint8) int {
	for i := 0; i < len(s); i++ {
		if byteClass[s[i]] == class {
			return i
		}
	}
	return -1
}

// badRune is the offset of the first byte that is no UTF-8 or no XML character.
func badRune(s string) int {
	if utf8.ValidString(s) && !strings.Contains(s, "\uFFFE") && !strings.Contains(s, "\uFFFF") {
		return -1
	}
	for i, r := range s {
		if r == 0xFFFE || r == 0xFFFF {
			return i
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

// resolve replaces references and line ends. bad is the offset of a reference
// that is not accepted.
func resolve(raw string, attribute bool) (s string, bad int) {
	var b strings.Builder
	b.Grow(len(raw))
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '&':
			r, n, ok := reference(raw[i:])
			if !ok {
				return "", i
			}
			b.WriteRune(r)
			i += n
			continue
		case c == '\r':
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			c = '\n'
		}
		if attribute && (c == '\n' || c == '\t') {
			c = ' '
		}
		b.WriteByte(c)
		i++
	}
	return b.String(), -1
}

// reference reads one of the five predefined entities or a character reference
// at the start of s.
func reference(s string) (r rune, length int, ok bool) {
	const longestReference = 12 // bytes
	end := strings.IndexByte(s[:min(len(s), longestReference)], ';')
	if end < 2 {
		return 0, 0, false
	}
	switch name := s[1:end]; name {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "apos":
		r = '\''
	case "quot":
		r = '"'
	default:
		r = numeric(name)
	}
	return r, end + 1, r != 0
}

// numeric is the character of "#38" or "#x26", 0 for none that XML allows.
func numeric(name string) rune {
	if len(name) < 2 || name[0] != '#' {
		return 0
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0
	}
	r := rune(n)
	if !utf8.ValidRune(r) || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return 0
	}
	return r
}

// isBase64 says whether s is nothing but base64 and white space.
func isBase64(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/', c == '=', c == '\n', c == '\r', c == ' ', c == '\t':
		default:
			return false
		}
	}
	return true
}
