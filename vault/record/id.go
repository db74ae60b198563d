package record

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// ID names a record, a person or an import inside one vault: 16 lower-case
// letters and digits (80 random bits). It says nothing about what it names.
type ID string

var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID draws a random ID.
func NewID() ID {
	var b [10]byte
	rand.Read(b[:]) // never fails: crypto/rand aborts the program instead
	return ID(idAlphabet.EncodeToString(b[:]))
}

// Valid says whether id has the form that [NewID] gives.
func (id ID) Valid() bool {
	if len(id) != 16 {
		return false
	}
	for _, c := range string(id) {
		if !strings.ContainsRune("0123456789abcdefghjkmnpqrstvwxyz", c) {
			return false
		}
	}
	return true
}

// Hash is the SHA-256 of an original's bytes in lower-case hexadecimal.
type Hash string

// Identifier is an issuer's own name for a thing: FHIR Identifier, CDA II,
// HL7 v2 CX. System is the issuer's namespace (URI, or urn:oid: for an OID).
type Identifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value,omitempty"`
}

// Reference points from one record to another.
//
// A format fills Local, the source's own way of naming the target (a fullUrl,
// Type/id, #contained, a CDA id); the import pipeline fills ID where the target
// is a record of the same vault. Display is what the source wrote beside it.
type Reference struct {
	ID      ID     `json:"id,omitempty"`
	Local   string `json:"local,omitempty"`
	Display string `json:"display,omitempty"`
}
