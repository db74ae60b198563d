package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// The code systems of CDA by their OIDs.
const (
	loincOID  = "2.16.840.1.113883.6.1"
	snomedOID = "2.16.840.1.113883.6.96"
	actCode   = "2.16.840.1.113883.5.4"
	actClass  = "2.16.840.1.113883.5.6"
	roleCode  = "2.16.840.1.113883.5.111"
)

// fixed is a code that the standard itself wants.
func fixed(name, code, system, display string) *element {
	return el(name, "code", code, "codeSystem", system, "displayName", display)
}

func assertion() *element { return fixed("code", "ASSERTION", actCode, "Assertion") }

// statusCode is an ActStatus; nobody states it when code is empty.
func statusCode(code string) *element {
	if code == "" {
		return null("statusCode", "UNK")
	}
	return el("statusCode", "code", code)
}

// coding puts one code on an element; false for one that CDA cannot hold: no
// system, or blanks in the code.
func (e *element) coding(k record.Coding) bool {
	code := token(k.Code)
	root, named := oid.Of(clean(k.System))
	if code == "" || root == "" || !named && !oid.Strict(root) && !oid.IsUUID(root) {
		return false
	}
	e.set("code", code, "codeSystem", root)
	switch {
	case named:
		e.set("codeSystemName", k.System)
	case k.System != "":
		e.set("codeSystemName", record.SystemName(k.System))
	}
	e.set("codeSystemVersion", k.Version, "displayName", k.Display)
	return true
}

// systems are the code systems that a value set takes its codes from; nil for
// any.
type systems []string

func (s systems) take(k record.Coding) bool {
	if s == nil {
		return true
	}
	for _, x := range s {
		if x == k.System {
			return true
		}
	}
	return false
}

// concept is a CD or CE: the first code that the element's value set can hold, the
// others as its translations, the source's own words as originalText. Where none
// fits, the code is "other" and all are translations (CDA R2 data types, CD); a
// concept without any code has its words alone. nil for an empty concept.
func concept(name string, c record.Concept, from systems, attrs ...string) *element {
	if c.Empty() {
		return nil
	}
	e := el(name, attrs...)
	main := -1
	for i, k := range c.Coding {
		if from.take(k) && e.coding(k) {
			main = i
			break
		}
	}
	if main < 0 {
		e.set("nullFlavor", "OTH")
	}
	words := c.Text
	if words == "" && (main < 0 || c.Coding[main].Display != c.Words()) {
		words = c.String()
	}
	e.add(txt("originalText", words))
	for i, k := range c.Coding {
		if i == main {
			continue
		}
		if t := el("translation"); t.coding(k) {
			e.add(t)
		}
	}
	return e
}

// conceptOr is concept, or the reason that there is none, for an element that the
// standard wants.
func conceptOr(name string, c record.Concept, from systems, attrs ...string) *element {
	if e := concept(name, c, from, attrs...); e != nil {
		return e
	}
	return null(name, "UNK", attrs...)
}

// value is a concept as the value of an observation.
func value(c record.Concept, from systems) *element {
	return conceptOr("value", c, from, "xsi:type", "CD")
}

// word is a value in the source's own word where the value set lacks it.
func word(name, s string, attrs ...string) *element {
	return null(name, "OTH", attrs...).add(txt("originalText", s))
}

// known is a code of a table, or the source's own word.
func known(name string, table map[string]record.Coding, s string, attrs ...string) *element {
	if k, ok := table[strings.ToLower(strings.TrimSpace(s))]; ok {
		e := el(name, attrs...)
		e.coding(k)
		return e
	}
	return word(name, s, attrs...)
}

// snomed are tables of SNOMED CT codes.
func snomed(pairs ...string) map[string]record.Coding {
	m := map[string]record.Coding{}
	for i := 0; i+2 < len(pairs); i += 3 {
		m[pairs[i]] = record.Coding{System: record.SNOMED, Code: pairs[i+1], Display: pairs[i+2]}
	}
	return m
}
