package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// concept is a CodeableConcept: the codings in the source's order, then its
// words. It is nil for an empty concept.
func concept(c record.Concept) *element {
	e := new(element)
	var codings []*element
	for _, k := range c.Coding {
		codings = append(codings, coding(k))
	}
	e.list("coding", codings...)
	e.text("text", c.Text)
	return e
}

// conceptOr is concept, or words for one that a standard requires and the
// source does not give: marked as absent, so that nobody takes them for data.
func conceptOr(c record.Concept, words string) *element {
	if e := concept(c); len(e.members) > 0 {
		return e
	}
	e := new(element)
	e.list("extension", absent("unknown"))
	e.text("text", words)
	return e
}

// words is a CodeableConcept of words alone.
func words(s string) *element { return obj("text", s) }

func concepts(cs []record.Concept) []*element {
	var out []*element
	for _, c := range cs {
		out = append(out, concept(c))
	}
	return out
}

// coding is a Coding. A code that is no FHIR code (blanks at its ends or in a
// row) moves into the display.
func coding(k record.Coding) *element {
	e := new(element)
	display := k.Display
	e.text("system", uri(k.System))
	e.text("version", k.Version)
	if code := strings.TrimSpace(k.Code); isToken(code) {
		e.token("code", code)
	} else if code != "" {
		display = strings.TrimSpace(display + " (code: " + code + ")")
	}
	e.text("display", display)
	if k.UserSelected && len(e.members) > 0 {
		e.flag("userSelected", true)
	}
	return e
}

// conceptCoding is one Coding for an element that has no room for a concept:
// the first code, else the words.
func conceptCoding(c record.Concept) *element {
	for _, k := range c.Coding {
		if k.Code == "" {
			continue
		}
		if k.Display == "" {
			k.Display = c.Text
		}
		return coding(k)
	}
	return obj("display", c.Words())
}

// codingOr is conceptCoding, or a Coding marked as absent where one is required.
func codingOr(c record.Concept) *element {
	if e := conceptCoding(c); len(e.members) > 0 {
		return e
	}
	e := new(element)
	e.list("extension", absent("unknown"))
	return e
}

// oneOf is a CodeableConcept with one code of a FHIR code system.
func oneOf(system, code string) *element {
	e := new(element)
	e.list("coding", obj("system", system, "code", code))
	return e
}

// uri makes a source's namespace a URI: blanks, which no URI has, are escaped.
func uri(s string) string {
	return strings.Join(strings.Fields(clean(s)), "%20")
}
