package office

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange"
)

const (
	groupsMost   = 1000 // groups open at once
	wordLimit    = 32   // letters of a control word (RTF 1.9.1, "Control Word")
	headingLimit = 4096 // bytes
	numberLimit  = 10   // digits of its number
)

var (
	errRTFDepth = errors.New("groups are nested too deeply")
	errRTFCut   = errors.New("the file ends inside a group")
)

// readRTF is the task that takes the words out of Rich Text Format.
var readRTF = exchange.Task{Name: "rtf", Run: func(in io.Reader, out io.Writer) error {
	d := newRTF(bufio.NewReaderSize(io.LimitReader(in, sizeLimit), 64<<10))
	d.result.Broken = d.read() != nil
	d.finish()
	return json.NewEncoder(out).Encode(d.result)
}}

// rtf reads one file.
type rtf struct {
	in     *bufio.Reader
	groups []group
	now    group
	fonts  map[int]font
	ansi   int // the document's code page
	first  int // the font that \deff names

	starred bool   // \* stands before the next control word
	skip    int    // characters to pass over behind a \u
	pending []byte // of text, not decoded yet
	high    rune   // the first half of a surrogate pair
	define  int    // the font that the table is at
	name    []byte // of that font
	heading []byte // text of a destination beside the document
	day     [3]int

	spelt, digits []byte // of the control word at hand

	prose  prose
	result result
}

// group is what a brace opens and its match puts back.
type group struct {
	dest    dest
	look    look
	font    int
	perChar int // bytes that stand for a \u in older readers
	deleted bool
}

func newRTF(in *bufio.Reader) *rtf {
	return &rtf{in: in, fonts: map[int]font{}, ansi: 1252, now: group{dest: words, perChar: 1}, result: result{Kind: "rtf"}}
}

// read reads to the end of the outermost group; what stands behind it is none of
// the document.
func (d *rtf) read() error {
	for !d.prose.full() {
		c, err := d.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return errRTFCut
		}
		if err != nil {
			return err
		}
		switch c {
		case '{':
			if err := d.open(); err != nil {
				return err
			}
		case '}':
			d.close()
			if len(d.groups) == 0 {
				return nil
			}
		case '\\':
			if err := d.control(); err != nil {
				return err
			}
		case '\r', '\n', 0:
		default:
			d.char(c)
		}
	}
	return nil
}

func (d *rtf) open() error {
	d.flush()
	d.skip, d.starred = 0, false
	if d.groups = append(d.groups, d.now); len(d.groups) > groupsMost {
		return errRTFDepth
	}
	return nil
}

func (d *rtf) close() {
	d.flush()
	d.skip, d.starred = 0, false
	if n := len(d.groups); n > 0 {
		was := d.now.dest
		d.now, d.groups = d.groups[n-1], d.groups[:n-1]
		d.left(was)
	}
}

// control reads what follows a backslash: a word with a number, or one symbol.
func (d *rtf) control() error {
	c, err := d.in.ReadByte()
	if err != nil {
		return errRTFCut
	}
	if !letter(c) {
		return d.symbol(c)
	}
	word := d.spelt[:0]
	for ; err == nil && letter(c); c, err = d.in.ReadByte() {
		if word = append(word, c); len(word) > wordLimit {
			return fmt.Errorf("a control word of more than %d letters", wordLimit)
		}
	}
	d.spelt = word
	digits := d.digits[:0]
	if err == nil && c == '-' {
		digits = append(digits, c)
		c, err = d.in.ReadByte()
	}
	for ; err == nil && c >= '0' && c <= '9'; c, err = d.in.ReadByte() {
		if digits = append(digits, c); len(digits) > numberLimit {
			return fmt.Errorf("a number of more than %d digits", numberLimit)
		}
	}
	if err == nil && c != ' ' {
		d.in.UnreadByte()
	}
	d.digits = digits
	n, numErr := strconv.Atoi(string(digits))
	return d.word(string(word), n, numErr == nil)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// symbol handles a backslash with one character that is no letter.
func (d *rtf) symbol(c byte) error {
	switch c {
	case '*':
		d.starred = true
	case '\'':
		var hex [2]byte
		if _, err := io.ReadFull(d.in, hex[:]); err != nil {
			return errRTFCut
		}
		n, err := strconv.ParseUint(string(hex[:]), 16, 8)
		if err != nil {
			d.text("\uFFFD")
			return nil
		}
		d.char(byte(n))
	case '\\', '{', '}':
		d.char(c)
	case '~':
		d.text("\u00a0")
	case '_':
		d.text("-")
	case '\r', '\n':
		d.line()
	}
	return nil
}

// char takes one byte of text.
func (d *rtf) char(c byte) {
	if d.skip > 0 {
		d.skip--
		return
	}
	switch d.now.dest {
	case words, title, template:
		d.pending = append(d.pending, c)
		if len(d.pending) >= blockSize {
			d.flush()
		}
	case fontTable:
		if c == ';' {
			d.defineFont()
			return
		}
		if len(d.name) < titleLimit {
			d.name = append(d.name, c)
		}
	}
}

// text takes decoded text.
func (d *rtf) text(s string) {
	if d.skip > 0 {
		d.skip--
		return
	}
	d.flush()
	d.put(s)
}

// put takes decoded text to where it goes.
func (d *rtf) put(s string) {
	switch {
	case d.now.dest == title || d.now.dest == template:
		if len(d.heading) < headingLimit {
			d.heading = append(d.heading, s...)
		}
	case d.now.dest != words:
	case d.now.deleted:
		d.result.Deleted = true
	default:
		d.prose.words(s, d.now.look)
	}
}

// flush decodes what is pending.
func (d *rtf) flush() {
	if len(d.pending) == 0 {
		return
	}
	b := d.pending
	d.pending = d.pending[:0]
	d.put(d.decode(b))
}

func (d *rtf) line() {
	d.flush()
	if d.now.dest == words {
		d.prose.line()
	}
}

func (d *rtf) finish() {
	d.flush()
	d.prose.into(&d.result)
	if d.day[0] > 1900 {
		d.result.Made = fmt.Sprintf("%04d-%02d-%02d", d.day[0], d.day[1], d.day[2])
	}
}
