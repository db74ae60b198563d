package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
)

// content is what a resource states, in a number and in a fingerprint.
type content struct {
	hash     string
	elements int
}

// referenceID is a resolved [Reference] in JSON: no other element is named id.
var referenceID = regexp.MustCompile(`"id":"[0-9a-z]{16}",?`)

func contentOf(r Resource) content {
	b, err := json.Marshal(r)
	if err != nil {
		panic("record: internal error: a resource does not encode")
	}
	b = referenceID.ReplaceAll(b, nil)
	sum := sha256.Sum256(b)
	return content{hash: hex.EncodeToString(sum[:]), elements: bytes.Count(b, []byte(`":`))}
}
