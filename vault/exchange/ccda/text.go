package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on text that entries take from the narrative by reference: one large
// paragraph may be referred to any number of times.
const (
	quoteLimit  = 16 << 10 // bytes of one quotation; the section holds the whole
	quotesLimit = 64 << 20 // bytes of all quotations of one document
)

// target is the element that a reference, "#id", points to inside the document;
// nil for any other address. Nothing outside is ever looked at.
func (r *reader) target(ref *node) *node {
	id, ok := strings.CutPrefix(attr(ref, "value"), "#")
	if !ok {
		return nil
	}
	if r.ids == nil {
		r.ids, r.claims, r.disputed = map[string]*node{}, map[string]string{}, map[string]bool{}
		r.index(r.root)
	}
	return r.ids[id]
}

// index lists the elements by their ID, the first of two counts, and the codes
// that claim them for their original text.
func (r *reader) index(n *node) {
	if id := attr(n, "ID"); id != "" && r.ids[id] == nil {
		r.ids[id] = n
	}
	if n.Local == "originalText" {
		r.claim(n)
	}
	for c := n.First; c != nil; c = c.Next {
		r.index(c)
	}
}

// words is the text of an ED or ST: its own, and what its reference points to in
// the narrative.
func (r *reader) words(n *node) string {
	if n == nil {
		return ""
	}
	own := strings.TrimSpace(n.Text())
	if ref := child(n, "reference"); ref != nil {
		own = joinWords(" ", own, strings.TrimSpace(ref.Tail()))
		if t := r.target(ref); t != nil {
			if r.repeats(t) {
				return own
			}
			return together(own, r.quote(t))
		}
		if attr(ref, "value") != "" {
			r.remark(record.Information, ref, "a reference to text that is not in the document; it is not followed")
		}
		return own
	}
	if n.First != nil {
		return r.quote(n)
	}
	return own
}

// repeats says that t is a row of a document that package ccd wrote: such a row
// repeats its entry, and would tell every word of it twice.
func (r *reader) repeats(t *node) bool {
	return r.own && t.Local == "tr"
}

// claim notes for which code an originalText quotes the narrative. Words that two
// different codes call their own, a drug and the reaction to it, can be those of
// one of them at most.
func (r *reader) claim(n *node) {
	id, ok := strings.CutPrefix(attr(child(n, "reference"), "value"), "#")
	code := ""
	for c := n.Parent; c != nil && code == ""; c = child(c, "translation") {
		code = attr(c, "code")
	}
	if !ok || code == "" {
		return
	}
	if first := r.claims[id]; first == "" {
		r.claims[id] = code
	} else if first != code {
		r.disputed[id] = true
	}
}

// together joins an element's own text and the quotation beside it. Many senders
// write the same words in both: those are said once.
func together(own, quoted string) string {
	a, b := strings.ToLower(oneLine(own)), strings.ToLower(oneLine(quoted))
	switch {
	case strings.Contains(b, a):
		return quoted
	case strings.Contains(a, b):
		return own
	}
	return own + " " + quoted
}

// quote is the plain text of a narrative element, within the limits.
func (r *reader) quote(n *node) string {
	if s, ok := r.quotes[n]; ok {
		return s
	}
	s := r.render(n).Plain()
	if len(s) > quoteLimit {
		s = strings.ToValidUTF8(s[:quoteLimit], "") + " …"
	}
	if r.quoted += len(s); r.quoted > quotesLimit {
		return ""
	}
	r.quotes[n] = s
	return s
}

// label is words in one line.
func (r *reader) label(n *node) string { return oneLine(r.words(n)) }

// original is the originalText of a code. A reference to a whole row, list or
// section is no name: it is used only where the code gives none. Words that
// another code claims too stand behind the code's own name.
func (r *reader) original(n *node, c record.Concept) string {
	if n == nil {
		return ""
	}
	if t := r.target(child(n, "reference")); t != nil && c.Words() != "" {
		switch t.Local {
		case "tr", "table", "tbody", "list", "text", "section":
			return ""
		}
	}
	s := r.label(n)
	if strings.Trim(s, "-–—. ") == "" {
		return ""
	}
	id := strings.TrimPrefix(attr(child(n, "reference"), "value"), "#")
	if name := c.Words(); name != "" && r.disputed[id] && !alike(name, s) {
		return name + " (in the text: " + s + ")"
	}
	return s
}

// alike says that one of two names holds the other.
func alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}
