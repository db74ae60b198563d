package fhir

import (
	"bytes"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

// value is one JSON value of a resource.
type value = strictjson.Value

// rules are what the strict reader needs to know of FHIR.
var rules = strictjson.Rules{
	Known: knownName,
	Data: func(name []byte) bool {
		return string(name) == "data" || string(name) == "content" || string(name) == "valueBase64Binary"
	},
	Extension: func(name []byte) bool {
		return string(name) == "extension" || string(name) == "modifierExtension"
	},
}

// knownName says whether name is an element name of FHIR, and whether it is one
// in other capitals: {"status": …, "Status": …} must not be read either way.
func knownName(name []byte) (known, wrongCase bool) {
	name = bytes.TrimPrefix(name, []byte("_"))
	if elementNames[string(name)] {
		return true, false
	}
	return false, foldedNames[strings.ToLower(string(name))]
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

func folded(set map[string]bool) map[string]bool {
	lower := make(map[string]bool, len(set))
	for w := range set {
		lower[strings.ToLower(w)] = true
	}
	return lower
}
