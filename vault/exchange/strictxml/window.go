package strictxml

import (
	"errors"
	"io"
	"strings"
)

// chunk is how much is read at once, in bytes.
const chunk = 64 << 10

// errMore says that a token goes on beyond the window.
var errMore = errors.New("strictxml: internal: more input needed")

// fill drops what was read and reads on, at least as much as is still unread,
// so that a long token is not looked at again and again.
func (d *Decoder) fill() error {
	if d.eof {
		return d.fail(len(d.win), "the file ends in the middle"+askAgain)
	}
	read := d.win[:d.pos]
	if n := strings.Count(read, "\n"); n > 0 {
		d.lines += n
		d.lineStart = d.base + int64(strings.LastIndexByte(read, '\n')) + 1
	}
	d.base += int64(d.pos)
	rest := d.win[d.pos:]
	d.pos = 0
	buf := make([]byte, len(rest)+max(chunk, len(rest)))
	n := copy(buf, rest)
	m, err := io.ReadFull(d.src, buf[n:])
	d.win = string(buf[:n+m])
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
