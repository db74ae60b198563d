package strictxml

import (
	"iter"
	"strings"
)

// Text is the character data before the first child.
func (e *Element) Text() string {
	if e.tree == nil || e.flags&empty != 0 {
		return ""
	}
	to := e.First
	if to == nil || to.flags&alone != 0 {
		return e.tree.gap(e.Start+int64(e.open), e.inside())
	}
	return e.tree.gap(e.Start+int64(e.open), to.Start)
}

// Tail is the character data between this element and the next one, or the end
// of the parent: it belongs to the parent's content. The root of a tree has none.
func (e *Element) Tail() string {
	if e.flags&alone != 0 {
		return ""
	}
	if e.Next == nil || e.Next.flags&alone != 0 {
		return e.tree.gap(e.End, e.Parent.inside())
	}
	return e.tree.gap(e.End, e.Next.Start)
}

// inside is where the end tag begins.
func (e *Element) inside() int64 {
	return e.Start + int64(strings.LastIndexByte(e.tree.slice(e.Start, e.End), '<'))
}

// Content is all character data inside the element, its descendants' included.
func (e *Element) Content() string {
	if e.First == nil {
		return e.Text()
	}
	var b strings.Builder
	e.content(&b)
	return b.String()
}

func (e *Element) content(b *strings.Builder) {
	b.WriteString(e.Text())
	for c := e.First; c != nil; c = c.Next {
		c.content(b)
		b.WriteString(c.Tail())
	}
}

// Get is the value of the attribute without a namespace, "" when absent.
func (e *Element) Get(local string) string {
	v, _ := e.Attribute("", local)
	return v
}

// Attribute finds an attribute.
func (e *Element) Attribute(space, local string) (value string, ok bool) {
	for n := range e.count {
		a := e.tree.attribute(e.attrs, int(n))
		if name := e.tree.labels[a.name]; name.Local == local && name.Space == space {
			return e.tree.value(a), true
		}
	}
	return "", false
}

// Attributes gives the attributes in order; namespace declarations are none.
func (e *Element) Attributes() iter.Seq[Attr] {
	return func(yield func(Attr) bool) {
		for n := range e.count {
			a := e.tree.attribute(e.attrs, int(n))
			if !yield(Attr{e.tree.labels[a.name].Name, e.tree.value(a)}) {
				return
			}
		}
	}
}

// Type is the resolved xsi:type; zero without one.
func (e *Element) Type() Name {
	if e.flags&typed == 0 {
		return Name{}
	}
	return e.tree.labels[e.tree.attribute(e.attrs, int(e.count)).name].Name
}
