package ccd

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// markup is a narrative of our records as blocks of the narrative block of CDA
// (CDA R2, section 4.3.5), for an item of a list. What CDA has no room for in some
// place, a table in a cell, is written as its words there.
func markup(n record.Narrative) []*element {
	root, err := tree(n)
	if err != nil {
		return lines(n.Plain())
	}
	return blocks(root.kids, false)
}

// tree reads a narrative. Text stands in nameless elements.
func tree(n record.Narrative) (*element, error) {
	d := xml.NewDecoder(strings.NewReader("<div>" + clean(string(n)) + "</div>"))
	var open []*element
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) || len(open) > deepest {
			return nil, errors.New("not a narrative")
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := el(tok.Name.Local)
			for _, a := range tok.Attr {
				if a.Name.Local == "colspan" || a.Name.Local == "rowspan" {
					e.set(a.Name.Local, a.Value)
				}
			}
			if len(open) > 0 {
				open[len(open)-1].add(e)
			}
			open = append(open, e)
		case xml.EndElement:
			if len(open) == 1 {
				return open[0], nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			open[len(open)-1].add(text(string(tok)))
		}
	}
}

const deepest = 100 // elements inside each other

// text is a run of words.
func text(s string) *element {
	if s = clean(s); s == "" {
		return nil
	}
	return &element{words: s}
}

// lines are words as paragraphs.
func lines(s string) []*element {
	var out []*element
	for line := range strings.SplitSeq(s, "\n") {
		if p := paragraph(line); p != nil {
			out = append(out, p)
		}
	}
	return out
}

func paragraph(s string) *element { return txt("paragraph", s) }

var styles = map[string]string{"b": "Bold", "i": "Italics", "u": "Underline", "h4": "Bold", "s": "xStrikethrough", "dt": "Bold"}

// blocks are nodes for an item or a cell; a cell holds no table.
func blocks(nodes []*element, cell bool) []*element {
	var out []*element
	for _, n := range nodes {
		out = append(out, block(n, cell)...)
	}
	return out
}

func block(n *element, cell bool) []*element {
	switch n.name {
	case "p", "pre", "h4", "dt", "dd":
		if !flat(n.kids) {
			return blocks(n.kids, cell)
		}
		e := el("paragraph").add(inline(n)...)
		if len(e.kids) == 0 {
			return nil
		}
		return []*element{e}
	case "ul", "ol", "dl":
		return list(n, cell)
	case "table":
		if cell {
			return lines(plain(n))
		}
		return table(n)
	case "", "br", "b", "i", "u", "s", "sub", "sup":
		if flat(n.kids) {
			return inlineOf(n)
		}
	}
	return blocks(n.kids, cell)
}

// flat says whether nodes are words and styles alone.
func flat(nodes []*element) bool {
	for _, n := range nodes {
		switch n.name {
		case "", "br", "b", "i", "u", "s", "sub", "sup":
			if !flat(n.kids) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// inline are the words and styles inside n; the lines of preformatted text end
// with breaks.
func inline(n *element) []*element {
	var out []*element
	for _, k := range n.kids {
		if n.name == "pre" && k.name == "" {
			for i, line := range strings.Split(k.words, "\n") {
				if i > 0 {
					out = append(out, el("br"))
				}
				if t := text(line); t != nil {
					out = append(out, t)
				}
			}
			continue
		}
		out = append(out, inlineOf(k)...)
	}
	if style := styles[n.name]; style != "" && len(out) > 0 && n.name != "p" {
		return []*element{el("content", "styleCode", style).add(out...)}
	}
	return out
}

func inlineOf(n *element) []*element {
	switch n.name {
	case "":
		return []*element{n}
	case "br":
		return []*element{el("br")}
	case "sub", "sup":
		if t := txt(n.name, plain(n)); t != nil {
			return []*element{t}
		}
		return nil
	}
	return inline(n)
}

func list(n *element, cell bool) []*element {
	e := el("list")
	if n.name == "ol" {
		e.set("listType", "ordered")
	}
	for _, k := range n.kids {
		inside := blocks(k.kids, cell)
		if k.name != "li" {
			inside = block(k, cell)
		}
		if len(inside) > 0 && !hollow(inside) {
			e.add(el("item").add(inside...))
		}
	}
	if len(e.kids) == 0 {
		return nil
	}
	return []*element{e}
}

// hollow says that nodes hold white space alone.
func hollow(nodes []*element) bool {
	for _, n := range nodes {
		if n.name != "" || strings.TrimSpace(n.words) != "" {
			return false
		}
	}
	return true
}

// plain is the text inside n, the cells of a row with bars between them.
func plain(n *element) string {
	var b strings.Builder
	b.WriteString(n.words)
	for _, k := range n.kids {
		switch k.name {
		case "td", "th":
			b.WriteString(plain(k) + " | ")
		case "tr", "p", "li", "br", "caption":
			b.WriteString(strings.TrimSuffix(plain(k), " | ") + "\n")
		default:
			b.WriteString(plain(k))
		}
	}
	return b.String()
}
