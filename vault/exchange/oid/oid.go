// Package oid pairs the names that HL7 version 3 gives to code systems and
// issuers, OIDs and UUIDs, with the URIs that FHIR R4 and our records use.
package oid

import "strings"

// URI is the URI of a code system by its OID; an unknown OID keeps its own name
// as urn:oid: (CLINICAL-SAFETY hazard 44).
func URI(oid string) string {
	if uri, ok := uris[oid]; ok {
		return uri
	}
	return Root(oid)
}

// Named is [URI] for a code system or issuer that stands beside a name: a URI
// that has no OID is written as the UUID made of it, with the URI beside it.
func Named(root, name string) string {
	if name != "" && IsUUID(root) && strings.EqualFold(root, OfURL(name)) {
		return name
	}
	return URI(root)
}

// Root names an issuer: urn:oid: for an OID, urn:uuid: for a UUID, anything else
// as written.
func Root(root string) string {
	switch {
	case root == "":
		return ""
	case IsUUID(root):
		return "urn:uuid:" + strings.ToLower(root)
	case IsOID(root):
		return "urn:oid:" + root
	}
	return root
}

// Of is the OID or UUID of a URI. One that has none gets the UUID that RFC 9562
// makes of a URL (version 5); named says that its own name must stand beside it.
func Of(uri string) (root string, named bool) {
	if id, ok := oids[uri]; ok {
		return id, false
	}
	if id, ok := strings.CutPrefix(uri, "urn:oid:"); ok && IsOID(id) {
		return id, false
	}
	if id, ok := strings.CutPrefix(uri, "urn:uuid:"); ok && IsUUID(id) {
		return id, false
	}
	if uri == "" {
		return "", false
	}
	return OfURL(uri), true
}

// IsOID says whether s is an object identifier of two arcs or more.
func IsOID(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '2' || !strings.Contains(s, ".") {
		return false
	}
	for _, c := range s {
		if c != '.' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// Strict says whether s is an OID as ISO/IEC 9834 and the CDA schema write it:
// no empty arc, no leading zero.
func Strict(s string) bool {
	if !IsOID(s) {
		return false
	}
	for arc := range strings.SplitSeq(s, ".") {
		if arc == "" || len(arc) > 1 && arc[0] == '0' {
			return false
		}
	}
	return true
}

// IsUUID says whether s has the form of a UUID.
func IsUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range s {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
			continue
		}
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}
