package strictjson

import (
	"bytes"
	"strconv"
)

// Tree holds one JSON value as ranges of its text. A Tree is used again for the
// next value; the Values of the one before are then void. The zero Tree knows
// no rules. It is for one goroutine.
type Tree struct {
	Rules Rules
	Words *Words // shared strings; nil for none

	src    []byte
	nodes  []node
	origin Origin
	path   []step
	exts   int
}

// Origin is where a value stands in its file.
type Origin struct {
	Offset  int64           // of the value's first byte
	At      func(int) int64 // the file offset of a byte of the value, where that is not simply Offset onward; nil otherwise
	Pointer string          // "" for a document
	Depth   int             // levels above it
}

func (o Origin) offset(at int) int64 {
	if o.At != nil {
		return o.At(at)
	}
	return o.Offset + int64(at)
}

// node is one value: ranges of src, never pointers, so that the garbage
// collector has nothing to follow.
type node struct {
	key, keyEnd int32 // without quotes; equal where there is no name
	at, end     int32
	child, next int32 // index of a node, 0 for none
	kind        byte  // { [ " 0 t f n
	escaped     bool  // a string with a backslash
	escapedKey  bool
}

// step is one level of the path to the value at hand.
type step struct {
	key, keyEnd int32
	index       int32
	named       bool
}

// Parse reads src, one value that a [jsontext.Decoder] has found well-formed.
// It keeps src until the next call. The error is a [*Fault].
func (t *Tree) Parse(src []byte, origin Origin) (Value, error) {
	t.src, t.origin, t.exts = src, origin, 0
	t.nodes = append(t.nodes[:0], node{}) // index 0 means none
	t.path = t.path[:0]
	if _, fault := t.value(t.space(0)); fault != nil {
		return Value{}, fault
	}
	return Value{t, 1}, nil
}

func (t *Tree) fault(at int, reason string) *Fault {
	return &Fault{Offset: t.origin.offset(at), Pointer: t.pointer(), Reason: reason, Limit: true}
}

func (t *Tree) pointer() string {
	p := t.origin.Pointer
	for _, s := range t.path {
		if s.named {
			p += "/" + safeName(t.src[s.key:s.keyEnd], t.Rules)
		} else {
			p += "/" + strconv.Itoa(int(s.index))
		}
	}
	return p
}

func (t *Tree) space(i int) int {
	for i < len(t.src) && (t.src[i] == ' ' || t.src[i] == '\n' || t.src[i] == '\r' || t.src[i] == '\t') {
		i++
	}
	return i
}

const depthReason = "nested deeper than 64 levels"

// value reads the value at i into a new node and gives the index behind it.
func (t *Tree) value(i int) (int, *Fault) {
	if i >= len(t.src) {
		return i, t.fault(i, "this is not well-formed JSON")
	}
	if len(t.nodes) > nodesLimit {
		return i, t.fault(i, "more than 2,000,000 values inside one entry")
	}
	n := len(t.nodes)
	t.nodes = append(t.nodes, node{at: int32(i), kind: t.src[i]})
	var end int
	var fault *Fault
	switch c := t.src[i]; {
	case c == '{':
		end, fault = t.object(i, n)
	case c == '[':
		end, fault = t.array(i, n)
	case c == '"':
		end, fault = t.text(i, n)
	case c == 't', c == 'n':
		end = i + len("true")
	case c == 'f':
		end = i + len("false")
	default:
		t.nodes[n].kind = '0'
		end, fault = t.number(i)
	}
	if fault != nil {
		return i, fault
	}
	if end > len(t.src) {
		return i, t.fault(i, "this is not well-formed JSON")
	}
	t.nodes[n].end = int32(end)
	return end, nil
}

func (t *Tree) enter(i int) *Fault {
	if t.origin.Depth+len(t.path)+1 > depthLimit {
		return t.fault(i, depthReason)
	}
	t.path = append(t.path, step{})
	return nil
}

func (t *Tree) array(i, parent int) (int, *Fault) {
	if fault := t.enter(i); fault != nil {
		return i, fault
	}
	i = t.space(i + 1)
	last := 0
	for index := int32(0); i < len(t.src) && t.src[i] != ']'; index++ {
		t.path[len(t.path)-1].index = index
		n := len(t.nodes)
		end, fault := t.value(i)
		if fault != nil {
			return i, fault
		}
		last = t.link(parent, last, n)
		i = t.separator(end)
	}
	t.path = t.path[:len(t.path)-1]
	return i + 1, nil
}

// link hangs node n behind last, or as the first child of parent.
func (t *Tree) link(parent, last, n int) int {
	if last == 0 {
		t.nodes[parent].child = int32(n)
	} else {
		t.nodes[last].next = int32(n)
	}
	return n
}

