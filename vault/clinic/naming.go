package clinic

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// naming is by what a statement names its subject. Two statements speak of one
// thing when they share a name of a level, and nothing at that level says that the
// name stands for several things. The levels, in this order:
//
//  1. codes: a code of the thing itself (product, finding, substance). It does not
//     count where those who share it differ in parts, or give further codes of the
//     same system that none but they have: then it names what both contain, as an
//     ingredient beside two products. Those who state the same parts are looked at
//     by themselves as well.
//  2. words: exactly the same words, but for case and spaces. They do not count
//     where the codes of those who use them contradict each other ("PCV" of one
//     file is CVX 133 and CVX 33), unless the words are exact.
//  3. classes: a code of a class of things (ATC, ICD). It does not count where any
//     codes or parts of those who share it contradict each other.
//
// Whether a name counts is decided by looking at all who use it, so that the order
// of the statements never matters; and no two that differ in parts stand together,
// whoever else would join them.
type naming struct {
	codes   []code
	classes []code
	words   string
	exact   bool   // the words leave no doubt about what is meant: they state a strength
	within  bool   // a class joins only what uses the same words, but for further ones
	parts   string // what tells things of one code apart: strengths, numbers, sides; "" for none stated
	apart   string // what must be equal whatever else is: body site, day of a dose
}

type code struct{ system, code string }

// codesNamed is how many codes of one statement are looked at.
const codesNamed = 8

// codesOf are the codes by which a thing can be known in another file. A code that
// names no thing ("other", "drug") is none.
func codesOf(c record.Concept) []code {
	var out []code
	for _, k := range c.Coding {
		system, value, ok := k.Canonical()
		if !ok || system == record.SNOMED && record.NamesNothing(value) {
			continue
		}
		if one := (code{system, value}); !slices.Contains(out, one) {
			out = append(out, one)
		}
		if len(out) == codesNamed {
			break
		}
	}
	return out
}

// noNames are words that many things are called.
var noNames = map[string]bool{
	"": true, "other": true, "others": true, "unknown": true, "none": true, "no data": true, "n/a": true, "na": true, "misc": true, "miscellaneous": true, "unspecified": true,
	"not specified": true, "see comment": true, "see comments": true, "see notes": true, "other (see comments)": true, "other - see comments": true, "not on file": true,
}

// wordsOf are the words of a concept in one spelling of case and spaces.
func wordsOf(c record.Concept) string {
	w := folded(c.Words())
	if noNames[w] {
		return ""
	}
	return w
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
