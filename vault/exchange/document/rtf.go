package document

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// RTF keeps documents in the Rich Text Format (specification 1.9.1).
var RTF = exchange.Format{
	Name:       "rtf",
	Title:      "RTF document",
	MediaTypes: []string{"text/rtf"},
	Extensions: []string{".rtf"},
	Documents:  true,
	Identify: func(h exchange.Head) exchange.Match {
		if strings.HasPrefix(string(h.Bytes[:min(len(h.Bytes), 5)]), `{\rtf`) && !isDICOM(h.Bytes) {
			return exchange.Yes
		}
		return exchange.No
	},
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		b, err := src.ReadAll(rtfLimit)
		if err != nil {
			return err
		}
		r := &rtf{b: b, page: charmap.Windows1252}
		r.read()
		if r.objects {
			warn(sink, "this document carries other files inside it; they are not taken out")
		}
		return keep(src, sink, whole{mediaType: "text/rtf", description: "RTF document", text: r.t.b.String()})
	},
}

const (
	rtfLimit      = 128 << 20 // bytes of one file
	rtfGroupLimit = 10_000    // open groups
)

// rtf reads the words of a document.
type rtf struct {
	b       []byte
	at      int
	t       tidy
	page    encoding.Encoding // of \'hh
	groups  []group           // that are open
	now     group
	bytes   []byte // in page, not yet decoded
	behind  int    // characters still to pass over behind \u
	objects bool
}

// group is what a group may change.
type group struct {
	hidden bool // its words are not the document's
	skip   int  // characters that stand behind each \u for old readers (\ucN)
}

// hidden are destinations whose content is no text of the document.
var hidden = map[string]bool{
	"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true, "listtable": true, "listoverridetable": true,
	"rsidtbl": true, "generator": true, "themedata": true, "colorschememapping": true, "latentstyles": true, "datastore": true, "xmlnstbl": true,
	"fldinst": true, "filetbl": true, "revtbl": true, "bkmkstart": true, "bkmkend": true, "objdata": true, "mmathPr": true,
}

func (r *rtf) read() {
	r.now.skip = 1
	for r.at < len(r.b) && !r.t.full() {
		c := r.b[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.groups) < rtfGroupLimit {
				r.groups = append(r.groups, r.now)
			}
		case '}':
			r.flush()
			if n := len(r.groups); n > 0 {
				r.now, r.groups = r.groups[n-1], r.groups[:n-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.char(c)
		}
	}
	r.flush()
}

// control reads a control word or symbol.
func (r *rtf) control() {
	if r.at >= len(r.b) {
		return
	}
	c := r.b[r.at]
	if c < 'a' || c > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.b) && (r.b[r.at]|0x20 >= 'a' && r.b[r.at]|0x20 <= 'z') && r.at-start < 32 {
		r.at++
	}
	word, digits := string(r.b[start:r.at]), r.at
	for r.at < len(r.b) && (r.b[r.at] >= '0' && r.b[r.at] <= '9' || r.b[r.at] == '-' && r.at == digits) && r.at-digits < 12 {
		r.at++
	}
	n, err := strconv.Atoi(string(r.b[digits:r.at]))
	if r.at < len(r.b) && r.b[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

// symbol is a control of one character that is no letter.
func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 > len(r.b) {
			return
		}
		n, err := strconv.ParseUint(string(r.b[r.at:r.at+2]), 16, 8)
		r.at += 2
		if err == nil {
			r.char(byte(n))
		}
	case '*':
		r.now.hidden = true // a destination that older readers pass over
	case '\\', '{', '}':
		r.char(c)
	case '~':
		r.char(' ')
	case '_':
		r.char('-')
	case '\r', '\n':
		r.line()
	}
}

func (r *rtf) word(word string, n int, number bool) {
	switch word {
	case "par", "line", "row", "sect", "page":
		r.line()
	case "tab", "cell":
		r.flush()
		r.t.space()
	case "u":
		r.flush()
		if !r.now.hidden && number {
			r.t.piece(string(rune(uint16(n))))
		}
		r.behind = r.now.skip
	case "uc":
		if number && n >= 0 && n < 10 {
			r.now.skip = n
		}
	case "ansicpg":
		r.flush()
		if p, ok := codePages[n]; ok {
			r.page = p
		}
	case "bin":
		if number && n > 0 {
			r.at = min(len(r.b), r.at+n)
		}
	case "emdash", "endash", "bullet", "lquote", "rquote", "ldblquote", "rdblquote":
		r.flush()
		if !r.now.hidden {
			r.t.piece(marks[word])
		}
	default:
		if hidden[word] {
			r.objects = r.objects || word == "object"
			r.flush()
			r.now.hidden = true
		}
	}
}

func (r *rtf) char(c byte) {
	if r.behind > 0 {
		r.behind--
		return
	}
	if !r.now.hidden {
		r.bytes = append(r.bytes, c)
	}
}

func (r *rtf) line() {
	r.flush()
	if !r.now.hidden {
		r.t.line()
	}
}

// flush decodes what was gathered.
func (r *rtf) flush() {
	if len(r.bytes) == 0 {
		return
	}
	if s, err := r.page.NewDecoder().Bytes(r.bytes); err == nil {
		r.t.piece(string(s))
	}
	r.bytes = r.bytes[:0]
}

var marks = map[string]string{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}

// codePages are the character sets by their Windows numbers.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5, 10000: charmap.Macintosh,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
}
