package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Content is the fingerprint of all that a resource states: the SHA-256 of its
// JSON as encoding/json writes it, without the IDs of records.
type Content [sha256.Size]byte

// Compare orders fingerprints.
func (c Content) Compare(d Content) int { return bytes.Compare(c[:], d[:]) }

// content is what a resource states, in a fingerprint and in a number.
type content struct {
	known    bool
	hash     Content
	elements int
}

// contentOf writes the JSON itself: the keys that vaults hold come from these
// very bytes, and encoding/json would cost more than all the rest of comparing.
func contentOf(r Resource) content {
	v := reflect.ValueOf(r)
	s, known := shapes[v.Type()]
	if !known {
		panic("record: internal error: a resource of no kind in the list")
	}
	var most [2048]byte // bytes of nearly every resource
	w := writer{b: most[:0]}
	if v.IsNil() {
		w.b = append(w.b, "null"...)
	} else {
		w.object(v.Elem(), s)
	}
	return content{known: true, hash: sha256.Sum256(w.b), elements: w.elements}
}

// writer writes JSON as encoding/json does.
type writer struct {
	b        []byte
	elements int // names, and what looks like one inside a text
}

func (w *writer) object(v reflect.Value, s *shape) {
	w.b = append(w.b, '{')
	start := len(w.b)
	for i := range s.fields {
		f := &s.fields[i]
		at := v
		if f.outer >= 0 {
			at = v.Field(f.outer)
		}
		at = at.Field(f.index)
		if f.omitted(at) {
			continue
		}
		if len(w.b) > start {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, f.name...)
		w.elements++
		w.value(at, f.of)
	}
	w.b = append(w.b, '}')
}

func (w *writer) value(v reflect.Value, s *shape) {
	switch s.kind {
	case reflect.Struct:
		w.object(v, s)
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case reflect.Int, reflect.Int64:
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	case reflect.Pointer:
		if v.IsNil() {
			w.b = append(w.b, "null"...)
			return
		}
		w.value(v.Elem(), s.item)
	case reflect.Slice:
		w.list(v, s)
	}
}

func (w *writer) list(v reflect.Value, s *shape) {
	if v.IsNil() {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(w.b, '[')
	for n := range v.Len() {
		if n > 0 {
			w.b = append(w.b, ',')
		}
		w.value(v.Index(n), s.item)
	}
	w.b = append(w.b, ']')
}

// text writes a string. Of control characters, quotes, what HTML could take for
// markup, and the two line ends of JavaScript, each is escaped; bytes that are
// not UTF-8 become U+FFFD.
func (w *writer) text(s string) {
	b := append(w.b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if plain[c] {
				i++
				continue
			}
			b = appendEscaped(append(b, s[from:i]...), c)
			if c == '"' && strings.HasPrefix(s[i+1:], ":") {
				w.elements++
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, s[from:i]...), `\u202`...)
			b = append(b, hexDigits[r&0xF])
			from = i + size
		}
		i += size
	}
	w.b = append(append(b, s[from:]...), '"')
}

const hexDigits = "0123456789abcdef"

func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xF])
}

// plain are the characters of ASCII that JSON holds as they are.
var plain = func() (t [utf8.RuneSelf]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		t[c] = !strings.ContainsRune(`"\<>&`, rune(c))
	}
	return t
}()

// hex is the fingerprint as it stands in keys.
func (c Content) hex() string { return hex.EncodeToString(c[:]) }
