package strictxml

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is an expanded name: namespace URI and local part.
type Name struct{ Space, Local string }

// Attr is one attribute; namespace declarations are not listed. An attribute
// without a prefix has no Space.
type Attr struct {
	Name
	Value string
}

// The namespaces that are bound without a declaration, and the one of xsi:type.
const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
	XSI        = "http://www.w3.org/2001/XMLSchema-instance"
)

var nameByte = func() (t [128]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.'
	}
	return t
}()

// nameLength is the length of the name at the start of s in bytes, 0 for none
// (XML 1.0, production 5; beyond ASCII letters, digits and marks as Unicode
// classes them).
func nameLength(s string) int {
	i := 0
	for i < len(s) {
		if c := s[i]; c < 0x80 {
			if !nameByte[c] || i == 0 && (c <= '9') {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !unicode.IsMark(r)) {
			break
		}
		i += n
	}
	return i
}

// splitName cuts a qualified name at its colon; ok is false for names that
// Namespaces in XML does not allow.
func splitName(q string) (prefix, local string, ok bool) {
	i := strings.IndexByte(q, ':')
	if i < 0 {
		return "", q, true
	}
	prefix, local = q[:i], q[i+1:]
	return prefix, local, prefix != "" && nameLength(local) == len(local) && local != "" && !strings.Contains(local, ":")
}

// binding is one namespace declaration in force.
type binding struct{ prefix, uri string }

// lookup finds the namespace of a prefix; the empty prefix is the default
// namespace, and unbound it is "".
func (d *Decoder) lookup(prefix string) (uri string, ok bool) {
	for i := len(d.bindings) - 1; i >= 0; i-- {
		if d.bindings[i].prefix == prefix {
			return d.bindings[i].uri, true
		}
	}
	switch prefix {
	case "":
		return "", true
	case "xml":
		return xmlSpace, true
	}
	return "", false
}

// intern keeps one copy of each namespace URI in force, so that comparing two
// is quick.
func (d *Decoder) intern(uri string) string {
	for _, b := range d.bindings {
		if b.uri == uri {
			return b.uri
		}
	}
	return uri
}

// qname resolves a qualified name in content, as xsi:type holds it. A prefix
// that is not bound gives a Space that no namespace has.
func (d *Decoder) qname(value string) Name {
	prefix, local, ok := splitName(strings.TrimSpace(value))
	if !ok {
		return Name{Space: "unbound:", Local: local}
	}
	uri, bound := d.lookup(prefix)
	if !bound {
		return Name{Space: "unbound:" + prefix, Local: local}
	}
	return Name{Space: uri, Local: local}
}
