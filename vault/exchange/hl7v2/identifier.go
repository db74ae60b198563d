package hl7v2

import (
	"net/url"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// namespace begins the names that we give to issuers and code systems which
// have no registered name of their own: they hold in the sender's world alone,
// so the sender's name is a part (CLINICAL-SAFETY hazard 34).
const namespace = "urn:hl7v2:"

const socialSecurity = "http://hl7.org/fhir/sid/us-ssn"

// issuer names an assigning authority (HD): an OID or UUID where one is given,
// else the namespace as the sender uses it.
func (m *message) issuer(name, universal, kind string) string {
	switch {
	case isOID(universal):
		return "urn:oid:" + universal
	case kind == "GUID" || kind == "UUID":
		return "urn:uuid:" + strings.ToLower(universal)
	case kind == "URI" && universal != "":
		return universal
	case name == "":
		name = universal
	}
	if m.facility == "" && name == "" {
		return ""
	}
	system := namespace + url.PathEscape(m.facility)
	if name != "" && name != m.facility {
		system += ":" + url.PathEscape(name)
	}
	return system
}

// isOID knows an object identifier.
func isOID(s string) bool {
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

// entityIdentifier reads an EI: a number and who gave it.
func (f field) entityIdentifier() (id record.Identifier, ok bool) {
	value := f.comp(1).String()
	if value == "" {
		return id, false
	}
	return record.Identifier{System: f.seg.m.issuer(f.comp(2).String(), f.comp(3).String(), f.comp(4).String()), Value: value}, true
}

// extendedIdentifier reads a CX: a number with its assigning authority and type.
func (f field) extendedIdentifier() (id record.Identifier, ok bool) {
	value, authority := f.comp(1).String(), f.comp(4)
	if value == "" {
		return id, false
	}
	name, universal := authority.sub(1).String(), authority.sub(2).String()
	if f.comp(5).String() == "SS" && !isOID(universal) {
		return record.Identifier{System: socialSecurity, Value: value}, true
	}
	return record.Identifier{System: f.seg.m.issuer(name, universal, authority.sub(3).String()), Value: value}, true
}

// numbers are the CX of several fields, each once.
func (s *segment) numbers(fields ...int) []record.Identifier {
	var ids []record.Identifier
	for _, n := range fields {
		for _, x := range s.field(n).all() {
			if id, ok := x.extendedIdentifier(); ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// named makes the issuer's identifier the local name of a record: a message that
// is sent again names the same things. Without one the name is the place in this
// message.
func named(p *record.Provenance, kind string) {
	if len(p.Identifiers) > 0 && p.Identifiers[0].System != "" {
		p.Local = []string{kind + " " + p.Identifiers[0].System + " " + p.Identifiers[0].Value}
	}
}

// about narrows an order's number to what it was given for. Senders are met that
// number the entries of each message from 1, or all that belong to one visit
// alike: what is not about the same thing must not pass for a newer state of it.
func about(id record.Identifier, what ...string) record.Identifier {
	id.Value = joined("|", append([]string{id.Value}, what...)...)
	return id
}
