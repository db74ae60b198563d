package strictxml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error says where a document stops being well-formed or acceptable, and what
// to do. It holds no text of the document but element names.
type Error struct {
	Line, Column int    // from 1; Column counts characters
	Path         string // the open elements, "/ClinicalDocument/component"; "" outside the root
	What         string
	Tag          bool // the fault lies inside one start tag, which [Decoder.SkipTag] passes over
}

// Error implements error: "line 59, column 4 (/ClinicalDocument): …".
func (e *Error) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.What)
	}
	return fmt.Sprintf("line %d, column %d (%s): %s", e.Line, e.Column, e.Path, e.What)
}

const (
	askAgain  = "; ask the sender for a new copy of the file"
	notSafe   = "; the file is not safe to read and was left alone"
	pathBytes = 300 // of an error's path; names beyond it are cut
)

// fail makes an [Error] for the byte at offset at of the window.
func (d *Decoder) fail(at int, what string) error {
	at = min(at, len(d.win))
	before := d.win[:at]
	line := d.lines + strings.Count(before, "\n")
	column := 1
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		column += utf8.RuneCountInString(before[i+1:])
	} else {
		column += int(d.base-d.lineStart) + utf8.RuneCountInString(before)
	}
	return &Error{Line: line + 1, Column: column, Path: d.path(), What: what}
}

// path is the XPath of the innermost open element.
func (d *Decoder) path() string {
	var b strings.Builder
	for _, f := range d.stack {
		b.WriteByte('/')
		b.WriteString(f.name.Local)
		if f.index > 1 {
			fmt.Fprintf(&b, "[%d]", f.index)
		}
		if b.Len() > pathBytes {
			return b.String()[:pathBytes] + "…"
		}
	}
	return b.String()
}
