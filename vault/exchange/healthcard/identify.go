package healthcard

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// kind is what a file of this format may be.
type kind int

const (
	notOurs       kind = iota
	isText             // lines of QR text, signed cards, links
	isCredentials      // JSON with verifiableCredential
	isClaims           // JSON of what a card says, without its signature
	isKeys             // JSON Web Key Set
	isRevoked          // card revocation list
)

// identify is sure of every kind: each says what it is in its first words.
func identify(h exchange.Head) exchange.Match {
	if kindOf(h.Bytes) == notOurs {
		return exchange.No
	}
	return exchange.Yes
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func kindOf(b []byte) kind {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, byteOrderMark))
	if len(b) == 0 {
		return notOurs
	}
	if b[0] == '{' {
		return kindOfJSON(b)
	}
	first, _, _ := bytes.Cut(b, []byte("\n"))
	if line := string(bytes.TrimSpace(first)); isNumeric(line) || isSigned(line) || isLink(line) {
		return isText
	}
	return notOurs
}

// kindOfJSON goes by the names of the members; the head of a long file may be
// cut.
func kindOfJSON(b []byte) kind {
	names := memberNames(b)
	switch {
	case names["verifiableCredential"] == '[', names["verifiableCredential"] == '"':
		return isCredentials
	case names["resourceType"] != 0:
		if names["parameter"] == '[' && bytes.Contains(b, []byte(`"verifiableCredential"`)) {
			return isCredentials
		}
	case names["vc"] == '{' && bytes.Contains(b, []byte(`"fhirBundle"`)):
		return isClaims
	case names["keys"] == '[' && bytes.Contains(b, []byte(`"kty"`)):
		return isKeys
	case names["rids"] == '[' && names["kid"] == '"':
		return isRevoked
	}
	return notOurs
}

// memberNames gives the members of an object with the first byte of each
// value.
func memberNames(b []byte) map[string]byte {
	names := map[string]byte{}
	dec := jsontext.NewDecoder(bytes.NewReader(b))
	if _, err := dec.ReadToken(); err != nil {
		return names
	}
	for {
		name, err := dec.ReadToken()
		if err != nil || name.Kind() != '"' {
			return names
		}
		text := name.String()
		names[text] = byte(dec.PeekKind())
		if err := dec.SkipValue(); err != nil {
			return names
		}
	}
}
