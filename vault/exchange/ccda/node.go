package ccda

import (
	"iter"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// node is an element of the document. All functions here accept nil.
type node = strictxml.Element

// child follows names down from n, each the first child of that name in the
// namespace of HL7.
func child(n *node, names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		n = n.Child(hl7, name)
	}
	return n
}

// extension is a child in the namespace of HL7's extensions.
func extension(n *node, name string) *node {
	if n == nil {
		return nil
	}
	return n.Child(sdtc, name)
}

// children gives the children of that name, the extensions' namespace included.
func children(n *node, name string) iter.Seq[*node] {
	return func(yield func(*node) bool) {
		if n == nil {
			return
		}
		for c := n.First; c != nil; c = c.Next {
			if c.Local == name && (c.Space == hl7 || c.Space == sdtc) && !yield(c) {
				return
			}
		}
	}
}

// attr is the attribute's value, trimmed; "" when absent.
func attr(n *node, name string) string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Get(name))
}

// hasTemplate says whether n carries one of the template ids, of any version.
func hasTemplate(n *node, roots ...string) bool {
	for t := range children(n, "templateId") {
		id := attr(t, "root")
		for _, r := range roots {
			if id == r {
				return true
			}
		}
	}
	return false
}

// statementNames are the elements that make a clinical statement (CDA R2,
// section 4.3.6).
var statementNames = map[string]bool{
	"act": true, "encounter": true, "observation": true, "observationMedia": true, "organizer": true,
	"procedure": true, "regionOfInterest": true, "substanceAdministration": true, "supply": true,
}

// statementIn is the clinical statement inside an entry, entryRelationship or
// component; nil when there is none.
func statementIn(n *node) *node {
	if n == nil {
		return nil
	}
	for c := n.First; c != nil; c = c.Next {
		if c.Space == hl7 && statementNames[c.Local] {
			return c
		}
	}
	return nil
}

// statementsIn gives all the clinical statements inside an entry. There should be
// one only.
func statementsIn(n *node) iter.Seq[*node] {
	return func(yield func(*node) bool) {
		for c := n.First; c != nil; c = c.Next {
			if c.Space == hl7 && statementNames[c.Local] && !yield(c) {
				return
			}
		}
	}
}

// related gives the statements under n's entryRelationships with the type code
// of each.
func related(n *node) iter.Seq2[string, *node] {
	return func(yield func(string, *node) bool) {
		for er := range children(n, "entryRelationship") {
			if s := statementIn(er); s != nil && !yield(attr(er, "typeCode"), s) {
				return
			}
		}
	}
}

// negated says that the statement denies what it names: negationInd, and the two
// that drafts of CDA after Release 2 put in its place.
func negated(n *node) bool {
	if n == nil {
		return false
	}
	for a := range n.Attributes() {
		switch a.Local {
		case "negationInd", "actionNegationInd", "valueNegationInd":
			if v := strings.TrimSpace(a.Value); v == "true" || v == "1" {
				return true
			}
		}
	}
	return false
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// content is all character data in n.
func content(n *node) string {
	if n == nil {
		return ""
	}
	return n.Content()
}
