package dicom

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset is the Specific Character Set (0008,0005) of a data set or item
// (PS3.3, C.12.1.1.2).
type charset struct {
	whole  encoding.Encoding // for all bytes: UTF-8, GB18030, GBK; nil else
	g0, g1 *graphic          // what the two halves of the code table hold at first
	shifts bool              // escapes of ISO 2022 may change that
	odd    bool              // names a set that is not known
}

// graphic is a coded set of characters (PS3.5, 6.1.2).
type graphic struct {
	number string // ISO registration
	escape string // behind ESC
	high   bool   // stands in G1, codes 0xA1 to 0xFE
	double bool   // two bytes for each character
	decode encoding.Encoding
	before string // what the decoder wants before each character
}

// graphics are the defined terms of PS3.3, C.12.1.1.2, Tables C.12-2 to C.12-4.
var graphics = []graphic{
	{number: "6", escape: "(B"},
	{number: "14", escape: "(J"},
	{number: "100", escape: "-A", high: true, decode: charmap.ISO8859_1},
	{number: "101", escape: "-B", high: true, decode: charmap.ISO8859_2},
	{number: "109", escape: "-C", high: true, decode: charmap.ISO8859_3},
	{number: "110", escape: "-D", high: true, decode: charmap.ISO8859_4},
	{number: "144", escape: "-L", high: true, decode: charmap.ISO8859_5},
	{number: "127", escape: "-G", high: true, decode: charmap.ISO8859_6},
	{number: "126", escape: "-F", high: true, decode: charmap.ISO8859_7},
	{number: "138", escape: "-H", high: true, decode: charmap.ISO8859_8},
	{number: "148", escape: "-M", high: true, decode: charmap.ISO8859_9},
	{number: "203", escape: "-b", high: true, decode: charmap.ISO8859_15},
	{number: "166", escape: "-T", high: true, decode: charmap.Windows874},
	{number: "13", escape: ")I", high: true, decode: japanese.ShiftJIS},
	{number: "87", escape: "$B", double: true, decode: japanese.EUCJP},
	{number: "159", escape: "$(D", double: true, decode: japanese.EUCJP, before: "\x8f"},
	{number: "149", escape: "$)C", high: true, double: true, decode: korean.EUCKR},
	{number: "58", escape: "$)A", high: true, double: true, decode: simplifiedchinese.GBK},
}

// graphicOf finds a set by its ISO registration.
func graphicOf(number string) *graphic {
	for n := range graphics {
		if graphics[n].number == number {
			return &graphics[n]
		}
	}
	return nil
}

// charsetOf reads the values of (0008,0005), as spelt by systems that spell
// freely too: "ISO-IR 100", "ISO 2022 IR 100", "latin1" is none.
func charsetOf(values []string) charset {
	c := charset{g0: &graphics[0], shifts: len(values) > 1}
	for n, v := range values {
		v = strings.ToUpper(strings.NewReplacer("_", " ", "-", " ").Replace(strings.TrimSpace(v)))
		number := ""
		if at := strings.LastIndex(v, "IR "); at >= 0 {
			number = strings.TrimSpace(v[at+3:])
		}
		c.shifts = c.shifts || strings.HasPrefix(v, "ISO 2022")
		g := graphicOf(number)
		switch {
		case n == 0 && wholes[v] != nil:
			c.whole = wholes[v]
		case g == nil && v != "":
			c.odd = true
		case n == 0 && g != nil && g.high:
			c.g1 = g
		}
	}
	return c
}

// wholes are the sets without code extensions, and spellings of them.
var wholes = map[string]encoding.Encoding{
	"ISO IR 192": encoding.Nop, "UTF 8": encoding.Nop, "UTF8": encoding.Nop,
	"GB18030": simplifiedchinese.GB18030, "GBK": simplifiedchinese.GBK, "GB2312": simplifiedchinese.GBK,
}

// decode gives the text of a value. What the set does not hold shows as U+FFFD,
// an escape that is not understood as "␛" and its bytes; ok is false then. name
// says that "^" and "=" part it (PS3.5, 6.1.2.5.3).
func (c charset) decode(b []byte, name bool) (s string, ok bool) {
	switch {
	case isASCII(b):
		return string(b), true
	case c.whole == encoding.Nop:
		return strings.ToValidUTF8(string(b), "\uFFFD"), utf8.Valid(b)
	case c.whole != nil:
		return decoded(c.whole, b)
	case c.g1 == nil && !c.shifts && utf8.Valid(b):
		return string(b), false // UTF-8 that is not declared
	case c.g1 != nil && !c.shifts && c.g1.number != "13" && !bytes.ContainsRune(b, 0x1B):
		return decoded(c.g1.decode, b)
	}
	d := iso2022{charset: c, name: name, ok: true}
	d.all(b)
	return d.out.String(), d.ok
}

func decoded(e encoding.Encoding, b []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(b)
	s := strings.ToValidUTF8(string(out), "\uFFFD")
	return s, err == nil && !strings.Contains(s, "\uFFFD")
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == 0x1B {
			return false
		}
	}
	return true
}
