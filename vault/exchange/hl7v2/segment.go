package hl7v2

import (
	"fmt"
	"strconv"
	"strings"
)

// segment is one segment of a message. Its fields are counted from 1, as the
// standard counts them; those of a header include the separator itself.
type segment struct {
	name   string
	fields []string // fields[0] is the name
	m      *message
	raw    rawSegment
}

// place names the segment: "message 2, OBX[3]".
func (s *segment) place() string {
	b := make([]byte, 0, 32)
	b = append(b, "message "...)
	b = strconv.AppendInt(b, int64(s.m.number), 10)
	b = append(b, ", "...)
	b = append(b, s.name...)
	if s.m.ordinals[s.name] > 1 {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(s.raw.ordinal), 10)
		b = append(b, ']')
	}
	return string(b)
}

// field is field n, empty where the segment ends before it.
func (s *segment) field(n int) field {
	if s == nil || n >= len(s.fields) {
		return field{seg: s, n: n}
	}
	return field{text: s.fields[n], seg: s, n: n}
}

// field is a field or a part of one: text that still has its escape sequences.
type field struct {
	text string
	seg  *segment
	n    int // the field's number in its segment
}

// place names the field: "message 2, OBX[3]-5".
func (f field) place() string { return f.seg.place() + "-" + strconv.Itoa(f.n) }

// null says that the field is "", two quotation marks: the sender has removed
// what was there (HL7 v2.8, chapter 2.5.3).
func (f field) null() bool { return f.text == `""` }

// empty says that nothing is there, or nothing but separators.
func (f field) empty() bool {
	if f.text == "" || f.null() {
		return true
	}
	d := &f.seg.m.delimiters
	for i := 0; i < len(f.text); i++ {
		if c := f.text[i]; c != d.component && c != d.sub && c != d.repetition && c != ' ' {
			return false
		}
	}
	return true
}

// part is the nth part of f, from 1, between separators c.
func (f field) part(n int, c byte) field {
	rest := f.text
	if c == 0 {
		if n > 1 {
			rest = ""
		}
		return field{rest, f.seg, f.n}
	}
	for ; n > 1; n-- {
		i := strings.IndexByte(rest, c)
		if i < 0 {
			return field{"", f.seg, f.n}
		}
		rest = rest[i+1:]
	}
	if i := strings.IndexByte(rest, c); i >= 0 {
		rest = rest[:i]
	}
	return field{rest, f.seg, f.n}
}

// comp is the nth component.
func (f field) comp(n int) field {
	if f.text == "" {
		return f
	}
	return f.part(n, f.seg.delimiters().component)
}

// sub is the nth sub-component.
func (f field) sub(n int) field {
	if f.text == "" {
		return f
	}
	return f.part(n, f.seg.delimiters().sub)
}

func (s *segment) delimiters() *delimiters { return &s.m.delimiters }

// first is the first repetition.
func (f field) first() field {
	if f.text == "" {
		return f
	}
	return f.part(1, f.seg.delimiters().repetition)
}

// all gives every repetition that says something.
func (f field) all() []field {
	if f.empty() {
		return nil
	}
	c := f.seg.delimiters().repetition
	if strings.IndexByte(f.text, c) < 0 {
		return []field{f}
	}
	var list []field
	for n, part := range strings.Split(f.text, string(c)) {
		if n == repeatLimit {
			f.seg.m.remark(f.place(), fmt.Sprintf("more than %d repetitions; the others are kept in the original", repeatLimit))
			break
		}
		if p := (field{part, f.seg, f.n}); !p.empty() {
			list = append(list, p)
		}
	}
	return list
}

// String is the text without its escape sequences and the blanks around it.
// Separators that are still inside stay as they are.
func (f field) String() string {
	if f.text == "" || f.null() {
		return ""
	}
	return strings.TrimSpace(f.unescaped())
}

// words is the text of a field of no known structure: parts joined by blanks.
func (f field) words() string {
	if f.empty() {
		return ""
	}
	d := f.seg.delimiters()
	var b strings.Builder
	start := 0
	for i := 0; i <= len(f.text); i++ {
		if i < len(f.text) {
			if c := f.text[i]; c != d.component && c != d.sub && c != d.repetition || c == 0 {
				continue
			}
		}
		if s := (field{f.text[start:i], f.seg, f.n}).String(); s != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s)
		}
		start = i + 1
	}
	return b.String()
}
