package ips

import (
	"crypto/sha1" //nolint:gosec // RFC 9562 version 5 names things by SHA-1; nothing is protected by it
	"encoding/hex"
	"strings"
)

// namespace is our own UUID namespace (random, fixed for good).
var namespace = [16]byte{0x3d, 0x5e, 0x70, 0x0b, 0x9a, 0x41, 0x4c, 0x2e, 0x8f, 0x66, 0x1b, 0xd2, 0x54, 0x7a, 0xc9, 0x08}

// uuid is the name-based UUID (RFC 9562, version 5) of the parts: the same
// parts give the same UUID in every export, and say nothing else.
func uuid(parts ...string) string {
	h := sha1.New() //nolint:gosec // as above
	h.Write(namespace[:])
	h.Write([]byte(strings.Join(parts, "\x00")))
	b := h.Sum(nil)[:16]
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

const longestID = 64 // characters of a FHIR id

// fhirID is id where it has the form of a FHIR id, else a UUID made of it.
func fhirID(id string) string {
	plain := id != "" && len(id) <= longestID
	for _, c := range id {
		plain = plain && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.')
	}
	if plain {
		return id
	}
	return uuid("id", id)
}
