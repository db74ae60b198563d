package office

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const fontsMost = 5000 // of one file

// font is what the table of fonts says of one.
type font struct {
	name string
	page int // its code page; 0 for the document's, symbolPage for pictures
}

const symbolPage = 42 // Windows' own number for fonts whose letters are pictures

// charsets are the code pages of \fcharset (RTF 1.9.1, "Font Table").
var charsets = map[int]int{
	0: 1252, 2: symbolPage, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254,
	163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// codePages are the encodings that are read, by Windows' number.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258, 10000: charmap.Macintosh,
}

func (d *rtf) charset(word string, n int) {
	if d.now.dest != fontTable || len(d.fonts) >= fontsMost {
		return
	}
	f := d.fonts[d.define]
	switch {
	case word == "cpg" && n > 0:
		f.page = n
	case word == "fcharset":
		f.page = charsets[n]
	}
	d.fonts[d.define] = f
}

// defineFont ends an entry of the table of fonts.
func (d *rtf) defineFont() {
	if f := d.fonts[d.define]; len(d.fonts) < fontsMost {
		f.name = strings.TrimSpace(string(d.name))
		d.fonts[d.define] = f
	}
	d.name = d.name[:0]
}

// decode reads bytes in the code page of the font at hand. What the code page
// does not know, and what is not ASCII in one that is not read, is U+FFFD.
func (d *rtf) decode(b []byte) string {
	f := d.fonts[d.now.font]
	page := f.page
	if page == 0 {
		page = d.ansi
	}
	if page == symbolPage || strings.EqualFold(f.name, "symbol") {
		var s strings.Builder
		for _, c := range b {
			s.WriteRune(fontSymbol(f.name, rune(c)))
		}
		return s.String()
	}
	if e := codePages[page]; e != nil {
		if s, err := e.NewDecoder().Bytes(b); err == nil {
			return string(s)
		}
	}
	if page == 65001 {
		return strings.ToValidUTF8(string(b), string(utf8.RuneError))
	}
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return utf8.RuneError
		}
		return r
	}, string(b))
}

// unicode takes a \u: one unit of UTF-16, as a signed number.
func (d *rtf) unicode(n int) {
	d.skip = 0
	r := rune(uint16(n))
	switch {
	case utf16.IsSurrogate(r) && r < 0xdc00:
		d.high = r
	case utf16.IsSurrogate(r):
		d.text(string(utf16.DecodeRune(d.high, r)))
		d.high = 0
	case r >= 0xf000 && r <= 0xf0ff:
		d.text(string(fontSymbol(d.fonts[d.now.font].name, r)))
	default:
		d.text(string(r))
	}
	d.skip = d.now.perChar
}
