package ccda

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/record"
)

// addDocument files the document itself.
func (r *reader) addDocument() { r.addLocal(place{}, r.root, r.doc, []string{r.name}) }

// replaced reads the documents that this one takes the place of (relatedDocument
// RPLC, CDA R2 section 4.2.2.12): their names become names of this document too,
// so that the earlier one is found and kept as history (CLINICAL-SAFETY hazard
// 46). What it only adds to (APND) or is another form of (XFRM) still stands.
func (r *reader) replaced() {
	for x := range children(r.root, "relatedDocument") {
		parent := child(x, "parentDocument")
		switch attr(x, "typeCode") {
		case "RPLC":
			r.earlier = append(r.earlier, versionNames(parent)...)
			for i := range children(parent, "id") {
				if w := idWords(i); w != "" {
					r.doc.Replaces = append(r.doc.Replaces, w)
				}
			}
		case "APND":
			r.relate("adds to the document ", parent)
		case "XFRM":
			r.relate("another form of the document ", parent)
		}
	}
}

// relate tells in words of a document that this one does not replace.
func (r *reader) relate(how string, parent *node) {
	if w := idWords(child(parent, "id")); w != "" {
		r.doc.Description = joinWords("; ", r.doc.Description, how+w)
	}
}

// versionNames are the names of a document, or of a parentDocument: its id, which
// names one version, and from the second version on that of the set of versions
// (setId, versionNumber). Version 1 of a set is not named by it: writers are met
// that give all their documents one set, each as its version 1.
func versionNames(n *node) []record.Identifier {
	var names []record.Identifier
	for i := range children(n, "id") {
		if name, ok := documentName(i); ok {
			names = append(names, name)
		}
	}
	version, err := strconv.Atoi(attr(child(n, "versionNumber"), "value"))
	if set, ok := documentName(child(n, "setId")); ok && err == nil && version > 1 {
		set.Value += " version " + strconv.Itoa(version)
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
	if root := attr(i, "root"); attr(i, "nullFlavor") == "" && isOID(root) {
		return record.Identifier{System: "urn:ietf:rfc:3986", Value: "urn:oid:" + root}, true
	}
	return record.Identifier{}, false
}
