package ccda

import (
	"slices"
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// addDocument files the document itself.
func (r *reader) addDocument() { r.addLocal(place{}, r.root, r.doc, []string{r.name}) }

// replaced reads the documents that this one takes the place of, so that they are
// kept as history (CLINICAL-SAFETY hazard 46): those that it names (relatedDocument
// RPLC, CDA R2 section 4.2.2.12), and the version before it in its set. What it
// only adds to (APND) or is another form of (XFRM) still stands.
func (r *reader) replaced() {
	for x := range children(r.root, "relatedDocument") {
		parent := child(x, "parentDocument")
		switch attr(x, "typeCode") {
		case "RPLC":
			for i := range children(parent, "id") {
				r.replaces(idWords(i))
			}
			r.replaces(setWords(parent, 0))
		case "APND":
			r.relate("adds to the document ", parent)
		case "XFRM":
			r.relate("another form of the document ", parent)
		}
	}
	r.replaces(setWords(r.root, 1))
}

func (r *reader) replaces(name string) {
	if name != "" && !slices.Contains(r.doc.Replaces, name) {
		r.doc.Replaces = append(r.doc.Replaces, name)
	}
}

// setWords name a version of a document's set, some versions back, as documents
// name each other; "" for version 1, which [versionNames] does not give either.
func setWords(n *node, back int) string {
	id, version := idWords(child(n, "setId")), versionOf(n)-back
	if id == "" || version < 2 || attr(child(n, "setId"), "extension") == "" {
		return ""
	}
	return id + versionWord + strconv.Itoa(version)
}

const versionWord = " version "

func versionOf(n *node) int {
	v, err := strconv.Atoi(attr(child(n, "versionNumber"), "value"))
	if err != nil {
		return 0
	}
	return v
}

// relate tells in words of a document that this one does not replace.
func (r *reader) relate(how string, parent *node) {
	if w := idWords(child(parent, "id")); w != "" {
		r.doc.Description = joinWords("; ", r.doc.Description, how+w)
	}
}

// versionNames are the names of a document: its id, which names one version, and
// from the second version on that of its set (setId, versionNumber). Version 1 of
// a set is not named by it: writers are met that give all their documents one
// set, each as its version 1.
func versionNames(n *node) []record.Identifier {
	var names []record.Identifier
	for i := range children(n, "id") {
		if name, ok := documentName(i); ok {
			names = append(names, name)
		}
	}
	if set, ok := identifier(child(n, "setId")); ok && setWords(n, 0) != "" {
		set.Value += versionWord + strconv.Itoa(versionOf(n))
		names = append(names, set)
	}
	return names
}

// documentName is an id of a document. Unlike that of an entry it is always of
// one thing, with an extension or without (CDA R2, section 4.2.1.5).
func documentName(i *node) (record.Identifier, bool) {
	if id, ok := identifier(i); ok || i == nil {
		return id, ok
	}
	if root := attr(i, "root"); attr(i, "nullFlavor") == "" && oid.IsOID(root) {
		return record.Identifier{System: "urn:ietf:rfc:3986", Value: "urn:oid:" + root}, true
	}
	return record.Identifier{}, false
}
