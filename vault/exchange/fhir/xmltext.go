package fhir

import (
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// xmlText writes the JSON text of an element of FHIR's XML
// (https://hl7.org/fhir/R4/json.html#xml). Elements that stand once are written
// without a list around them: the reader takes either.
type xmlText struct {
	b       []byte
	marks   []piece         // where the elements stand in the file
	ends    map[int64]int64 // of resources: the end by the start
	foreign bool            // something in it is not FHIR's
	twice   *strictxml.Element
}

func (x *xmlText) begin(e *strictxml.Element) {
	x.b, x.marks, x.foreign, x.twice = x.b[:0], x.marks[:0], false, nil
	x.ends = map[int64]int64{}
	x.mark(e)
}

func (x *xmlText) mark(e *strictxml.Element) {
	x.marks = append(x.marks, piece{len(x.b), e.Start})
}

// offset is where in the file the element stands that b[at] belongs to.
func (x *xmlText) offset(at int) int64 {
	n := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].at > at })
	return x.marks[max(n-1, 0)].offset
}

func (x *xmlText) raw(s string) { x.b = append(x.b, s...) }

func (x *xmlText) name(s string) { x.b = append(appendQuoted(x.b, s), ':') }

// resource writes an element that is named for its resource type.
func (x *xmlText) resource(e *strictxml.Element) {
	x.mark(e)
	x.ends[e.Start] = e.End
	x.raw(`{"resourceType":`)
	x.b = appendQuoted(x.b, e.Local)
	x.members(e, true)
	x.raw("}")
}

// object writes an element that holds others.
func (x *xmlText) object(e *strictxml.Element) {
	x.mark(e)
	x.raw("{")
	further := false
	for _, a := range []string{"id", "url"} {
		if v, ok := e.Attribute("", a); ok {
			x.comma(further)
			further = true
			x.name(a)
			x.b = appendQuoted(x.b, v)
		}
	}
	x.members(e, further)
	x.raw("}")
}

func (x *xmlText) comma(further bool) {
	if further {
		x.raw(",")
	}
}

// members writes the children, those of one name together.
func (x *xmlText) members(e *strictxml.Element, further bool) {
	for _, g := range x.groups(e) {
		x.comma(further)
		further = true
		x.group(e, g)
	}
}

// groups gathers the children by name, in the order of their first.
func (x *xmlText) groups(e *strictxml.Element) [][]*strictxml.Element {
	var all [][]*strictxml.Element
	at := map[string]int{}
	x.foreign = x.foreign || strings.TrimSpace(e.Text()) != ""
	for c := e.First; c != nil; c = c.Next {
		x.foreign = x.foreign || strings.TrimSpace(c.Tail()) != ""
		if c.Space != fhirSpace && (c.Space != xhtmlSpace || c.Local != "div") {
			x.foreign = true
			continue
		}
		n, again := at[c.Local]
		if !again {
			n = len(all)
			at[c.Local] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], inside(c)...)
	}
	kept := all[:0]
	for _, g := range all {
		if len(g) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// inside are the resources that an element wraps, else the element itself.
func inside(c *strictxml.Element) []*strictxml.Element {
	if c.Local != "resource" && c.Local != "contained" && c.Local != "outcome" {
		return []*strictxml.Element{c}
	}
	var found []*strictxml.Element
	for r := c.First; r != nil; r = r.Next {
		if r.Space == fhirSpace && typeName(r.Local) {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return []*strictxml.Element{c}
	}
	return found
}

// group writes the elements of one name, and beside them the extensions that
// primitive ones carry.
func (x *xmlText) group(e *strictxml.Element, g []*strictxml.Element) {
	name := memberName(g[0])
	if len(g) > 1 && x.twice == nil && ambiguous(name, g[1]) {
		x.twice = g[1]
	}
	x.name(name)
	x.list(len(g), func(i int) { x.value(e, g[i]) })
	extended := false
	for _, c := range g {
		extended = extended || isPrimitive(c) && (c.First != nil || c.Get("id") != "")
	}
	if !extended {
		return
	}
	x.raw(",")
	x.name("_" + name)
	x.list(len(g), func(i int) {
		if isPrimitive(g[i]) && (g[i].First != nil || g[i].Get("id") != "") {
			x.object(g[i])
		} else {
			x.raw("null")
		}
	})
}

// memberName is the name under which an element stands in its parent.
func memberName(e *strictxml.Element) string {
	if p := e.Parent; p != nil && typeName(e.Local) && (p.Local == "resource" || p.Local == "contained" || p.Local == "outcome") {
		return p.Local
	}
	return e.Local
}

func (x *xmlText) list(n int, write func(int)) {
	if n == 1 {
		write(0)
		return
	}
	for i := range n {
		x.raw(map[bool]string{true: "[", false: ","}[i == 0])
		write(i)
	}
	x.raw("]")
}

// isPrimitive says whether an element is a value, or has nothing but extensions
// in place of one.
func isPrimitive(e *strictxml.Element) bool {
	if _, ok := e.Attribute("", "value"); ok {
		return true
	}
	for c := e.First; c != nil; c = c.Next {
		if c.Local != "extension" {
			return false
		}
	}
	return e.Space == fhirSpace
}

// value writes one element.
func (x *xmlText) value(parent, c *strictxml.Element) {
	text, ok := c.Attribute("", "value")
	switch {
	case c.Space == xhtmlSpace:
		x.mark(c)
		x.b = appendQuoted(x.b, xhtml(c))
	case memberName(c) != c.Local:
		x.resource(c)
	case !ok:
		x.object(c)
	case booleans[c.Local] && (text == "true" || text == "false"), strings.HasSuffix(c.Local, "Boolean") && (text == "true" || text == "false"):
		x.raw(text)
	case numeric(parent, c) && isNumber(text):
		x.mark(c)
		x.raw(text)
	default:
		x.mark(c)
		x.b = appendQuoted(x.b, text)
	}
}
