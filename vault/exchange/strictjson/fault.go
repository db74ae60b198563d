package strictjson

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Fault is why a file is refused as a whole, and where. It quotes no content.
type Fault struct {
	Offset  int64  // in the file, in bytes
	Pointer string // JSON pointer; names that the rules do not know are shown as "?"
	Reason  string
	Limit   bool // well-formed so far, but beyond a limit
	Line    int  // 1 for the first; 0 until [Fault.Locate] was called
	Column  int  // in characters, 1 for the first
}

// Error implements error.
func (f *Fault) Error() string {
	where := ""
	if f.Line > 0 {
		where = fmt.Sprintf("line %d, column %d ", f.Line, f.Column)
	}
	p := f.Pointer
	if p == "" {
		p = "/"
	}
	return where + "(" + p + "): " + f.Reason
}

const duplicateReason = "the same name stands twice in one object, so it is not clear which value counts"

// FromSyntax turns an error of a [jsontext.Decoder] into a Fault; base is the
// offset and pointer of what the decoder reads. Errors of the reader beneath it
// are returned as they are.
func FromSyntax(err error, base int64, pointer string, rules Rules) error {
	var se *jsontext.SyntacticError
	switch {
	case errors.As(err, &se):
		f := &Fault{Offset: base + se.ByteOffset, Pointer: pointer + safePointer(se.JSONPointer, rules), Reason: "this is not well-formed JSON"}
		switch {
		case errors.Is(err, jsontext.ErrDuplicateName):
			f.Reason = duplicateReason
		case errors.Is(err, io.ErrUnexpectedEOF):
			f.Reason = "the file ends too early; it is cut off"
		}
		return f
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Fault{Offset: base, Pointer: pointer, Reason: "the file ends too early; it is cut off"}
	}
	return err
}

func safePointer(p jsontext.Pointer, rules Rules) string {
	var b strings.Builder
	n := 0
	for token := range p.Tokens() {
		if n++; n > depthLimit {
			b.WriteString("/…")
			break
		}
		b.WriteString("/" + safeName([]byte(token), rules))
	}
	return b.String()
}

// safeName is a name or an index that may be told.
func safeName(name []byte, rules Rules) string {
	if _, err := strconv.ParseUint(string(name), 10, 32); err == nil {
		return string(name)
	}
	if rules.Known != nil {
		known, wrongCase := rules.Known(name)
		if known || wrongCase {
			return string(name)
		}
	}
	return "?"
}

// Locate reads the file again up to the fault for its line, column and pointer
// (that of [jsontext.SyntacticError] is not to be relied on inside a value), and
// sharpens the reason where the place tells it.
func (f *Fault) Locate(r io.Reader, rules Rules) {
	br := bufio.NewReaderSize(io.LimitReader(r, f.Offset), 64<<10)
	var at tracker
	f.Line, f.Column = 1, 1
	for {
		c, err := br.ReadByte()
		if err != nil {
			break
		}
		at.byte(c)
		switch {
		case c == '\n':
			f.Line, f.Column = f.Line+1, 1
		case utf8.RuneStart(c):
			f.Column++
		}
	}
	if f.Limit {
		return
	}
	next := make([]byte, 2*nameLimit)
	n, _ := io.ReadFull(r, next)
	f.Pointer = at.pointer(rules)
	switch {
	case at.deepest > depthLimit:
		f.Reason, f.Limit = depthReason, true
	case f.Reason == duplicateReason:
		f.Pointer += "/" + safeName(firstName(next[:n]), rules)
	case invalidRune(next[:n]):
		f.Reason = "the text is not UTF-8"
	}
}

func invalidRune(b []byte) bool {
	r, size := utf8.DecodeRune(b)
	return r == utf8.RuneError && size == 1
}

// firstName is the name that b begins with, in quotes.
func firstName(b []byte) []byte {
	if len(b) == 0 || b[0] != '"' {
		return nil
	}
	name, _, _ := bytes.Cut(b[1:], []byte{'"'})
	return name
}
