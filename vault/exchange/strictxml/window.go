package strictxml

import (
	"errors"
	"io"
	"strings"
)

// chunk is how much is read at once, in bytes.
const chunk = 64 << 10

// treeBytes is how long one element may be of which a tree is made: places in it
// are numbers of 32 bits.
const treeBytes = 1<<31 - 1

// errMore says that a token goes on beyond the window.
var errMore = errors.New("strictxml: internal: more input needed")

// fill drops what was read, or what stands before a tree that is being put
// together, and reads on, at least as much as it keeps, so that nothing long is
// looked at again and again.
func (d *Decoder) fill() error {
	if d.eof {
		return d.fail(len(d.win), "the file ends in the middle"+askAgain)
	}
	drop := d.pos
	if d.tree != nil {
		drop = int(d.tree.base - d.base)
		if len(d.win)-drop > treeBytes {
			return d.fail(d.pos, "one piece of the file is too large"+notSafe)
		}
	}
	read := d.win[:drop]
	if n := strings.Count(read, "\n"); n > 0 {
		d.lines += n
		d.lineStart = d.base + int64(strings.LastIndexByte(read, '\n')) + 1
	}
	d.base += int64(drop)
	rest := d.win[drop:]
	d.pos -= drop
	if more := max(chunk, len(rest)); len(d.buf) < more {
		d.buf = make([]byte, more)
	}
	n, err := io.ReadFull(d.src, d.buf[:max(chunk, len(rest))])
	var b strings.Builder
	b.Grow(len(rest) + n)
	b.WriteString(rest)
	b.Write(d.buf[:n])
	d.win = b.String()
	if len(d.buf) > chunk {
		d.buf = nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		d.eof, err = true, nil
	}
	return err
}

// ahead says whether the unread text begins with s; errMore while it may.
func (d *Decoder) ahead(s string) (bool, error) {
	rest := d.win[d.pos:]
	if len(rest) < len(s) && !d.eof && strings.HasPrefix(s, rest) {
		return false, errMore
	}
	return strings.HasPrefix(rest, s), nil
}

// until gives the text from offset from to the next end mark, and the offset
// behind it.
func (d *Decoder) until(from int, end string) (text string, next int, err error) {
	i := strings.Index(d.win[from:], end)
	if i < 0 {
		if len(d.win)-from > d.lim.Token {
			return "", 0, d.fail(d.pos, "one piece of the file is too large"+notSafe)
		}
		return "", 0, errMore
	}
	return d.win[from : from+i], from + i + len(end), nil
}
