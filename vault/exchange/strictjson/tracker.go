package strictjson

import (
	"strconv"
	"strings"
)

const nameLimit = 64 // bytes of a name that the tracker remembers

// tracker follows JSON text byte by byte, well-formed or not, to know where in
// it the last byte stands.
type tracker struct {
	stack           []level
	beyond          int // levels deeper than depthLimit
	deepest         int
	quoted, escaped bool
	token           []byte
}

// level is one open bracket.
type level struct {
	object bool
	naming bool // the next string is a name
	name   string
	index  int
}

func (t *tracker) byte(c byte) {
	if t.quoted {
		t.inString(c)
		return
	}
	switch c {
	case '"':
		t.quoted, t.token = true, t.token[:0]
	case '{', '[':
		t.open(c == '{')
	case '}', ']':
		t.close()
	case ',', ':':
		if top := t.top(); top != nil && t.beyond == 0 {
			top.naming = top.object && c == ','
			if c == ',' {
				top.index, top.name = top.index+1, ""
			}
		}
	}
}

func (t *tracker) inString(c byte) {
	switch {
	case t.escaped:
		t.escaped = false
	case c == '\\':
		t.escaped = true
	case c == '"':
		t.quoted = false
		if top := t.top(); top != nil && top.naming && t.beyond == 0 {
			top.name = string(t.token)
		}
		return
	}
	if len(t.token) < nameLimit {
		t.token = append(t.token, c)
	}
}

func (t *tracker) top() *level {
	if len(t.stack) == 0 {
		return nil
	}
	return &t.stack[len(t.stack)-1]
}

func (t *tracker) open(object bool) {
	if len(t.stack) == depthLimit {
		t.beyond++
	} else {
		t.stack = append(t.stack, level{object: object, naming: object})
	}
	t.deepest = max(t.deepest, len(t.stack)+t.beyond)
}

func (t *tracker) close() {
	switch {
	case t.beyond > 0:
		t.beyond--
	case len(t.stack) > 0:
		t.stack = t.stack[:len(t.stack)-1]
	}
}

// pointer is the JSON pointer of the value at hand.
func (t *tracker) pointer(rules Rules) string {
	var b strings.Builder
	for _, l := range t.stack {
		switch {
		case !l.object:
			b.WriteString("/" + strconv.Itoa(l.index))
		case l.name != "":
			b.WriteString("/" + safeName([]byte(l.name), rules))
		}
	}
	return b.String()
}
