package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// notes tells in words what hangs on a statement and was not taken by its own
// kind: comments, instructions, and any nested statement. used says which were
// taken.
func (r *reader) notes(st *node, used func(typeCode string, s *node) bool) []string {
	var out []string
	for typ, s := range related(st) {
		if used != nil && used(typ, s) {
			continue
		}
		if w := r.sentence(s, 0); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// isComment knows a Comment Activity (22.4.64, LOINC 48767-8).
func isComment(st *node) bool {
	return st.Local == "act" && (isCode(child(st, "code"), "48767-8") || hasTemplate(st, entryTemplateRoot+"64", pcc+"4.2"))
}

// sentenceDepth is how far nested statements are told in one sentence.
const sentenceDepth = 4

// sentence tells a nested statement in one line: what, value, when.
func (r *reader) sentence(st *node, depth int) string {
	if st == nil || depth > sentenceDepth {
		return ""
	}
	what := r.title(st)
	text := r.label(child(st, "text"))
	if isComment(st) {
		return text
	}
	v, absent, more := r.observed(st)
	words := joinWords(", ", v.String(), strings.Join(more, ", "))
	if words == "" && absent.String() != "" {
		words = "no value: " + absent.String()
	}
	if words == "" && text != what {
		words = text
	}
	s := joinWords(": ", what, words)
	if s != "" && negated(st) {
		s = "not so: " + s
	}
	s = joinWords(", ", s, r.interval(child(st, "effectiveTime")).Human())
	for _, inner := range related(st) {
		s = joinWords("; ", s, r.sentence(inner, depth+1))
	}
	for c := range children(st, "component") {
		s = joinWords("; ", s, r.sentence(statementIn(c), depth+1))
	}
	return s
}

// title is what a statement is about.
func (r *reader) title(st *node) string {
	switch st.Local {
	case "substanceAdministration", "supply":
		if c := r.product(st); !c.Empty() {
			return c.String()
		}
	}
	c := r.concept(child(st, "code"))
	if c.Has(v3ActCode, "ASSERTION") {
		return ""
	}
	return c.String()
}

// reasons are the Indications (22.4.19) and other statements of type RSON.
func (r *reader) reasons(st *node) []record.Concept {
	var out []record.Concept
	for typ, s := range related(st) {
		if isReason(typ, s) {
			if c := r.indication(s); !c.Empty() {
				out = append(out, c)
			}
		}
	}
	return out
}

func isReason(typ string, s *node) bool {
	return s.Local == "observation" && (typ == "RSON" || hasTemplate(s, entryTemplateRoot+"19"))
}

// indication is the value of a reason, else its code.
func (r *reader) indication(s *node) record.Concept {
	c := r.concept(child(s, "value"))
	if c.Empty() {
		c = r.named(child(s, "code"), s)
	}
	if negated(s) && !c.Empty() {
		c = record.Concept{Text: "not: " + c.String(), Coding: nil}
	}
	return c
}

// isDetail says of nested statements that they are status or severity.
func isDetail(s *node) bool { return isStatus(s) || isSeverity(s) }
