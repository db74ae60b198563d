package fhir

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/record"
)

// Most narratives are simple: tags without attributes, and text. They are read
// without the general tokenizer, whose buffers cost more than the rest of an
// entry; a test holds the two against each other.

// plainDiv begins every narrative that follows the standard; [xhtml] leaves the
// namespace out.
const plainDiv = `<div xmlns="http://www.w3.org/1999/xhtml">`

// rawElement are the elements inside which the general tokenizer reads markup
// otherwise, or which bring words of their own.
var rawElement = map[string]bool{
	"script": true, "style": true, "title": true, "textarea": true, "iframe": true, "noembed": true, "noframes": true, "noscript": true, "plaintext": true,
	"xmp": true, "img": true,
}

// sanitisedPlain is [sanitised] for simple markup; ok is false for any other.
func sanitisedPlain(div string) (n record.Narrative, ok bool) {
	rest, ok := strings.CutPrefix(div, plainDiv)
	if !ok {
		if rest, ok = strings.CutPrefix(div, "<div>"); !ok {
			return "", false
		}
	}
	var s sanitiser
	s.w.Grow(len(div))
	s.begin("div", "", "", false)
	for rest != "" {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			i = len(rest)
		}
		if i > 0 {
			if strings.IndexByte(rest[:i], '\r') >= 0 || strings.IndexByte(rest[:i], 0) >= 0 {
				return "", false
			}
			s.text(html.UnescapeString(rest[:i]))
		}
		if rest = rest[i:]; rest == "" {
			break
		}
		name, end, closed, size := plainTag(rest)
		switch {
		case size == 0 || rawElement[name]:
			return "", false
		case end:
			s.end(name)
		default:
			s.begin(name, "", "", closed)
		}
		rest = rest[size:]
	}
	return s.w.Narrative(), true
}

// plainTag reads "<name>", "<name/>" or "</name>" in small letters and digits at
// the start of s; size is 0 for any other markup.
func plainTag(s string) (name string, end, closed bool, size int) {
	i := 1
	if i < len(s) && s[i] == '/' {
		end = true
		i++
	}
	start := i
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || i > start && s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if name = s[start:i]; name == "" {
		return "", false, false, 0
	}
	if !end && i < len(s) && s[i] == '/' {
		closed = true
		i++
	}
	if i >= len(s) || s[i] != '>' {
		return "", false, false, 0
	}
	return name, end, closed, i + 1
}
