package strictjson

import (
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Value is one value of a [Tree]. The zero Value is absent: all its questions
// have empty answers, so paths can be asked without checking each step.
type Value struct {
	t *Tree
	n int32
}

// Kind is '{', '[', '"', '0' for a number, 't', 'f', 'n', or 0 when absent.
func (v Value) Kind() byte {
	if v.n == 0 {
		return 0
	}
	return v.t.nodes[v.n].kind
}

// Exists says whether the value is there and not null.
func (v Value) Exists() bool { return v.n != 0 && v.t.nodes[v.n].kind != 'n' }

// Get gives the member of an object.
func (v Value) Get(name string) Value {
	if v.Kind() != '{' {
		return Value{}
	}
	for c := v.t.nodes[v.n].child; c != 0; c = v.t.nodes[c].next {
		k := &v.t.nodes[c]
		key := v.t.src[k.key:k.keyEnd]
		if string(key) == name || k.escapedKey && string(unquote(key)) == name {
			return Value{v.t, c}
		}
	}
	return Value{}
}

// Path follows names from object to object; in a list it takes the first item.
func (v Value) Path(names ...string) Value {
	for _, name := range names {
		if v.Kind() == '[' {
			v = v.First()
		}
		v = v.Get(name)
	}
	return v
}

// First is the first item of a list, or the value itself.
func (v Value) First() Value {
	if v.Kind() != '[' {
		return v
	}
	c := v.t.nodes[v.n].child
	if c == 0 {
		return Value{}
	}
	return Value{v.t, c}
}

// Items gives the items of a list with their index; a value that is no list is
// the only item of itself.
func (v Value) Items() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if v.Kind() != '[' {
			if v.Exists() {
				yield(0, v)
			}
			return
		}
		i := 0
		for c := v.t.nodes[v.n].child; c != 0; c = v.t.nodes[c].next {
			if !yield(i, Value{v.t, c}) {
				return
			}
			i++
		}
	}
}

// Each gives the items of the list that a member holds.
func (v Value) Each(name string) iter.Seq2[int, Value] { return v.Get(name).Items() }

// Len is the number of items of [Value.Items].
func (v Value) Len() int {
	n := 0
	for range v.Items() {
		n++
	}
	return n
}

// Members gives the members of an object in order.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if v.Kind() != '{' {
			return
		}
		for c := v.t.nodes[v.n].child; c != 0; c = v.t.nodes[c].next {
			if !yield((Value{v.t, c}).Name(), Value{v.t, c}) {
				return
			}
		}
	}
}

// Name is the name under which the value stands in its object, else "".
func (v Value) Name() string {
	k := &v.t.nodes[v.n]
	key := v.t.src[k.key:k.keyEnd]
	if k.escapedKey {
		key = unquote(key)
	}
	return v.t.Words.keep(key)
}

// Text is a string without its quotes, or a number, true or false as written;
// "" for anything else.
func (v Value) Text() string {
	switch v.Kind() {
	case '"':
		return v.t.Words.keep(v.inside())
	case '0', 't', 'f':
		return v.t.Words.keep(v.Raw())
	}
	return ""
}

// Own is [Value.Text] for a string that no other value repeats, such as an
// identifier: it is not looked up among the shared ones.
func (v Value) Own() string {
	if v.Kind() != '"' {
		return v.Text()
	}
	return string(v.inside())
}

// inside is a string without its quotes and escapes.
func (v Value) inside() []byte {
	k := &v.t.nodes[v.n]
	if !k.escaped {
		return v.t.src[k.at+1 : k.end-1]
	}
	out, err := jsontext.AppendUnquote(make([]byte, 0, k.end-k.at), v.t.src[k.at:k.end])
	if err != nil {
		return v.t.src[k.at+1 : k.end-1] // cannot be: the text is well-formed
	}
	return out
}

// TextOf is the text of a member.
func (v Value) TextOf(name string) string { return v.Get(name).Text() }

// Raw is the value's own bytes, valid until the tree is used again.
func (v Value) Raw() []byte {
	if v.n == 0 {
		return nil
	}
	k := &v.t.nodes[v.n]
	return v.t.src[k.at:k.end]
}

// Offset is where the value begins in its file.
func (v Value) Offset() int64 {
	if v.n == 0 {
		return 0
	}
	return v.t.origin.offset(int(v.t.nodes[v.n].at))
}

// unquote resolves the escapes of a string's inside.
func unquote(b []byte) []byte {
	quoted := make([]byte, 0, len(b)+2)
	quoted = append(append(append(quoted, '"'), b...), '"')
	out, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return b // cannot be: the text is well-formed
	}
	return out
}
