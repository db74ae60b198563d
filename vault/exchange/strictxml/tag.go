package strictxml

import "strings"

// frame is one open element.
type frame struct {
	raw      string // the name as written, to match the end tag
	name     Name
	index    int // among the siblings of that name
	bindings int // of the decoder, before this element's own
	inner    int // of the decoder, with this element's own
	children siblings
}

// rawAttr is an attribute before its prefix is resolved.
type rawAttr struct {
	name, value string // in a tree the value is as written
	at, length  int    // of the value as written, in the window
}

// startTag reads "<name …>" at the window's position.
func (d *Decoder) startTag() (Token, error) {
	at := d.pos + 1
	n := nameLength(d.win[at:])
	raw := d.win[at : at+n]
	if at+n == len(d.win) {
		return Token{}, errMore
	}
	if n == 0 {
		return Token{}, d.fail(d.pos, `a "<" that starts no tag`+askAgain)
	}
	end, empty, err := d.attributes(at + n)
	if err != nil {
		return Token{}, err
	}
	if len(d.stack) >= d.lim.Depth {
		return Token{}, d.fail(d.pos, "the elements are nested too deeply"+notSafe)
	}
	mark := len(d.bindings)
	if err := d.declare(); err != nil {
		return Token{}, err
	}
	tok := Token{Kind: Start, Offset: d.base + int64(d.pos)}
	if tok.Name, err = d.elementName(raw); err == nil {
		tok.Attr, tok.Type, err = d.resolveAttributes()
	}
	if err != nil {
		return Token{}, err
	}
	d.push(raw, tok.Name, mark)
	d.pos, d.pendingEnd = end, empty
	tok.End = d.base + int64(end)
	return tok, nil
}

func (d *Decoder) elementName(raw string) (Name, error) {
	prefix, local, ok := splitName(raw)
	uri, bound := d.lookup(prefix)
	if !ok || !bound {
		return Name{}, d.fail(d.pos, "an element whose namespace prefix is not declared"+askAgain)
	}
	return Name{Space: uri, Local: local}, nil
}

// attributes collects the attributes from offset i to the end of the tag.
func (d *Decoder) attributes(i int) (end int, empty bool, err error) {
	d.raw = d.raw[:0]
	for {
		blank := i
		i = skipSpace(d.win, i)
		if i >= len(d.win) || d.win[i] == '/' && i+1 >= len(d.win) {
			return 0, false, d.tooLong(i)
		}
		switch {
		case d.win[i] == '>':
			return i + 1, false, nil
		case d.win[i] == '/' && d.win[i+1] == '>':
			return i + 2, true, nil
		case i == blank:
			return 0, false, d.failTag(i, "a tag that is not well-formed"+askAgain)
		}
		if i, err = d.attribute(i); err != nil {
			return 0, false, err
		}
		if len(d.raw) > d.lim.Attributes {
			return 0, false, d.fail(d.pos, "an element has too many attributes"+notSafe)
		}
	}
}

func (d *Decoder) tooLong(i int) error {
	if i-d.pos > d.lim.Token {
		return d.fail(d.pos, "one piece of the file is too large"+notSafe)
	}
	return errMore
}

// attribute reads one attribute at offset i and gives the offset behind it.
func (d *Decoder) attribute(i int) (int, error) {
	at := i
	i += nameLength(d.win[i:])
	name := d.win[at:i]
	i = skipSpace(d.win, i)
	if i >= len(d.win) {
		return 0, d.tooLong(i)
	}
	if name == "" || d.win[i] != '=' {
		return 0, d.failTag(at, "an attribute that is not well-formed"+askAgain)
	}
	i = skipSpace(d.win, i+1)
	if i >= len(d.win) {
		return 0, d.tooLong(i)
	}
	quote := d.win[i]
	if quote != '"' && quote != '\'' {
		return 0, d.failTag(i, "an attribute value without quotation marks"+askAgain)
	}
	i++
	n := strings.IndexByte(d.win[i:], quote)
	if n < 0 {
		return 0, d.tooLong(len(d.win))
	}
	raw := d.win[i : i+n]
	if j := strings.IndexByte(raw, '<'); j >= 0 {
		return 0, d.failTag(i+j, `a "<" inside an attribute value`+askAgain)
	}
	value, err := d.clean(raw, i, true)
	if err != nil {
		return 0, err
	}
	d.raw = append(d.raw, rawAttr{name, value, i, n})
	return i + n + 1, nil
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') {
		i++
	}
	return i
}

