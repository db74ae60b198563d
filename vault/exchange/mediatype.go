package exchange

import (
	"bytes"
	"strings"
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

// isText says whether bytes read as UTF-8 without control characters. A
// character cut in two at the end does not count.
func isText(b []byte) bool {
	for n := 0; n < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); n++ {
		b = b[:len(b)-1]
	}
	return utf8.Valid(b) && !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\n\r\t\f", r) })
}
