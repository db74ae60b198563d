package fhir

import (
	"github.com/go-json-experiment/json/jsontext"
)

// part is a value of a resource that can be put into another shape. A missing
// part is nil, and all questions to it have empty answers.
type part struct {
	name string
	kind byte // as [value.Kind]
	raw  []byte
	sub  []*part
}

// partsOf copies the structure of v; its strings and numbers stay the bytes
// that they are.
func partsOf(v value) *part {
	p := &part{name: v.Name(), kind: v.Kind()}
	switch p.kind {
	case '{':
		for _, m := range v.Members() {
			p.sub = append(p.sub, partsOf(m))
		}
	case '[':
		for _, m := range v.Items() {
			p.sub = append(p.sub, partsOf(m))
		}
	default:
		p.raw = v.Raw()
	}
	return p
}

// append writes the part as JSON.
func (p *part) append(b []byte) []byte {
	switch p.kind {
	case '{':
		b = append(b, '{')
		for i, m := range p.sub {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, m.name), ':')
			b = m.append(b)
		}
		return append(b, '}')
	case '[':
		b = append(b, '[')
		for i, m := range p.sub {
			if i > 0 {
				b = append(b, ',')
			}
			b = m.append(b)
		}
		return append(b, ']')
	}
	return append(b, p.raw...)
}

// appendQuoted writes a JSON string. The readers let only valid UTF-8 through.
func appendQuoted[T ~[]byte | ~string](b []byte, s T) []byte {
	out, err := jsontext.AppendQuote(b, s)
	if err != nil {
		return append(b, `""`...)
	}
	return out
}

func (p *part) get(name string) *part {
	if p == nil || p.kind != '{' {
		return nil
	}
	for _, m := range p.sub {
		if m.name == name {
			return m
		}
	}
	return nil
}

// take removes a member and gives it.
func (p *part) take(name string) *part {
	if p == nil || p.kind != '{' {
		return nil
	}
	for i, m := range p.sub {
		if m.name == name {
			p.sub = append(p.sub[:i:i], p.sub[i+1:]...)
			return m
		}
	}
	return nil
}

// set gives a member another value, or a new one.
func (p *part) set(name string, v *part) {
	if v == nil {
		return
	}
	p.take(name)
	v.name = name
	p.sub = append(p.sub, v)
}

// rename moves a member to another name, with the extensions beside it, unless
// that name is taken: what stands under the present name counts.
func (p *part) rename(from, to string) {
	if p.get(from) == nil && p.get("_"+from) == nil || p.get(to) != nil {
		return
	}
	p.set(to, p.take(from))
	p.set("_"+to, p.take("_"+from))
}

// each gives the items of a list; any other part is the only item of itself.
func (p *part) each() []*part {
	switch {
	case p == nil || p.kind == 'n':
		return nil
	case p.kind == '[':
		return p.sub
	}
	return []*part{p}
}

// add appends items to the list under name, making one of what stands there.
func (p *part) add(name string, items ...*part) {
	if len(items) == 0 {
		return
	}
	if there := p.get(name); there != nil && there.kind == '[' {
		there.sub = append(there.sub, listOf(items...).sub...)
		return
	}
	p.set(name, listOf(append(p.take(name).each(), items...)...))
}

// text is a string without its quotes, or a number or truth as written.
func (p *part) text() string {
	switch {
	case p == nil || p.kind == '{' || p.kind == '[' || p.kind == 'n':
		return ""
	case p.kind == '"':
		b, err := jsontext.AppendUnquote(nil, p.raw)
		if err != nil {
			return "" // cannot be: the text is well-formed
		}
		return string(b)
	}
	return string(p.raw)
}

// says is whether a negation is stated: anything but a clear "false" counts,
// so that one which is written oddly is not lost.
func (p *part) says() bool { return p != nil && p.kind != 'n' && p.text() != "false" }

func listOf(items ...*part) *part {
	for _, i := range items {
		i.name = ""
	}
	return &part{kind: '[', sub: items}
}

func stringOf(s string) *part { return &part{kind: '"', raw: appendQuoted(nil, s)} }

// objectOf makes an object of members that are there.
func objectOf(name string, v *part) *part {
	o := &part{kind: '{'}
	o.set(name, v)
	return o
}

// conceptPart is a CodeableConcept of words alone.
func conceptPart(words string) *part { return objectOf("text", stringOf(words)) }
