package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Medicines of European documents carry more than CDA provides for, in the
// namespaces of IHE Pharmacy (urn:ihe:pharm:medication, urn:ihe:pharm,
// urn:hl7-org:pharm) and epSOS (urn:epsos-org:ep:medication). The elements have
// the same names in all of them.

// beyond is a child of that name in a namespace that is not CDA's own.
func beyond(n *node, names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		c := n.First
		for c != nil && (c.Local != name || c.Space == hl7) {
			c = c.Next
		}
		n = c
	}
	return n
}

// class is the generic medicine or therapeutic class of a product.
func class(material *node) *node {
	kind := beyond(material, "asSpecializedKind")
	for _, name := range []string{"generalizedMaterialKind", "generalizedMedicineClass", "generalizedMedicineKind"} {
		if k := beyond(kind, name); k != nil {
			return k
		}
	}
	return nil
}

// generic adds what those namespaces say of a product to its code: the name where
// it has none, and the code of its class, which is mostly that of the ATC.
func (r *reader) generic(c record.Concept, material *node) record.Concept {
	if c.Words() == "" {
		c.Text = oneLine(content(beyond(material, "name")))
	}
	k := class(material)
	if k == nil {
		return c
	}
	of := r.concept(beyond(k, "code"))
	if c.Words() == "" {
		c.Text = joinWords("", of.Text, oneLine(content(beyond(k, "name"))))
	}
	for _, code := range of.Coding {
		if !c.Has(code.System, code.Code) {
			c.Coding = append(c.Coding[:len(c.Coding):len(c.Coding)], code)
		}
	}
	if c.Words() == "" {
		c.Text = strings.Join(r.ingredients(material), ", ")
	}
	return c
}

// ingredients are the active ingredients of a product with their strength.
func (r *reader) ingredients(material *node) []string {
	var out []string
	if material == nil {
		return nil
	}
	for c := material.First; c != nil; c = c.Next {
		if c.Local != "ingredient" && c.Local != "activeIngredient" || c.Space == hl7 {
			continue
		}
		inner := beyond(c, "ingredient")
		if inner == nil {
			inner = beyond(c, "activeIngredient")
		}
		name := oneLine(content(beyond(inner, "name")))
		if name == "" {
			name = r.concept(beyond(inner, "code")).String()
		}
		if w := joinWords(" ", name, r.strength(beyond(c, "quantity"))); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// strength is the amount of an ingredient in a unit of the product.
func (r *reader) strength(n *node) string {
	parts := make([]string, 2)
	for at, name := range []string{"numerator", "denominator"} {
		x := child(n, name)
		if x == nil {
			x = beyond(n, name)
		}
		q, words := r.physical(x)
		parts[at] = joinWords("", q.Value, words)
		if parts[at] != "" && q.UnitWords() != "" {
			parts[at] += " " + q.UnitWords()
		}
	}
	if parts[1] == "" || parts[1] == "1" {
		return parts[0]
	}
	return joinWords(" per ", parts[0], parts[1])
}

// packed is the package that a product comes in, in words.
func (r *reader) packed(material *node) string {
	inside := beyond(material, "asContent")
	pack := beyond(inside, "containerPackagedMedicine")
	if pack == nil {
		pack = beyond(inside, "containerPackagedProduct")
	}
	q, words := r.physical(beyond(pack, "capacityQuantity"))
	if q.Empty() && words == "" {
		q, words = r.physical(beyond(inside, "quantity"))
	}
	return joinWords(", ", oneLine(content(beyond(pack, "name"))), joinWords("", q.String(), words), r.concept(beyond(pack, "formCode")).String())
}
