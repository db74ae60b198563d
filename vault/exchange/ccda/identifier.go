package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// identifiers reads the id elements of n (data type II). An id with a nullFlavor
// names nothing. A root without an extension names one thing only when it is a
// UUID or an OID made for one instance; else it names an issuer, and many
// producers repeat it on every entry.
func identifiers(n *node) []record.Identifier {
	var ids []record.Identifier
	for i := range children(n, "id") {
		if id, ok := identifier(i); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

func identifier(i *node) (record.Identifier, bool) {
	root, ext := attr(i, "root"), attr(i, "extension")
	switch {
	case i == nil || attr(i, "nullFlavor") != "" || root == "" && ext == "":
		return record.Identifier{}, false
	case root == "":
		return record.Identifier{}, false // an extension without its issuer names nothing outside its system
	case ext != "":
		return record.Identifier{System: issuer(i), Value: ext}, true
	case oid.IsUUID(root):
		return record.Identifier{System: "urn:ietf:rfc:3986", Value: "urn:uuid:" + strings.ToLower(root)}, true
	case oid.IsOID(root) && ofInstance(root):
		return record.Identifier{System: "urn:ietf:rfc:3986", Value: "urn:oid:" + root}, true
	}
	return record.Identifier{}, false
}

// issuer is who gives an id. A URI that has no OID is written as the UUID made of
// it, with itself as the name of the assigning authority.
func issuer(i *node) string {
	root, name := attr(i, "root"), attr(i, "assigningAuthorityName")
	if uri := oid.Named(root, name); uri == name {
		return uri
	}
	return oid.Root(root)
}

// ofInstance says whether an OID was evidently drawn for one thing: made of a
// UUID (2.25), or with an arc as long as a time stamp.
func ofInstance(oid string) bool {
	const longArc = 10 // digits
	if strings.HasPrefix(oid, "2.25.") {
		return true
	}
	for arc := range strings.SplitSeq(oid, ".") {
		if len(arc) >= longArc {
			return true
		}
	}
	return false
}

// idWords is an id in one word, as documents name each other: "root^extension".
func idWords(i *node) string {
	root, ext := attr(i, "root"), attr(i, "extension")
	if ext == "" {
		return root
	}
	return root + "^" + ext
}
