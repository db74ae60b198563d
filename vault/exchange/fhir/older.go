package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

// change is one difference between R4 and the versions before it: where the
// element at name, a path with dots, is found as a value of kind (0 for any), do
// puts it into the shape of R4; do is told the first element of the path.
//
// A resource is read by what it shows: the changes look at elements that R4
// does not have, or has as another type, so that none of them can alter an R4
// resource. https://hl7.org/fhir/R4/diff.html has the differences to STU3, the
// pages of STU3 (https://hl7.org/fhir/STU3/diff.html) those to DSTU2.
type change struct {
	name string
	kind byte
	do   func(o *part, element string)
}

// to renames an element.
func to(name string) func(*part, string) {
	return func(o *part, from string) { o.rename(from, name) }
}

// everywhere are the changes of all types.
var everywhere = []change{
	{"notes", 0, annotated},
	{"note", '"', annotated},
	{"comments", '"', annotated},
	{"comment", '"', annotated},
}

// annotated makes annotations of plain words.
func annotated(o *part, name string) {
	was := o.take(name)
	for _, n := range was.each() {
		if n.kind == '"' {
			o.add("note", objectOf("text", stringOf(n.text())))
		} else {
			o.add("note", n)
		}
	}
}

// remarked adds words of the source as an annotation.
func remarked(o *part, words string) {
	if words != "" {
		o.add("note", objectOf("text", stringOf(words)))
	}
}

// older finds out whether a resource, or one inside it, is written in a version
// before R4.
func older(v value, typ string) bool {
	if _, ok := formerTypes[typ]; ok {
		return true
	}
	for _, list := range [][]change{olderShapes[typ], everywhere} {
		for _, c := range list {
			if found(v, c.name, c.kind) {
				return true
			}
		}
	}
	if c := v.Get("contained"); c.Exists() {
		for _, inner := range c.Items() {
			if older(inner, inner.TextOf("resourceType")) {
				return true
			}
		}
	}
	return false
}

// found looks for an element in every item of the lists on its way.
func found(v value, path string, kind byte) bool {
	name, rest, deeper := strings.Cut(path, ".")
	m := v.Get(name)
	if !m.Exists() {
		return false
	}
	if !deeper {
		return kind == 0 || m.Kind() == kind
	}
	for _, i := range m.Items() {
		if found(i, rest, kind) {
			return true
		}
	}
	return false
}

// foundPart is found for parts.
func foundPart(p *part, path string, kind byte) bool {
	name, rest, deeper := strings.Cut(path, ".")
	m := p.get(name)
	if m == nil || m.kind == 'n' {
		return false
	}
	if !deeper {
		return kind == 0 || m.kind == kind
	}
	for _, i := range m.each() {
		if foundPart(i, rest, kind) {
			return true
		}
	}
	return false
}

// present puts a resource of an older version into the shape of R4.
func present(o *part) {
	for _, c := range o.get("contained").each() {
		present(c)
	}
	typ := o.get("resourceType").text()
	if now, ok := formerTypes[typ]; ok {
		now.do(o)
		o.set("resourceType", stringOf(now.name))
		typ = now.name
	}
	for _, list := range [][]change{olderShapes[typ], everywhere} {
		for _, c := range list {
			if foundPart(o, c.name, c.kind) {
				element, _, _ := strings.Cut(c.name, ".")
				c.do(o, element)
			}
		}
	}
}

// presented is a resource in the shape of R4; its places are those of the whole
// resource in the file.
func (im *importer) presented(v value) (value, error) {
	o := partsOf(v)
	present(o)
	im.reshaped = o.append(im.reshaped[:0])
	offset := v.Offset()
	im.tree = strictjson.Tree{Rules: rules, Words: im.words}
	return im.tree.Parse(im.reshaped, strictjson.Origin{At: func(int) int64 { return offset }})
}
