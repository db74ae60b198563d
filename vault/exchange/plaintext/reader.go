package plaintext

import (
	"bufio"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Reader gives the characters of a file one by one.
type Reader struct {
	r    *bufio.Reader
	enc  Encoding
	at   int64 // bytes read so far
	line int
}

// NewReader reads a file of a known encoding; a byte-order mark is passed over.
func NewReader(r io.Reader, enc Encoding) *Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	t := &Reader{r: b, enc: enc, line: 1}
	head, _ := b.Peek(len(markUTF8)) // a read error comes again when reading
	if _, n := mark(head); n > 0 {
		n, _ = b.Discard(n)
		t.at = int64(n)
	}
	return t
}

// Offset is how many bytes of the file were read.
func (t *Reader) Offset() int64 { return t.at }

// Line is the number of the line that the next character stands in, from 1.
func (t *Reader) Line() int { return t.line }

// Rune gives the next character; io.EOF after the last.
func (t *Reader) Rune() (rune, error) {
	c, size, err := t.decode()
	if err != nil {
		return 0, err
	}
	t.at += int64(size)
	switch c {
	case '\n':
		t.line++
	case 0:
		return 0, fmt.Errorf("line %d: a NUL character; the file is damaged or no text", t.line)
	case utf8.RuneError:
		if size < utf8.RuneLen(utf8.RuneError) && t.enc == UTF8 || t.enc != UTF8 {
			return 0, fmt.Errorf("line %d: bytes that stand for no character; the file is damaged, or not written in %s", t.line, t.enc)
		}
	}
	return c, nil
}

// Peek gives the next character without reading it; 0 at the end of the file.
func (t *Reader) Peek() rune {
	if t.enc == UTF16LE || t.enc == UTF16BE {
		b, err := t.r.Peek(2)
		if err != nil {
			return 0
		}
		return rune(t.unit(b))
	}
	b, err := t.r.Peek(1)
	if err != nil {
		return 0
	}
	return rune(b[0])
}

func (t *Reader) unit(b []byte) uint16 {
	if t.enc == UTF16LE {
		return uint16(b[0]) | uint16(b[1])<<8
	}
	return uint16(b[1]) | uint16(b[0])<<8
}

func (t *Reader) decode() (rune, int, error) {
	switch t.enc {
	case Windows1252:
		b, err := t.r.ReadByte()
		if err != nil {
			return 0, 0, err
		}
		return charmap.Windows1252.DecodeByte(b), 1, nil
	case UTF16LE, UTF16BE:
		return t.decode16()
	}
	return t.r.ReadRune()
}

// decode16 reads one or two units of UTF-16. Half a pair is no character.
func (t *Reader) decode16() (rune, int, error) {
	var b [2]byte
	if n, err := io.ReadFull(t.r, b[:]); err != nil {
		if n == 1 {
			return utf8.RuneError, 1, nil
		}
		return 0, 0, err
	}
	c := rune(t.unit(b[:]))
	if !utf16.IsSurrogate(c) {
		return c, 2, nil
	}
	next, err := t.r.Peek(2)
	if err != nil {
		return utf8.RuneError, 2, nil
	}
	if c = utf16.DecodeRune(c, rune(t.unit(next))); c == utf8.RuneError {
		return c, 2, nil
	}
	if _, err := t.r.Discard(2); err != nil {
		return 0, 0, err
	}
	return c, 4, nil
}
