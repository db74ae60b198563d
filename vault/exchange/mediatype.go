package exchange

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// signatures are the first bytes of the file types that are told apart.
var signatures = []struct{ magic, mediaType string }{
	{"%PDF-", "application/pdf"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"BM", "image/bmp"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"PK\x03\x04", "application/zip"},
	{"{\\rtf", "text/rtf"},
}

// MediaType tells a file's type by its first bytes, never by its name or by
// what its sender says. Markup that a browser might run is plain text to us,
// and what is not recognised is application/octet-stream.
func MediaType(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.mediaType
		}
	}
	if len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" {
		return "image/webp"
	}
	if isText(head) {
		return "text/plain"
	}
	return "application/octet-stream"
}

// isText says whether bytes read as UTF-8, or as UTF-16 behind its mark, without
// control characters but those that lay out lines. Only a head that was cut
// may end within a character: half of one is no text, however short.
func isText(b []byte) bool {
	if wide := wideText(b); wide != nil {
		return !slices.ContainsFunc(wide, unprintable)
	}
	if len(b) >= headSize {
		for n := 1; n < utf8.UTFMax && !utf8.Valid(b); n++ {
			b = b[:len(b)-1]
		}
	}
	return utf8.Valid(b) && !bytes.ContainsFunc(b, unprintable)
}

// wideText decodes UTF-16 that begins with its mark; nil for anything else. A
// lone surrogate comes out as U+FFFD, which no text has.
func wideText(b []byte) []rune {
	if len(b) < 4 || len(b)%2 != 0 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case b[0] == 0xff && b[1] == 0xfe:
	case b[0] == 0xfe && b[1] == 0xff:
		order = binary.BigEndian
	default:
		return nil
	}
	units := make([]uint16, 0, len(b)/2)
	for n := 2; n < len(b); n += 2 {
		units = append(units, order.Uint16(b[n:]))
	}
	if last := units[len(units)-1]; len(b) >= headSize && last >= 0xd800 && last < 0xdc00 {
		units = units[:len(units)-1]
	}
	text := utf16.Decode(units)
	if slices.Contains(text, utf8.RuneError) {
		return nil
	}
	return text
}

// unprintable says of a character that no text has it.
func unprintable(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\n\r\t\f", r) || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
}
