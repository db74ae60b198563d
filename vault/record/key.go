package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"sort"
	"strings"
)

// Key is a fingerprint under which the same statement of the same fact is found
// again: a SHA-256 in hexadecimal, so it says nothing about the record.
type Key string

// Keys are all keys of r. Two records of one person that share a key state the
// same fact (CLINICAL-SAFETY hazard 45): the same issuer identifier; the same
// place of the same original; the same description of a patient or the same
// StudyInstanceUID (DICOM PS3.3 C.7.2.1); or the same kind, code, exact time, value and
// unit from the same source system. Records without a system and an identifier
// share a key only when they say exactly the same under the same local name.
func (r Record) Keys() []Key {
	kind := string(r.Resource.Kind())
	seen := map[Key]bool{}
	add := func(parts ...string) {
		seen[key(append([]string{string(r.Person), kind}, parts...)...)] = true
	}
	content := ""
	switch s := r.Resource.(type) {
	case *ImagingStudy:
		if s.StudyInstanceUID != "" {
			add("study", s.StudyInstanceUID)
		}
	case *Patient: // each file of a disc describes its patient in the same words
		content = r.contentHash()
		add("patient", content)
	}
	for _, p := range r.Provenance {
		for _, id := range p.Identifiers {
			if id.System != "" && id.Value != "" {
				add("identifier", id.System, id.Value)
			}
		}
		if p.Original != "" {
			add("place", string(p.Original), p.Place)
		}
		if fact := r.factKey(); fact != "" && p.System != "" {
			add("fact", p.System, fact)
		}
		if len(p.Local) > 0 {
			if content == "" {
				content = r.contentHash()
			}
			add("content", p.Local[0], content)
		}
	}
	keys := make([]Key, 0, len(seen))
	for k := range seen {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}

func key(parts ...string) Key {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return Key(hex.EncodeToString(sum[:16]))
}

// factKey is code, exact time, value and unit of a fact that has all of code
// and time; "" for anything vaguer.
func (r Record) factKey() string {
	s := r.Resource.Summary()
	if len(s.Codes) == 0 || s.When.Start == "" || s.When.Start.Precision() < Day {
		return ""
	}
	var codes []string
	for _, c := range s.Codes {
		codes = append(codes, c.System+"|"+c.Code)
	}
	sort.Strings(codes)
	return strings.Join([]string{strings.Join(codes, ","), string(s.When.Start), string(s.When.End), s.Title, s.Status, s.Value, s.Unit}, "\x00")
}

// referenceID is a resolved [Reference] in JSON: no other element is named id.
var referenceID = regexp.MustCompile(`"id":"[0-9a-z]{16}",?`)

// contentHash covers every stated element of the resource, but not the IDs that
// this vault gave to the records it refers to.
func (r Record) contentHash() string {
	b, err := json.Marshal(r.Resource)
	if err != nil {
		panic("record: internal error: a resource does not encode")
	}
	sum := sha256.Sum256(referenceID.ReplaceAll(b, nil))
	return hex.EncodeToString(sum[:])
}

// SameContent says whether two records state exactly the same.
func SameContent(a, b Record) bool {
	return a.Resource.Kind() == b.Resource.Kind() && a.contentHash() == b.contentHash()
}
