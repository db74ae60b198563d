package ips

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// element is a JSON object: its members in the order they were put. What has
// nothing to say is never put, since FHIR forbids empty strings, objects and
// arrays (https://hl7.org/fhir/R4/json.html).
type element struct{ members []member }

type member struct {
	name  string
	value any // string, number, bool, *element, []*element or []string
}

// number is JSON number text, written as it stands.
type number string

// text puts a string with at least one visible character.
func (e *element) text(name, s string) {
	if s = clean(s); strings.TrimSpace(s) != "" {
		e.members = append(e.members, member{name, s})
	}
}

// token puts a FHIR code: text without blanks at its ends or two in a row.
func (e *element) token(name, s string) {
	if isToken(s) {
		e.members = append(e.members, member{name, s})
	}
}

// number puts a JSON number.
func (e *element) number(name string, n number) {
	if n != "" {
		e.members = append(e.members, member{name, n})
	}
}

// flag puts true or false.
func (e *element) flag(name string, b bool) { e.members = append(e.members, member{name, b}) }

// put adds an object that has something to say.
func (e *element) put(name string, child *element) {
	if child != nil && len(child.members) > 0 {
		e.members = append(e.members, member{name, child})
	}
}

// list adds an array of those objects that have something to say.
func (e *element) list(name string, children ...*element) {
	var kept []*element
	for _, c := range children {
		if c != nil && len(c.members) > 0 {
			kept = append(kept, c)
		}
	}
	if len(kept) > 0 {
		e.members = append(e.members, member{name, kept})
	}
}

// texts adds an array of strings.
func (e *element) texts(name string, values []string) {
	var kept []string
	for _, v := range values {
		if v = clean(v); strings.TrimSpace(v) != "" {
			kept = append(kept, v)
		}
	}
	if len(kept) > 0 {
		e.members = append(e.members, member{name, kept})
	}
}

// has says whether a member of that name was put.
func (e *element) has(name string) bool {
	for _, m := range e.members {
		if m.name == name {
			return true
		}
	}
	return false
}

// obj is an element of its name and text pairs.
func obj(pairs ...string) *element {
	e := new(element)
	for i := 0; i+1 < len(pairs); i += 2 {
		e.text(pairs[i], pairs[i+1])
	}
	return e
}

// clean makes s a FHIR string: valid UTF-8 without control characters but tab,
// line feed and carriage return.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func isToken(s string) bool {
	return s != "" && clean(s) == s && strings.Join(strings.Fields(s), " ") == s
}

// encode writes e and all below it.
func (e *element) encode(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	if err := e.encodeMembers(enc); err != nil {
		return err
	}
	return enc.WriteToken(jsontext.EndObject)
}

func (e *element) encodeMembers(enc *jsontext.Encoder) error {
	for _, m := range e.members {
		if err := enc.WriteToken(jsontext.String(m.name)); err != nil {
			return err
		}
		if err := encodeValue(enc, m.value); err != nil {
			return err
		}
	}
	return nil
}

func encodeValue(enc *jsontext.Encoder, value any) error {
	switch v := value.(type) {
	case string:
		return enc.WriteToken(jsontext.String(v))
	case number:
		return enc.WriteValue(jsontext.Value(v))
	case bool:
		return enc.WriteToken(jsontext.Bool(v))
	case *element:
		return v.encode(enc)
	case []*element:
		return encodeArray(enc, v, func(c *element) error { return c.encode(enc) })
	case []string:
		return encodeArray(enc, v, func(s string) error { return enc.WriteToken(jsontext.String(s)) })
	}
	panic("ips: internal error: a value that JSON does not have")
}

func encodeArray[T any](enc *jsontext.Encoder, items []T, write func(T) error) error {
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for _, item := range items {
		if err := write(item); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}
