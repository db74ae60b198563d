package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// narrativeElements gives the element of the closed set for each of the
// narrative block (CDA R2, section 4.3.5). What is not listed keeps its text and
// loses its tags; colgroup and col hold no text.
var narrativeElements = map[string]string{
	"paragraph": "p", "list": "ul", "item": "li", "table": "table", "caption": "caption", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot",
	"tr": "tr", "th": "th", "td": "td", "br": "br", "sub": "sub", "sup": "sup", "footnote": "p",
}

// render turns the narrative of n into the closed set. No attribute survives but
// spans of cells; a link is its words; a picture is a note of where it was.
func (r *reader) render(n *node) record.Narrative {
	var w record.NarrativeWriter
	r.inside(&w, n)
	return w.Narrative()
}

func (r *reader) inside(w *record.NarrativeWriter, n *node) {
	w.Text(n.Text())
	for c := n.First; c != nil; c = c.Next {
		r.block(w, c)
		w.Text(c.Tail())
	}
}

func (r *reader) block(w *record.NarrativeWriter, n *node) {
	if n.Space != hl7 {
		return // an inclusion, a script or a picture of another language: never shown, never followed
	}
	switch n.Local {
	case "renderMultiMedia":
		w.Text("[picture" + mediaCaption(n) + "]")
		return
	case "reference", "col", "colgroup":
		return
	case "caption":
		if n.Parent != nil && n.Parent.Local != "table" {
			r.caption(w, n)
			return
		}
	case "list":
		if c := child(n, "caption"); c != nil {
			w.Open("p", "", "")
			r.bold(w, c)
			w.Close("p")
		}
	}
	r.element(w, n)
}

// element writes an element of the closed set, or only its inside.
func (r *reader) element(w *record.NarrativeWriter, n *node) {
	name := narrativeElements[n.Local]
	if n.Local == "list" && strings.EqualFold(attr(n, "listType"), "ordered") {
		name = "ol"
	}
	if name != "" {
		w.Open(name, attr(n, "colspan"), attr(n, "rowspan"))
	}
	styles := styleElements(attr(n, "styleCode"))
	for _, s := range styles {
		w.Open(s, "", "")
	}
	r.inside(w, n)
	for i := len(styles) - 1; i >= 0; i-- {
		w.Close(styles[i])
	}
	if name != "" && name != "br" {
		w.Close(name)
	}
}

// caption writes the heading of anything but a table. That of a list was written
// before it.
func (r *reader) caption(w *record.NarrativeWriter, n *node) {
	if n.Parent.Local == "list" {
		return
	}
	r.bold(w, n)
	w.Open("br", "", "")
}

func (r *reader) bold(w *record.NarrativeWriter, n *node) {
	w.Open("b", "", "")
	r.inside(w, n)
	w.Close("b")
}

// styleElements are bold, italics and underline of a styleCode; no other word of
// it counts.
func styleElements(code string) []string {
	if code == "" {
		return nil
	}
	var out []string
	for _, word := range strings.Fields(code) {
		switch strings.ToLower(word) {
		case "bold":
			out = append(out, "b")
		case "italics":
			out = append(out, "i")
		case "underline":
			out = append(out, "u")
		}
	}
	return out
}

func mediaCaption(n *node) string {
	if c := oneLine(content(child(n, "caption"))); c != "" {
		return ": " + c
	}
	return ""
}
