package plaintext

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// Encoding is how the characters of a file are written.
type Encoding string

// The encodings that are read.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16 (little endian)"
	UTF16BE     Encoding = "UTF-16 (big endian)"
	Windows1252 Encoding = "Windows-1252"
)

// The byte-order marks.
var (
	markUTF8    = []byte("\xef\xbb\xbf")
	markUTF16LE = []byte("\xff\xfe")
	markUTF16BE = []byte("\xfe\xff")
)

// errUndecided is what a file gets whose bytes are neither UTF-8 nor surely of
// one byte a character.
var errUndecided = errors.New("the file's characters are damaged: some are UTF-8 and some are not; ask for a copy in UTF-8")

// errNoText is what a file gets that has bytes no text has.
var errNoText = errors.New("the file holds bytes that stand for no character; it is damaged or no text")

// mark gives the encoding that a byte-order mark states, and the mark's length.
func mark(head []byte) (Encoding, int) {
	switch {
	case bytes.HasPrefix(head, markUTF8):
		return UTF8, len(markUTF8)
	case bytes.HasPrefix(head, markUTF16LE):
		return UTF16LE, len(markUTF16LE)
	case bytes.HasPrefix(head, markUTF16BE):
		return UTF16BE, len(markUTF16BE)
	}
	return "", 0
}

// Detect reads a whole file and tells its encoding.
func Detect(r io.Reader) (Encoding, error) {
	var c census
	buf := make([]byte, 64<<10)
	held := 0 // bytes of a character that was cut in two
	first := true
	for {
		n, err := io.ReadFull(r, buf[held:])
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return "", err
		}
		b := buf[:held+n]
		if first {
			if enc, _ := mark(b); enc != "" {
				return enc, nil
			}
			first = false
		}
		rest := c.count(b, end)
		held = copy(buf, rest)
		if end {
			return c.verdict()
		}
	}
}

// DetectHead tells the encoding by the head of a file alone, as far as it can:
// a character that is cut off at its end does not count.
func DetectHead(head []byte) (Encoding, error) {
	if enc, _ := mark(head); enc != "" {
		return enc, nil
	}
	var c census
	c.count(head, false)
	return c.verdict()
}

// census counts what speaks for UTF-8 and what against it.
type census struct {
	multi     int // characters of several bytes that are valid UTF-8
	invalid   int // bytes that are not
	undefined int // of those, bytes that Windows-1252 has no character for
}

// count looks at b and gives the bytes of an unfinished character at its end.
func (c *census) count(b []byte, end bool) []byte {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		if !end && !utf8.FullRune(b) {
			return b
		}
		r, size := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || size > 1:
			c.multi++
		default:
			c.invalid++
			if unassigned(b[0]) {
				c.undefined++
			}
		}
		b = b[size:]
	}
	return nil
}

func (c *census) verdict() (Encoding, error) {
	switch {
	case c.invalid == 0:
		return UTF8, nil
	case c.undefined > 0:
		return "", errNoText
	case c.multi >= c.invalid:
		return "", errUndecided
	}
	return Windows1252, nil
}

// unassigned says whether Windows-1252 has no character for b.
func unassigned(b byte) bool {
	switch b {
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		return true
	}
	return false
}
