package fhir

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/record"
)

// nestingLimit is how many open elements of a narrative are kept; deeper ones
// lose their formatting, not their text.
const nestingLimit = 60

// renamed says what becomes of an element of FHIR narrative
// (https://hl7.org/fhir/R4/narrative.html). Elements
// that are not listed lose their tags too, so hidden text becomes visible.
var renamed = map[string]string{
	"em": "i", "cite": "i", "var": "i", "dfn": "i", "strong": "b", "ins": "u", "del": "s", "strike": "s",
	"h1": "h4", "h2": "h4", "h3": "h4", "h5": "h4", "h6": "h4", "blockquote": "p",
}

// inlineElement are the elements that begin no new line.
var inlineElement = map[string]bool{"b": true, "i": true, "u": true, "s": true, "sub": true, "sup": true}

// dropped are the elements whose content is no text for people.
var dropped = map[string]bool{"script": true, "style": true}

// narrativeOf makes a Narrative of a resource's or section's text.
func narrativeOf(text value) record.Narrative { return sanitised(text.TextOf("div")) }

// sanitised keeps words, and of the markup only [record.NarrativeElements]
// without attributes: no script, link, picture, style or form survives.
func sanitised(div string) record.Narrative {
	if div == "" {
		return ""
	}
	if n, ok := sanitisedPlain(div); ok {
		return n
	}
	return sanitisedFully(div)
}

func sanitisedFully(div string) record.Narrative {
	s := sanitiser{z: html.NewTokenizer(strings.NewReader(div))}
	s.z.AllowCDATA(true)
	for {
		switch s.z.Next() {
		case html.ErrorToken:
			return s.w.Narrative()
		case html.TextToken:
			s.text(string(s.z.Text()))
		case html.StartTagToken:
			s.start(false)
		case html.SelfClosingTagToken:
			s.start(true)
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.end(string(name))
		}
	}
}

type sanitiser struct {
	z       *html.Tokenizer
	w       record.NarrativeWriter
	open    []string
	hush    string // the element whose content is dropped
	inBlock bool   // words since the last block
	between bool   // a block of words ended, and no other began
}

func (s *sanitiser) text(t string) {
	if s.hush != "" {
		return
	}
	words := strings.TrimSpace(t) != ""
	if s.between && words {
		s.w.Open("br", "", "")
		s.between = false
	}
	s.w.Text(t)
	s.inBlock = s.inBlock || words
}

func (s *sanitiser) start(closed bool) {
	name, attrs := s.tag()
	if dropped[name] && !closed {
		s.hush = name
		return
	}
	s.z.NextIsNotRawText() // in XHTML a title or textarea holds markup, and <iframe/> is closed
	if s.hush != "" {
		return
	}
	if alt := strings.TrimSpace(attrs["alt"]); name == "img" && alt != "" {
		s.text("[picture: " + alt + "]")
	}
	s.begin(name, attrs["colspan"], attrs["rowspan"], closed)
}

// begin opens an element, under the name that it has in FHIR or in a Narrative.
func (s *sanitiser) begin(name, colspan, rowspan string, closed bool) {
	if to := renamed[name]; to != "" {
		name = to
	}
	switch {
	case name == "br" || name == "hr":
		s.w.Open("br", "", "")
	case !record.NarrativeElements[name]:
		s.blockBreak(name)
	case closed: // an empty cell keeps its place in the table
		s.w.Open(name, colspan, rowspan)
		s.w.Close(name)
	case len(s.open) >= nestingLimit:
	default:
		s.w.Open(name, colspan, rowspan)
		s.open = append(s.open, name)
		s.inBlock = s.inBlock && inlineElement[name]
		s.between = s.between && inlineElement[name]
	}
}

// tag is the element at hand, under the name that a Narrative has for it.
func (s *sanitiser) tag() (name string, attrs map[string]string) {
	raw, more := s.z.TagName()
	name = string(raw)
	attrs = map[string]string{}
	for more {
		var k, v []byte
		k, v, more = s.z.TagAttr()
		attrs[string(k)] = string(v)
	}
	if to := renamed[name]; to != "" {
		name = to
	}
	return name, attrs
}

// blockBreak keeps the words of two div apart.
func (s *sanitiser) blockBreak(name string) {
	if name != "div" && name != "section" && name != "article" && name != "form" {
		return
	}
	s.between, s.inBlock = s.between || s.inBlock, false
}

func (s *sanitiser) end(name string) {
	if s.hush != "" {
		if name == s.hush {
			s.hush = ""
		}
		return
	}
	if to := renamed[name]; to != "" {
		name = to
	}
	s.blockBreak(name)
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i] == name {
			s.open = s.open[:i]
			s.w.Close(name)
			s.inBlock = s.inBlock && inlineElement[name]
			return
		}
	}
}
