package ccd

import (
	"bytes"
	"strings"
)

// element is one XML element: its attributes and children in the order they were
// put. Only names are trusted; all content is cleaned and escaped when it is
// written.
type element struct {
	name  string
	attrs []string // names and values in turn
	kids  []*element
	words string
}

// el is an element with attributes in pairs. An attribute without a value is
// left out.
func el(name string, attrs ...string) *element {
	e := &element{name: name}
	return e.set(attrs...)
}

func (e *element) set(attrs ...string) *element {
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			e.attrs = append(e.attrs, attrs[i], attrs[i+1])
		}
	}
	return e
}

// has says whether an attribute was set.
func (e *element) has(name string) bool {
	for i := 0; i < len(e.attrs); i += 2 {
		if e.attrs[i] == name {
			return true
		}
	}
	return false
}

// add puts children; nil ones are left out.
func (e *element) add(kids ...*element) *element {
	for _, k := range kids {
		if k != nil {
			e.kids = append(e.kids, k)
		}
	}
	return e
}

// txt is an element that holds words alone; nil where there are none.
func txt(name, words string, attrs ...string) *element {
	if words = clean(words); strings.TrimSpace(words) == "" {
		return nil
	}
	e := el(name, attrs...)
	e.words = words
	return e
}

// null is an element that says why it is empty (HL7 v3 NullFlavor).
func null(name, flavor string, attrs ...string) *element {
	return el(name, attrs...).set("nullFlavor", flavor)
}

// write appends e and all below it.
func (e *element) write(b *bytes.Buffer) {
	if e.name == "" { // a run of words
		escape(b, e.words, false)
		return
	}
	b.WriteByte('<')
	b.WriteString(e.name)
	for i := 0; i < len(e.attrs); i += 2 {
		b.WriteByte(' ')
		b.WriteString(e.attrs[i])
		b.WriteString(`="`)
		escape(b, e.attrs[i+1], true)
		b.WriteByte('"')
	}
	if len(e.kids) == 0 && e.words == "" {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	escape(b, e.words, false)
	for _, k := range e.kids {
		k.write(b)
	}
	b.WriteString("</")
	b.WriteString(e.name)
	b.WriteByte('>')
}

// escape writes text. Line ends and tabs inside an attribute are written as
// references, else a reader takes them for blanks (XML 1.0, section 3.3.3).
func escape(b *bytes.Buffer, s string, attribute bool) {
	for _, r := range s {
		switch {
		case !legal(r):
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '\r':
			b.WriteString("&#13;")
		case attribute && r == '"':
			b.WriteString("&quot;")
		case attribute && r == '\n':
			b.WriteString("&#10;")
		case attribute && r == '\t':
			b.WriteString("&#9;")
		default:
			b.WriteRune(r)
		}
	}
}

// legal says whether a character may stand in XML 1.0 (section 2.2). DEL and the
// C1 controls may, but hide: they are left out too.
func legal(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return true
}

// clean is s without what XML cannot hold; bytes that are no UTF-8 become U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if !legal(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// token is s where it can be the value of a code: no blanks (CDA data type cs).
func token(s string) string {
	if s = clean(s); strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }) {
		return ""
	}
	return s
}

func nonEmpty(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
