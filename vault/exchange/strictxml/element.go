package strictxml

import (
	"fmt"
	"iter"
	"strings"
)

// Element is one element of a tree. Its character data stands in the gaps: Text
// before the first child, and each child's Tail behind that child.
type Element struct {
	Name
	Type  Name // the resolved xsi:type; zero without one
	Attr  []Attr
	Text  string
	Tail  string // behind this element; belongs to the parent's content
	Start int64  // bytes in the UTF-8 text
	End   int64  // behind the end tag

	Parent *Element
	First  *Element // first child
	Next   *Element // next sibling
	Index  int32    // among the siblings of that local name, from 1
	many   bool     // there is more than one of that name
}

// Get is the value of the attribute without a namespace, "" when absent.
func (e *Element) Get(local string) string {
	v, _ := e.Attribute("", local)
	return v
}

// Attribute finds an attribute.
func (e *Element) Attribute(space, local string) (value string, ok bool) {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Local == local && a.Space == space {
			return a.Value, true
		}
	}
	return "", false
}

// Child is the first child of that name, nil when there is none.
func (e *Element) Child(space, local string) *Element {
	for c := e.First; c != nil; c = c.Next {
		if c.Local == local && c.Space == space {
			return c
		}
	}
	return nil
}

// Children gives the child elements in order.
func (e *Element) Children() iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		for c := e.First; c != nil; c = c.Next {
			if !yield(c) {
				return
			}
		}
	}
}

// Content is all character data inside the element, its descendants' included.
func (e *Element) Content() string {
	if e.First == nil {
		return e.Text
	}
	var b strings.Builder
	e.content(&b)
	return b.String()
}

func (e *Element) content(b *strings.Builder) {
	b.WriteString(e.Text)
	for c := e.First; c != nil; c = c.Next {
		c.content(b)
		b.WriteString(c.Tail)
	}
}

// Path is the element's XPath by local names; an index stands where there are
// siblings of the same name: "/ClinicalDocument/component/section/entry[2]".
func (e *Element) Path() string {
	var parts []string
	for x := e; x != nil; x = x.Parent {
		if x.many {
			parts = append(parts, fmt.Sprintf("%s[%d]", x.Local, x.Index))
		} else {
			parts = append(parts, x.Local)
		}
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(parts[i])
	}
	return b.String()
}

// Append makes elements that stand elsewhere the last children of e. Paths count
// them among the siblings of their name.
func (e *Element) Append(children ...*Element) {
	var last *Element
	first, count := map[string]*Element{}, map[string]int32{}
	add := func(c *Element) {
		count[c.Local]++
		c.Index = count[c.Local]
		if c.Index == 1 {
			first[c.Local] = c
		}
		c.many = c.Index > 1
		first[c.Local].many = c.many
		last = c
	}
	for c := e.First; c != nil; c = c.Next {
		add(c)
	}
	for _, c := range children {
		if c.Parent = e; last == nil {
			e.First = c
		} else {
			last.Next = c
		}
		add(c)
	}
}
