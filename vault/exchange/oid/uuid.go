package oid

import (
	"crypto/sha1" //nolint:gosec // RFC 9562 version 5 names things by SHA-1; nothing is protected by it
	"encoding/hex"
)

// urlSpace is the namespace of URLs (RFC 9562, section 6.6).
var urlSpace = [16]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

// OfURL is the name-based UUID of a URL.
func OfURL(url string) string { return Name(urlSpace, url) }

// Name is the name-based UUID (RFC 9562, version 5) of a name in a namespace.
func Name(space [16]byte, name string) string {
	h := sha1.New() //nolint:gosec // as above
	h.Write(space[:])
	h.Write([]byte(name))
	b := h.Sum(nil)[:16]
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
