package fhir

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// onceValue are the elements that FHIR has at most once wherever they are
// values, and of which two would leave open what is meant.
var onceValue = wordSet(`status clinicalStatus verificationStatus docStatus lifecycleStatus intent value comparator unit code system reference
id implicitRules fullUrl gender birthDate active doNotPerform wasNotGiven wasNotTaken notGiven notDone notPerformed notTaken taken isSubpotent
primarySource prohibited criticality severity recordedDate dateRecorded assertedDate dateWritten authoredOn issued start end
effectiveDateTime onsetDateTime abatementDateTime abatementBoolean occurrenceDateTime performedDateTime deceasedBoolean deceasedDateTime
lotNumber contentType data content url display title description city state postalCode country frequency period count date time created indexed
dateAsserted versionId lastUpdated`)

// onceOnly are those that FHIR has once whatever they hold.
var onceOnly = wordSet(`resource div text medicationCodeableConcept medicationReference vaccineCode`)

// ambiguous says whether a second element of that name leaves open what counts.
func ambiguous(name string, e *strictxml.Element) bool {
	_, isValue := e.Attribute("", "value")
	return onceOnly[name] || isValue && onceValue[name] || strings.HasPrefix(name, "value") && name != "value" && name != "valueSet"
}

// booleans are the elements that are true or false, besides choices that end in
// Boolean.
var booleans = wordSet(`active userSelected doNotPerform isSubpotent primarySource contributedToDeath wasNotGiven wasNotTaken notGiven notDone
notPerformed notTaken reported prohibited isBrand deleted preferred wasSubstituted experimental exclude`)

// numeric says whether an element is a number. A value is one except where it
// is that of an identifier or an address.
func numeric(parent, c *strictxml.Element) bool {
	if c.Local == "value" {
		return parent.Local != "telecom" && !strings.HasSuffix(strings.ToLower(parent.Local), "identifier") && parent.Local != "valueContactPoint"
	}
	return strings.HasSuffix(c.Local, "Integer") || strings.HasSuffix(c.Local, "Decimal") || strings.HasSuffix(c.Local, "PositiveInt") || strings.HasSuffix(c.Local, "UnsignedInt")
}

// isNumber says whether s is a number as JSON writes it, which is how FHIR does
// (https://hl7.org/fhir/R4/datatypes.html#decimal).
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, rest := digits(s)
	if whole == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if strings.HasPrefix(rest, ".") {
		var fraction string
		if fraction, rest = digits(rest[1:]); fraction == "" {
			return false
		}
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		rest = rest[1:]
		if rest != "" && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		var exponent string
		if exponent, rest = digits(rest); exponent == "" {
			return false
		}
	}
	return rest == ""
}

// plusOne is the number after n.
func plusOne(n string) string {
	i, err := strconv.Atoi(n)
	if err != nil {
		return n
	}
	return itoa(i + 1)
}

func digits(s string) (number, rest string) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n], s[n:]
}

// xhtml writes a narrative as it stood, for [sanitised] to read.
func xhtml(e *strictxml.Element) string {
	var b strings.Builder
	writeXHTML(&b, e)
	return b.String()
}

func writeXHTML(b *strings.Builder, e *strictxml.Element) {
	b.WriteString("<" + e.Local)
	for a := range e.Attributes() {
		b.WriteString(" " + a.Local + `="` + html.EscapeString(a.Value) + `"`)
	}
	if e.First == nil && e.Text() == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString(">" + html.EscapeString(e.Text()))
	for c := e.First; c != nil; c = c.Next {
		writeXHTML(b, c)
		b.WriteString(html.EscapeString(c.Tail()))
	}
	b.WriteString("</" + e.Local + ">")
}

// xpath puts a place of this package, with list positions from 0, into the form
// of XPath, where they count from 1: "/entry/3" is "/entry[4]".
func xpath(pointer string) string {
	parts := strings.Split(pointer, "/")
	out := parts[0]
	for _, p := range parts[1:] {
		if n, rest := digits(p); n != "" && rest == "" && len(n) < 9 {
			out += "[" + plusOne(n) + "]"
		} else {
			out += "/" + p
		}
	}
	return out
}
