package strictxml

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniffSize is how far the XML declaration is looked for, in bytes.
const sniffSize = 1024

// errEncoding is what a document gets whose characters we do not know.
var errEncoding = errors.New("line 1, column 1: the file is written in a character encoding that is not accepted (UTF-8, UTF-16 and the usual ISO-8859 and Windows code pages are); ask the sender for a copy in UTF-8")

// singleByte are the one-byte encodings that are accepted by their declared
// name. UTF-7 and the like are refused: they hide markup.
var singleByte = map[string]encoding.Encoding{
	"iso-8859-1": charmap.ISO8859_1, "iso8859-1": charmap.ISO8859_1, "iso_8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "latin-1": charmap.ISO8859_1,
	"iso-8859-15":  charmap.ISO8859_15,
	"windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252,
	"iso-8859-2": charmap.ISO8859_2, "windows-1250": charmap.Windows1250, // central Europe
	"iso-8859-5": charmap.ISO8859_5, "windows-1251": charmap.Windows1251, // Cyrillic
	"iso-8859-7": charmap.ISO8859_7, "windows-1253": charmap.Windows1253, // Greek
	"iso-8859-9": charmap.ISO8859_9, "windows-1254": charmap.Windows1254, // Turkish
	"iso-8859-13": charmap.ISO8859_13, "windows-1257": charmap.Windows1257, // Baltic
}

// utf8Text gives the document as UTF-8 without its mark. skipped is the length
// of the mark in bytes; transcoded says that offsets in the text are not offsets
// in the file.
func utf8Text(r io.Reader) (text io.Reader, skipped int, transcoded bool, err error) {
	b := bufio.NewReaderSize(r, sniffSize)
	head, _ := b.Peek(sniffSize) // a shorter file gives what it has; a read error comes again when reading
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = b.Discard(3)
		return b, 3, false, err
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00")):
		return nil, 0, false, errEncoding // UTF-32
	case bytes.HasPrefix(head, []byte("<\x00?\x00")): // UTF-16 without its mark (XML 1.0, appendix F.1)
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), 0, true, nil
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), 0, true, nil
	case bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		return nil, 0, false, errEncoding // UTF-16 without its mark and without a declaration
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b), 0, true, nil
	}
	switch name := declaredEncoding(string(head)); name {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "utf-16":
		// A declaration of UTF-16 in readable bytes is a well-known slip of
		// writers that keep text in memory; the bytes are UTF-8 and are checked.
		return b, 0, false, nil
	default:
		if enc, ok := singleByte[name]; ok {
			return enc.NewDecoder().Reader(b), 0, true, nil
		}
		return nil, 0, false, errEncoding
	}
}

// declaredEncoding is the lower-case name in the XML declaration, else "".
func declaredEncoding(head string) string {
	if !strings.HasPrefix(head, "<?xml") {
		return ""
	}
	end := strings.Index(head, "?>")
	if end < 0 {
		return ""
	}
	_, rest, found := strings.Cut(head[:end], "encoding")
	if !found {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !strings.HasPrefix(rest, "=") {
		return ""
	}
	rest = strings.TrimLeft(rest[1:], " \t\r\n")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	name, _, _ := strings.Cut(rest[1:], rest[:1])
	return strings.ToLower(name)
}
