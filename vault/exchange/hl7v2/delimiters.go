package hl7v2

import "errors"

// delimiters part a message into fields and these into their parts (HL7 v2.8,
// chapter 2.5.4): MSH-1 and MSH-2.
type delimiters struct {
	field, component, repetition, escape, sub byte
	truncation                                byte // since 2.7; 0 for none
	doubled                                   bool // the escape character was written twice
}

// canPart says whether a byte may stand as a delimiter: no letter, digit, blank
// or control character.
func canPart(c byte) bool {
	return c > ' ' && c < 0x7f && !alphanumeric(c)
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var (
	errDelimiters = errors.New("MSH-2: does not name the characters that part components, repetitions and sub-components; the message cannot be read")
	errEqual      = errors.New("MSH-2: two of the characters that part fields, components, repetitions and sub-components are the same; the message cannot be read without guessing")
)

// readDelimiters reads MSH-1 and MSH-2 of the line of a header segment. The
// escape character and the sub-component separator may be left out (2.1). "\\"
// in place of "\" is a known slip of senders that keep their header in the
// source text of a program.
func readDelimiters(line []byte) (d delimiters, err error) {
	if len(line) < 5 || !canPart(line[3]) {
		return d, errDelimiters
	}
	d.field = line[3]
	named := line[4:]
	for i, c := range named {
		if c == d.field || c == '\r' || c == '\n' {
			named = named[:i]
			break
		}
	}
	if string(named) == `^~\\&` {
		named, d.doubled = []byte(`^~\&`), true
	}
	to := []*byte{&d.component, &d.repetition, &d.escape, &d.sub, &d.truncation}
	if len(named) < 2 || len(named) > len(to) {
		return d, errDelimiters
	}
	seen := map[byte]bool{d.field: true}
	for i, c := range named {
		switch {
		case !canPart(c):
			return d, errDelimiters
		case seen[c]:
			return d, errEqual
		}
		seen[c] = true
		*to[i] = c
	}
	return d, nil
}
