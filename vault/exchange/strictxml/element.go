package strictxml

import (
	"fmt"
	"iter"
	"strings"
)

// Element is one element of a tree. Its character data stands in the gaps: Text
// before the first child, and each child's Tail behind that child. An element
// holds no text itself but knows where it stands in the document, which the
// whole tree shares: text that needs no rewriting costs nothing, other text is
// made anew each time it is asked for.
type Element struct {
	*label
	Parent *Element
	First  *Element // first child
	Next   *Element // next sibling
	Start  int64    // bytes in the UTF-8 text
	End    int64    // behind the end tag

	Index int32  // among the siblings of that local name, from 1
	open  uint32 // bytes of the start tag
	attrs uint32 // of tree.attr
	count uint16 // attributes
	many  bool   // there is more than one of that name
	flags uint8
}

// What flags says of an element.
const (
	alone uint8 = 1 << iota // the root of its tree, wherever it was put since
	empty                   // an empty-element tag
	typed                   // behind the attributes stands the resolved xsi:type
)

// NewElement makes an element that stands in no document, to put others under.
func NewElement(name Name, start int64) *Element {
	return &Element{label: &label{Name: name}, Start: start, Index: 1, flags: alone | empty}
}

// Rename gives the element another name.
func (e *Element) Rename(name Name) {
	if e.tree == nil {
		e.label = &label{Name: name}
		return
	}
	e.label = e.tree.label(name)
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
