package plaintext

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// Limits on what is read at once.
const (
	lineLimit  = 1 << 20   // bytes of one line
	linesLimit = 2_000_000 // lines of one file
)

// Line is one line of a file without its end.
type Line struct {
	Text       string
	Start, End int64 // bytes in the file
}

// Lines gives the lines of a file. Lines end with LF, CR LF, CR CR LF (as some
// portals write) or CR; form feeds count as spaces.
func Lines(b []byte) ([]Line, error) {
	enc, err := Detect(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return lines(b, enc)
}

// HeadLines gives the lines of the head of a file as far as they can be read:
// its end may be cut off anywhere.
func HeadLines(head []byte) []Line {
	enc, err := DetectHead(head)
	if err != nil {
		return nil
	}
	found, _ := lines(head, enc) // what was read before the fault is all there is
	return found
}

// lines gives the lines before the first fault.
func lines(b []byte, enc Encoding) ([]Line, error) {
	t := NewReader(bytes.NewReader(b), enc)
	var found []Line
	var text strings.Builder
	start := t.Offset()
	for {
		before := t.Offset()
		c, err := t.Rune()
		if errors.Is(err, io.EOF) {
			if text.Len() > 0 {
				found = append(found, Line{text.String(), start, before})
			}
			return found, nil
		}
		switch {
		case err != nil:
			return found, err
		case c == '\r' && (t.Peek() == '\n' || t.Peek() == '\r'):
		case c == '\n' || c == '\r':
			found = append(found, Line{strings.TrimRight(text.String(), "\r"), start, before})
			text.Reset()
			start = t.Offset()
		case c == '\f':
			text.WriteByte(' ')
		default:
			text.WriteRune(c)
		}
		if text.Len() > lineLimit || len(found) > linesLimit {
			return found, errors.New("a line is longer than 1 MB, or there are more than two million lines; this is no report")
		}
	}
}
