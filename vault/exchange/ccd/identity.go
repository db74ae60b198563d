package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// namespace is our own UUID namespace (random, fixed for good).
var namespace = [16]byte{0x9c, 0x1f, 0x27, 0xa4, 0x63, 0x0d, 0x4e, 0x58, 0xb2, 0x71, 0x5e, 0x84, 0x0a, 0xcf, 0x39, 0xd6}

// uuid is the name-based UUID of the parts: the same parts give the same UUID in
// every export, and say nothing else.
func uuid(parts ...string) string { return oid.Name(namespace, strings.Join(parts, "\x00")) }

// Own is the template id by which a reader knows a document that this package
// wrote: its statements refer to whole rows of the narrative, which repeat them.
const Own = "0c9d1f0e-6c1b-5a5e-9d52-3a1c55f7a2b4"

// longestII is how long an identifier may be, in bytes, that is written as one.
const longestII = 256

// identifier is an II, or nil for one that CDA cannot hold.
func identifier(id record.Identifier) *element {
	value := strings.TrimSpace(clean(id.Value))
	if value == "" || len(value) > longestII || len(id.System) > longestII {
		return nil
	}
	if id.System == "urn:ietf:rfc:3986" {
		root := strings.TrimPrefix(strings.TrimPrefix(value, "urn:oid:"), "urn:uuid:")
		if root != value && (oid.Strict(root) || oid.IsUUID(root)) {
			return el("id", "root", root)
		}
	}
	root, named := oid.Of(clean(id.System))
	if root == "" || !named && !oid.Strict(root) && !oid.IsUUID(root) {
		return nil
	}
	e := el("id", "root", root, "extension", value)
	if named {
		e.set("assigningAuthorityName", id.System)
	}
	return e
}

// identifiers are our own id of a record and those of its issuers.
func (w *writer) identifiers(rec record.Record, part string) []*element {
	ids := []*element{el("id", "root", uuid("record", string(w.sel.Person.ID), string(rec.ID), part))}
	if part != "" {
		return ids
	}
	seen := map[record.Identifier]bool{}
	for _, p := range rec.Provenance {
		for _, id := range p.Identifiers {
			if e := identifier(id); e != nil && !seen[id] {
				seen[id] = true
				ids = append(ids, e)
			}
		}
	}
	return ids
}

// template gives the template ids of C-CDA R2.1. What R1.1 had too carries the id
// of that version beside it (C-CDA R2.1, section 1.1 on compatibility); the
// versions stand behind a bar: "22.4.7|2014-06-09". A mark "!" says that R1.1 had
// none.
func template(ids ...string) []*element {
	const root = "2.16.840.1.113883.10.20."
	var out []*element
	for _, id := range ids {
		name, version, _ := strings.Cut(id, "|")
		name, only := strings.CutPrefix(name, "!")
		if !only {
			out = append(out, el("templateId", "root", root+name))
		}
		if version != "" {
			out = append(out, el("templateId", "root", root+name, "extension", version))
		}
	}
	return out
}