// declare checks that no attribute is there twice and puts the namespace
// declarations of the tag in force.
func (d *Decoder) declare() error {
	if repeated(d.raw) {
		return d.failTag(d.pos, "an element has the same attribute twice"+askAgain)
	}
	for _, a := range d.raw {
		switch {
		case a.name == "xmlns":
			d.bindings = append(d.bindings, binding{"", d.intern(d.value(a))})
		case strings.HasPrefix(a.name, "xmlns:"):
			prefix, uri := a.name[len("xmlns:"):], d.value(a)
			if prefix == "" || uri == "" || strings.Contains(prefix, ":") || prefix == "xmlns" || (prefix == "xml") != (uri == xmlSpace) || uri == xmlnsSpace {
				return d.fail(d.pos, "a namespace declaration that is not allowed"+askAgain)
			}
			d.bindings = append(d.bindings, binding{prefix, d.intern(uri)})
		}
	}
	return nil
}

func repeated(attrs []rawAttr) bool {
	const few = 16
	if len(attrs) <= few {
		for i := range attrs {
			for j := range i {
				if attrs[i].name == attrs[j].name {
					return true
				}
			}
		}
		return false
	}
	seen := make(map[string]bool, len(attrs))
	for _, a := range attrs {
		if seen[a.name] {
			return true
		}
		seen[a.name] = true
	}
	return false
}

// value is that of an attribute of the tag that was just read.
func (d *Decoder) value(a rawAttr) string {
	if d.tree != nil {
		return attributeValue(a.value, d.replaceControls)
	}
	return a.value
}

// resolveAttributes gives the attributes that are no declarations, and the
// xsi:type. Those of a tree go to the tree instead.
func (d *Decoder) resolveAttributes() ([]Attr, Name, error) {
	if d.tree != nil {
		d.attrs, d.count = d.tree.room(len(d.raw)+1), 0
	} else if cap(d.slab)-len(d.slab) < len(d.raw) {
		d.slab = make([]Attr, 0, max(512, len(d.raw)))
	}
	first := len(d.slab)
	var typ Name
	d.prefixed = d.prefixed[:0]
	for _, a := range d.raw {
		if a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
			continue
		}
		prefix, local, ok := splitName(a.name)
		name := Name{Local: local}
		if prefix != "" {
			name.Space, ok = d.lookup(prefix)
			d.prefixed = append(d.prefixed, name)
		}
		if !ok {
			return nil, Name{}, d.fail(d.pos, "an attribute whose namespace prefix is not declared"+askAgain)
		}
		if name.Local == "type" && name.Space == XSI {
			typ = d.qname(d.value(a))
		}
		if d.tree != nil {
			d.tree.put(attr{d.tree.id(name), uint32(d.base + int64(a.at) - d.tree.base), uint32(a.length)})
			d.count++
		} else {
			d.slab = append(d.slab, Attr{name, a.value})
		}
	}
	if len(d.prefixed) > 1 && sameExpanded(d.prefixed) {
		return nil, Name{}, d.failTag(d.pos, "an element has the same attribute twice"+askAgain)
	}
	return d.slab[first:len(d.slab):len(d.slab)], typ, nil
}

func sameExpanded(names []Name) bool {
	seen := make(map[Name]bool, len(names))
	for _, n := range names {
		if seen[n] {
			return true
		}
		seen[n] = true
	}
	return false
}
