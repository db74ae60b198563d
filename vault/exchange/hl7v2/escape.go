package hl7v2

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// unescaped takes the escape sequences out of a text (HL7 v2.8, chapter 2.7).
func (f field) unescaped() string {
	esc := f.seg.delimiters().escape
	if esc == 0 || strings.IndexByte(f.text, esc) < 0 {
		return f.text
	}
	var b strings.Builder
	rest := f.text
	for {
		i := strings.IndexByte(rest, esc)
		if i < 0 {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString(rest[:i])
		end := strings.IndexByte(rest[i+1:], esc)
		if end < 0 {
			f.remark("an escape sequence that is not closed; it is kept as written")
			b.WriteString(rest[i:])
			return b.String()
		}
		code := rest[i+1 : i+1+end]
		if text, ok := f.escaped(code); ok {
			b.WriteString(text)
			rest = rest[i+end+2:]
			continue
		}
		b.WriteByte(esc) // a lone escape character: what follows may be a sequence
		rest = rest[i+1:]
		f.remark("an escape sequence that is not known; it is kept as written")
		if !strings.ContainsAny(code, " \n") {
			b.WriteString(code)
			b.WriteByte(esc)
			rest = rest[end+1:]
		}
	}
}

// remark tells something about a field, once: text made to harm may hold a
// million faulty sequences.
func (f field) remark(text string) {
	m, key := f.seg.m, remarked{f.seg, f.n, text}
	if m.remarks[key] {
		return
	}
	if m.remarks == nil {
		m.remarks = map[remarked]bool{}
	}
	m.remarks[key] = true
	m.remark(f.place(), text)
}

// remarked is what was said of a field.
type remarked struct {
	seg  *segment
	n    int
	text string
}

// escaped is what one escape sequence stands for.
func (f field) escaped(code string) (text string, ok bool) {
	d := f.seg.delimiters()
	switch code {
	case "F":
		return string(d.field), true
	case "S":
		return string(d.component), true
	case "T":
		return orByte(d.sub, '&'), true
	case "R":
		return string(d.repetition), true
	case "E":
		return string(d.escape), true
	case "P":
		return orByte(d.truncation, '#'), true
	case "H", "N": // highlighting begins and ends
		return "", true
	}
	switch {
	case strings.HasPrefix(code, "X"):
		return f.hexText(code[1:])
	case strings.HasPrefix(code, "C") || strings.HasPrefix(code, "M"):
		if _, err := hex.DecodeString(code[1:]); err == nil && len(code) > 1 {
			f.remark("a change of the character set inside the text, which is not read; the text around it may be wrong")
			return "\uFFFD", true
		}
	case strings.HasPrefix(code, "."):
		return formatting(code[1:])
	}
	return "", false
}

func orByte(c, otherwise byte) string {
	if c == 0 {
		c = otherwise
	}
	return string(c)
}

// hexText is \Xdd…\: bytes in the message's character set. Line ends stay line
// ends.
func (f field) hexText(digits string) (string, bool) {
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) == 0 {
		return "", false
	}
	return newlines(f.seg.m.charset.text(b)), true
}

// formatting is one of the commands of formatted text (chapter 2.7.6).
func formatting(code string) (string, bool) {
	command, n := code, 1
	if len(code) > 2 {
		command = code[:2]
		count := strings.TrimPrefix(strings.TrimSpace(code[2:]), "+")
		if v, err := strconv.Atoi(count); err == nil && v >= -100 && v <= 100 {
			n = v
		} else if count != "" {
			return "", false
		}
	}
	switch strings.ToLower(command) {
	case "br":
		return "\n", true
	case "sp":
		return strings.Repeat("\n", max(n, 1)), true
	case "sk":
		return strings.Repeat(" ", max(n, 1)), true
	case "ce":
		return "\n", true
	case "in", "ti", "fi", "nf":
		return "", true
	}
	return "", false
}

// newlines brings the line ends of a text to LF.
func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
