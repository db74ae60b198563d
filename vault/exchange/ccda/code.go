package ccda

import (
	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// concept reads a CD, CE, CV or CS: the words the author used (originalText,
// resolved in the narrative) and the code with its translations. A nullFlavor
// adds nothing; the translation of a code that is "other" is a code like any.
func (r *reader) concept(n *node) record.Concept {
	if n == nil {
		return record.Concept{}
	}
	var c record.Concept
	c.Coding = appendCoding(c.Coding, n)
	for t := range children(n, "translation") {
		c.Coding = appendCoding(c.Coding, t)
		for tt := range children(t, "translation") {
			c.Coding = appendCoding(c.Coding, tt)
		}
	}
	c.Text = r.original(child(n, "originalText"), c)
	if q := r.qualifiers(n); q != "" && !c.Empty() {
		c.Text = c.String() + " (" + q + ")"
	}
	return c
}

// qualifiers are the words that narrow a code down ("laterality: left").
func (r *reader) qualifiers(n *node) string {
	var words string
	for q := range children(n, "qualifier") {
		if attr(child(q, "value"), "codeSystem") == verificationSystem {
			continue // see [verification]
		}
		words = joinWords(", ", words, joinWords(": ", r.concept(child(q, "name")).Words(), r.qualifier(child(q, "value"))))
	}
	return words
}

// coding is the code of n itself.
func coding(n *node) record.Coding {
	c := record.Coding{
		System: oid.Named(attr(n, "codeSystem"), attr(n, "codeSystemName")), Version: attr(n, "codeSystemVersion"),
		Code: attr(n, "code"), Display: oneLine(attr(n, "displayName")),
	}
	if attr(n, "nullFlavor") != "" && nullWords[c.Code] != "" {
		c.Code = "" // code="UNK" nullFlavor="UNK": the flavour written twice is no code
	}
	if c.Code == "" && c.Display == "" {
		return record.Coding{}
	}
	if c.Display == "" && c.System == record.InterpretationSystem {
		c.Display = interpretations[c.Code]
	}
	return c
}

func appendCoding(list []record.Coding, n *node) []record.Coding {
	c := coding(n)
	if c == (record.Coding{}) {
		return list
	}
	for i := range list {
		if list[i].System == c.System && list[i].Code == c.Code {
			return list
		}
	}
	return append(list, c)
}

// interpretations are the code system's own display names of
// ObservationInterpretation, for senders that give the bare letter.
var interpretations = map[string]string{
	"N": "Normal", "A": "Abnormal", "AA": "Critical abnormal", "H": "High", "HH": "Critical high", "HU": "Significantly high",
	"L": "Low", "LL": "Critical low", "LU": "Significantly low", "<": "Off scale low", ">": "Off scale high",
	"S": "Susceptible", "I": "Intermediate", "R": "Resistant", "U": "Significant change up", "D": "Significant change down",
	"B": "Better", "W": "Worse", "POS": "Positive", "NEG": "Negative", "IND": "Indeterminate", "DET": "Detected", "ND": "Not detected",
}

// isCode says whether n or a translation of it is that code, in whatever system
// it is said to be: senders are met that misname the system.
func isCode(n *node, codes ...string) bool {
	if n == nil {
		return false
	}
	for _, c := range codes {
		if attr(n, "code") == c {
			return true
		}
	}
	for t := range children(n, "translation") {
		for _, c := range codes {
			if attr(t, "code") == c {
				return true
			}
		}
	}
	return false
}

// named is the concept of n, with the statement's own text as its words where it
// has none.
func (r *reader) named(n, statement *node) record.Concept {
	c := r.concept(n)
	if c.Words() == "" {
		c.Text = r.label(child(statement, "text"))
	}
	return c
}

// nullWords are plain words for the null flavours (HL7 v3 NullFlavor), as
// reasons why a value is not there.
var nullWords = map[string]string{
	"NI": "no information", "UNK": "not known", "ASKU": "asked, but not known", "NAV": "not available at the time", "NASK": "not asked",
	"NA": "does not apply", "OTH": "something else than the codes offered", "MSK": "withheld", "NP": "not present", "INV": "not valid",
	"NINF": "below the range", "PINF": "above the range", "QS": "a little", "TRC": "a trace", "UNC": "not coded", "DER": "to be worked out",
}

// absence is the reason that a nullFlavor gives, the empty Concept for none.
func absence(flavor string) record.Concept {
	if flavor == "" {
		return record.Concept{}
	}
	return record.Concept{Text: nullWords[flavor], Coding: []record.Coding{{System: v3NullFlavor, Code: flavor}}}
}
