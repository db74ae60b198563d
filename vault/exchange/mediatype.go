package exchange

import (
	"bytes"
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
	for len(head) > 0 && !utf8.RuneStart(head[len(head)-1]) {
		head = head[:len(head)-1] // a character cut in two at the end of the head
	}
	if n := len(head); n > 0 && head[n-1] >= utf8.RuneSelf {
		head = head[:n-1]
	}
	if utf8.Valid(head) && !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' }) {
		return "text/plain"
	}
	return "application/octet-stream"
}
