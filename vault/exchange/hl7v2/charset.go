package hl7v2

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const utf8Mark = "\xef\xbb\xbf"

var errUTF16 = errors.New("the file looks like UTF-16 and is not; ask the sender for a copy in UTF-8")

// utf16 says in which order the bytes of a file in UTF-16 stand, by its mark.
func utf16(b []byte) encoding.Encoding {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	return nil
}

func fromUTF16(b []byte) ([]byte, error) {
	text, err := utf16(b).NewDecoder().Bytes(b)
	if err != nil {
		return nil, errUTF16
	}
	return text, nil
}

// charsets are the one-byte character sets of HL7 table 0211, and the other
// spellings that are met, in capitals and without punctuation.
var charsets = map[string]encoding.Encoding{
	"88591": charmap.ISO8859_1, "88592": charmap.ISO8859_2, "88593": charmap.ISO8859_3, "88594": charmap.ISO8859_4, "88595": charmap.ISO8859_5,
	"88596": charmap.ISO8859_6, "88597": charmap.ISO8859_7, "88598": charmap.ISO8859_8, "88599": charmap.ISO8859_9, "885910": charmap.ISO8859_10,
	"885913": charmap.ISO8859_13, "885914": charmap.ISO8859_14, "885915": charmap.ISO8859_15, "885916": charmap.ISO8859_16,
	"LATIN1": charmap.ISO8859_1, "LATIN9": charmap.ISO8859_15,
	"1250": charmap.Windows1250, "1251": charmap.Windows1251, "1252": charmap.Windows1252, "1253": charmap.Windows1253, "1254": charmap.Windows1254,
	"1255": charmap.Windows1255, "1256": charmap.Windows1256, "1257": charmap.Windows1257, "1258": charmap.Windows1258,
	"ANSI": charmap.Windows1252, "CP437": charmap.CodePage437, "CP850": charmap.CodePage850,
}

// charsetKey brings a character set's name to the spelling of charsets.
func charsetKey(name string) string {
	key := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			return c - 'a' + 'A'
		}
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, name)
	for _, prefix := range []string{"ISOIEC", "ISO", "WINDOWS", "WIN"} {
		if rest := strings.TrimPrefix(key, prefix); charsets[rest] != nil {
			return rest
		}
	}
	if rest := strings.TrimPrefix(key, "CP"); charsets[key] == nil && charsets[rest] != nil {
		return rest
	}
	return key
}

// charset is how the bytes of one message become text.
type charset struct {
	enc    encoding.Encoding // nil: UTF-8, of which ASCII is a part
	plain  bool              // the message's bytes are ASCII and UTF-8, or UTF-8 alone: nothing need be decoded
	remark string            // what the reader of the record should know
}

// charsetOf finds the character set of a message from MSH-18 and its bytes. A
// message that is plain ASCII, or UTF-8, is read whatever it says; one whose
// character set is not known, or not what it says, is an error.
func charsetOf(name string, message []byte) (charset, error) {
	key := charsetKey(name)
	escaped := bytes.IndexByte(message, 0x1b) >= 0
	isUTF8 := utf8.Valid(message)
	switch {
	case bytes.IndexByte(message, 0) >= 0:
		return charset{}, errors.New("a zero byte, which no text has; the file is damaged, ask the sender for a new copy")
	case !escaped && isASCII(message):
		return charset{enc: charsets[key], plain: true}, nil
	case charsets[key] != nil:
		return charset{enc: charsets[key]}, nil
	case strings.HasPrefix(key, "UNICODE") || strings.HasPrefix(key, "UTF"):
		if !isUTF8 {
			return charset{}, errors.New("says that the text is Unicode, and it is not valid UTF-8; ask the sender for a new copy")
		}
		return charset{plain: true}, nil
	case isUTF8 && !escaped && (key == "" || strings.Contains(key, "ASCII")):
		return charset{plain: true}, nil
	case key == "" || strings.Contains(key, "ASCII"):
		return charset{enc: charmap.Windows1252, remark: "MSH-18 names no character set for the letters beyond ASCII that the message has; they were read as Windows-1252 and may be wrong"}, nil
	}
	return charset{}, errors.New("names a character set that is not read here (ISO 8859, Windows 125x and Unicode UTF-8 are); ask the sender for a copy in UTF-8")
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// text decodes bytes of a message.
func (c charset) text(b []byte) string {
	if c.enc != nil {
		for _, x := range b {
			if x >= utf8.RuneSelf {
				t, err := c.enc.NewDecoder().Bytes(b)
				if err == nil {
					return string(t)
				}
				break
			}
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
