package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/oid"
	"github.com/carnet-phr/carnet/vault/record"
)

// A fact is the declared clinical content of one entry in one line: kind, words,
// codes, value with its unit, times, status and negation. Facts are made of what
// goes out and of what a reader finds, by the same functions; where C-CDA writes a
// thing in another way than our records (see the package's exceptions), both give
// the same line.
type fact string

func line(kind string, parts ...string) fact {
	for i, p := range parts {
		parts[i] = plainly(p)
	}
	return fact(kind + " | " + strings.Join(parts, " | "))
}

// plainly is text as it is compared: white space counts once.
func plainly(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// conceptWords are a concept's words and its codes.
func conceptWords(c record.Concept) string {
	words := c.String()
	if strings.Trim(words, "-–—. \t\n") == "" {
		words = ""
	}
	return plainly(words) + " " + codesOf(c)
}

// codesOf are the codes that CDA can hold, in any order.
func codesOf(c record.Concept) string {
	seen := map[string]bool{}
	var out []string
	for _, k := range c.Coding {
		if !el("").coding(k) {
			continue
		}
		root, named := oid.Of(clean(k.System))
		if system := oid.URI(root); !named {
			root = system
		}
		if s := root + "#" + token(k.Code); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return "[" + strings.Join(ordered(out), ",") + "]"
}

// period is a time as CDA writes it.
func period(w record.When) string {
	switch {
	case point(w):
		return stamp(w.Start)
	case stamp(w.Start) == "" && stamp(w.End) == "":
		return ""
	}
	return stamp(w.Start) + ".." + stamp(w.End)
}

// ended is the end of a problem or allergy; one without a date is only over.
func ended(w record.When) string {
	if w.Empty() {
		return ""
	}
	end := w.Start
	if end == "" {
		end = w.End
	}
	return "ended " + stamp(end)
}

func negated(b bool) string {
	if b {
		return "NOT"
	}
	return ""
}

// valueWords are a value, or why there is none.
func valueWords(v record.Value, reason record.Concept) string {
	if v.Empty() {
		e := absent(reason)
		return "no value: " + e.attrs[len(e.attrs)-1]
	}
	if !v.Concept.Empty() && v.Quantity.Empty() {
		return conceptWords(v.Concept)
	}
	return v.String()
}

func rangeWords(rs []record.ReferenceRange) string {
	var out []string
	for _, r := range rs {
		if s := r.Range.String(); span("value", r.Range) != nil {
			out = append(out, plainly(s))
		}
	}
	return strings.Join(ordered(out), "; ")
}