// separator steps over white space and a comma.
func (t *Tree) separator(i int) int {
	i = t.space(i)
	if i < len(t.src) && t.src[i] == ',' {
		i = t.space(i + 1)
	}
	return i
}

func (t *Tree) object(i, parent int) (int, *Fault) {
	if fault := t.enter(i); fault != nil {
		return i, fault
	}
	depth := len(t.path) - 1
	i = t.space(i + 1)
	last := 0
	for names := 1; i < len(t.src) && t.src[i] != '}'; names++ {
		if names > namesLimit {
			return i, t.fault(i, "more than 4,096 names in one object")
		}
		n := len(t.nodes)
		end, fault := t.member(i, depth)
		if fault != nil {
			return i, fault
		}
		last = t.link(parent, last, n)
		i = t.separator(end)
	}
	t.path = t.path[:depth]
	return i + 1, nil
}

// member reads a name and its value.
func (t *Tree) member(i, depth int) (int, *Fault) {
	start := i + 1
	stop, escaped := t.quoted(i)
	key := t.src[start : stop-1]
	t.path[depth] = step{key: int32(start), keyEnd: int32(stop - 1), named: true}
	if fault := t.checkName(i, key, escaped); fault != nil {
		return i, fault
	}
	extension := t.Rules.Extension != nil && t.Rules.Extension(key)
	if extension {
		if t.exts++; t.exts > extensionLimit {
			return i, t.fault(i, "extensions inside extensions, deeper than 16 levels")
		}
	}
	i = t.space(stop)
	i = t.space(i + 1) // the colon
	n := len(t.nodes)
	end, fault := t.value(i)
	if fault != nil {
		return i, fault
	}
	if extension {
		t.exts--
	}
	node := &t.nodes[n]
	node.key, node.keyEnd, node.escapedKey = int32(start), int32(stop-1), escaped
	return end, nil
}

func (t *Tree) checkName(i int, key []byte, escaped bool) *Fault {
	if escaped {
		key = unquote(key)
		if bytes.IndexByte(key, 0) >= 0 {
			return t.fault(i, "a name holds the character NUL")
		}
	}
	if t.Rules.Known == nil {
		return nil
	}
	if known, wrongCase := t.Rules.Known(key); wrongCase && !known {
		return t.fault(i, "the name is written with other capitals than the standard's, so it is not clear what it means")
	}
	return nil
}

// quoted finds the end of the string at i, behind its closing quote.
func (t *Tree) quoted(i int) (end int, escaped bool) {
	for j := i + 1; ; {
		n := bytes.IndexByte(t.src[j:], '"')
		if n < 0 {
			return len(t.src), escaped // cannot be: the text is well-formed
		}
		slash := bytes.IndexByte(t.src[j:j+n], '\\')
		if slash < 0 {
			return j + n + 1, escaped
		}
		escaped = true
		if j += slash + 2; j > len(t.src) {
			return len(t.src), escaped
		}
	}
}

func (t *Tree) text(i, n int) (int, *Fault) {
	end, escaped := t.quoted(i)
	t.nodes[n].escaped = escaped
	if size := end - i - 2; size > stringLimit {
		if !t.isData() {
			return i, t.fault(i, "a text longer than 1 MiB")
		}
		if size > dataLimit {
			return i, t.fault(i, "a file inside is longer than 256 MiB")
		}
	}
	if escaped && bytes.Contains(t.src[i:end], []byte(`\u0000`)) && bytes.IndexByte(unquote(t.src[i+1:end-1]), 0) >= 0 {
		return i, t.fault(i, "a text holds the character NUL")
	}
	return end, nil
}

func (t *Tree) isData() bool {
	for k := len(t.path) - 1; k >= 0; k-- {
		if s := t.path[k]; s.named {
			return t.Rules.Data != nil && t.Rules.Data(t.src[s.key:s.keyEnd])
		}
	}
	return false
}

func (t *Tree) number(i int) (int, *Fault) {
	end := i
	for end < len(t.src) && bytes.IndexByte([]byte("+-.0123456789eE"), t.src[end]) >= 0 {
		end++
	}
	text := t.src[i:end]
	if end == i {
		return i, t.fault(i, "this is not well-formed JSON")
	}
	if len(text) > numberLimit {
		return i, t.fault(i, "a number longer than 64 characters")
	}
	if e := bytes.IndexAny(text, "eE"); e >= 0 {
		if n, err := strconv.Atoi(string(text[e+1:])); err != nil || n > exponentLimit || n < -exponentLimit {
			return i, t.fault(i, "a number with an exponent beyond 18")
		}
	}
	return end, nil
}
