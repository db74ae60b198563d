package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// reference is a FHIR Reference: only words, so that it outlives the text it was
// read from.
type reference struct {
	raw     string // as written, without a version: "Patient/1", "urn:uuid:…", "#med"
	display string
	typ     string            // the resource type it states or shows
	id      record.Identifier // a logical reference
}

func (it *item) ref(v value) reference {
	if v.Kind() == '"' { // not FHIR, but met: the bare reference
		return reference{raw: v.Text(), typ: typeOf(v.Text())}
	}
	if inner := v.Get("reference"); inner.Kind() == '{' { // R5 CodeableReference
		v = inner
	}
	r := reference{raw: unversioned(v.TextOf("reference")), display: v.TextOf("display"), typ: v.TextOf("type")}
	r.id = record.Identifier{System: v.Path("identifier", "system").Text(), Value: v.Path("identifier", "value").Text()}
	if r.typ == "" {
		r.typ = typeOf(r.raw)
	}
	if strings.HasPrefix(r.raw, "#") {
		it.containedRef(&r)
	}
	return r
}

// containedRef reads a reference to a resource inside this one.
func (it *item) containedRef(r *reference) {
	if r.raw == "#" {
		return
	}
	c := it.contained(r.raw)
	if !c.Exists() {
		it.warn("contained", "refers to a part of itself that is not there (FHIR ref-1)")
		return
	}
	r.typ = c.TextOf("resourceType")
	if r.display == "" {
		r.display = titleOf(c, r.typ)
	}
}

// contained finds a contained resource by its "#id".
func (it *item) contained(raw string) value {
	if it.inside == nil {
		it.inside = map[string]value{}
		for _, c := range it.res.Each("contained") {
			if id := strings.TrimPrefix(c.TextOf("id"), "#"); id != "" && !it.inside[id].Exists() {
				it.inside[id] = c
			}
		}
	}
	return it.inside[strings.TrimPrefix(raw, "#")]
}

// unversioned drops a version from a reference: "Patient/1/_history/2".
func unversioned(raw string) string {
	if i := strings.Index(raw, "/_history/"); i > 0 {
		return raw[:i]
	}
	return raw
}

// typeOf is the resource type that a literal reference shows, else "".
func typeOf(raw string) string {
	if strings.HasPrefix(raw, "urn:") || strings.HasPrefix(raw, "#") {
		return ""
	}
	if typ, _, conditional := strings.Cut(raw, "?"); conditional {
		raw = typ + "/?"
	}
	parts := strings.Split(raw, "/")
	if len(parts) < 2 {
		return ""
	}
	if t := parts[len(parts)-2]; t != "" && typeName(t) {
		return t
	}
	return ""
}

// name puts into dst whom v refers to: as displayed, else as the file names it.
func (it *item) name(dst *string, v value) {
	if !v.Exists() {
		return
	}
	r := it.ref(v)
	if *dst = r.display; *dst == "" {
		it.fill(r, func(ix *index, t *target) { *dst = ix.title(t) })
	}
}

// names puts into dst all whom a list refers to; inner is the element that holds
// the Reference, or "" when the items are References.
func (it *item) names(dst *[]string, list value, inner string) {
	var refs []reference
	open := false
	for _, v := range list.Items() {
		if inner != "" {
			v = v.Get(inner)
		}
		if !v.Exists() {
			continue
		}
		r := it.ref(v)
		refs = append(refs, r)
		open = open || r.display == ""
	}
	if !open {
		*dst = append(*dst, displays(refs)...)
		return
	}
	d := it.draft
	it.later = append(it.later, func(ix *index) {
		for i := range refs {
			if refs[i].display == "" {
				refs[i].display = ix.title(d.find(ix, refs[i].raw))
			}
		}
		*dst = append(*dst, displays(refs)...)
	})
}

func displays(refs []reference) []string {
	var words []string
	for _, r := range refs {
		if r.display != "" {
			words = append(words, r.display)
		}
	}
	return words
}

// link is a reference to another record, resolved by the pipeline.
func (it *item) link(v value) record.Reference {
	if !v.Exists() {
		return record.Reference{}
	}
	r := it.ref(v)
	if strings.HasPrefix(r.raw, "#") {
		r.raw = ""
	}
	return record.Reference{Local: r.raw, Display: r.display}
}

func (it *item) links(list value) []record.Reference {
	var refs []record.Reference
	for _, v := range list.Items() {
		if l := it.link(v); l != (record.Reference{}) {
			refs = append(refs, l)
		}
	}
	return refs
}
