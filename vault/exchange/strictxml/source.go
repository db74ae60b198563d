package strictxml

import "strings"

// tree is what the elements of one tree share: the text that they stand in, and
// their names.
type tree struct {
	text     string
	base     int64 // offset of text[0]
	controls bool  // control characters are replaced

	ids    map[Name]uint32
	labels []*label
	attr   [][]attr
}

func newTree(base int64) *tree { return &tree{base: base, ids: map[Name]uint32{}} }

// label is a name, one for all elements that have it.
type label struct {
	Name
	tree *tree
}

// attr is an attribute: the number of its name, and where its value stands.
type attr struct{ name, at, length uint32 }

// attrChunk is how many attributes are asked for at once; their number holds
// the chunk and the place within it.
const (
	attrBits  = 10
	attrChunk = 1 << attrBits
)

// attribute is the n-th of an element whose first has that number.
func (t *tree) attribute(first uint32, n int) attr {
	return t.attr[first>>attrBits][int(first&(attrChunk-1))+n]
}

// room begins the attributes of one element, of which there are at most n, and
// gives the number of the first.
func (t *tree) room(n int) uint32 {
	last := len(t.attr) - 1
	if last < 0 || cap(t.attr[last]) > attrChunk || cap(t.attr[last])-len(t.attr[last]) < n {
		const fewest = 16
		size := fewest
		if last >= 0 {
			size = min(2*cap(t.attr[last]), attrChunk) // a chunk that is larger is one element's
		}
		t.attr = append(t.attr, make([]attr, 0, max(size, n)))
		last++
	}
	return uint32(last)<<attrBits | uint32(len(t.attr[last]))
}

// put adds an attribute for which there is room.
func (t *tree) put(a attr) {
	last := len(t.attr) - 1
	t.attr[last] = append(t.attr[last], a)
}

// namesLimit is how many names are looked up; no document means to have more.
const namesLimit = 1 << 14

// id is the number of a name.
func (t *tree) id(name Name) uint32 {
	if n, ok := t.ids[name]; ok {
		return n
	}
	n := uint32(len(t.labels))
	name.Local = strings.Clone(name.Local) // or it would hold a window of the file
	t.labels = append(t.labels, &label{name, t})
	if n < namesLimit {
		t.ids[name] = n
	}
	return n
}

func (t *tree) label(name Name) *label { return t.labels[t.id(name)] }

// slice is the text between two offsets.
func (t *tree) slice(from, to int64) string { return t.text[from-t.base : to-t.base] }

// value is that of an attribute.
func (t *tree) value(a attr) string {
	return attributeValue(t.text[a.at:a.at+a.length], t.controls)
}

func attributeValue(raw string, controls bool) string {
	for i := range len(raw) {
		switch byteClass[raw[i]] {
		case space, cook, banned:
			return cooked(raw, true, controls)
		}
	}
	return raw
}

// gap is the character data between two tags.
func (t *tree) gap(from, to int64) string {
	raw := t.slice(from, to)
	markup := strings.IndexByte(raw, '<') >= 0
	if !markup && strings.IndexByte(raw, '&') < 0 && strings.IndexByte(raw, '\r') < 0 && (!t.controls || indexClass(raw, banned) < 0) {
		return raw
	}
	if !markup {
		return cooked(raw, false, t.controls)
	}
	var b strings.Builder
	for raw != "" {
		n := 0
		if raw[0] == '<' {
			var text string
			text, n = aside(raw)
			b.WriteString(text)
		} else {
			if n = strings.IndexByte(raw, '<'); n < 0 {
				n = len(raw)
			}
			b.WriteString(cooked(raw[:n], false, t.controls))
		}
		raw = raw[n:]
	}
	return b.String()
}

// aside reads the CDATA section, comment or instruction at the start of raw: its
// character data and its length.
func aside(raw string) (text string, length int) {
	for _, x := range [...]struct{ start, end string }{{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}} {
		inner, is := strings.CutPrefix(raw, x.start)
		if n := strings.Index(inner, x.end); is && n >= 0 {
			if x.start == "<![CDATA[" {
				text = lineEnds(inner[:n])
			}
			return text, len(x.start) + n + len(x.end)
		}
	}
	return "", len(raw) // the reader has seen to it that there is nothing else
}

// cooked resolves what the reader has found to be in order.
func cooked(raw string, attribute, controls bool) string {
	if controls {
		raw, _ = replaceControls(raw)
	}
	s, _ := resolve(raw, attribute)
	return s
}
