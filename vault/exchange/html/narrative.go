package html

import (
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/carnet-phr/carnet/vault/record"
)

// cleaner lets the elements of a [record.Narrative] pass and nothing else, and
// puts them into an order that HTML allows.
type cleaner struct{ policy *bluemonday.Policy }

var spanValue = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)

func newCleaner() *cleaner {
	p := bluemonday.NewPolicy()
	for name := range record.NarrativeElements {
		p.AllowElements(name)
	}
	p.AllowAttrs("colspan", "rowspan").Matching(spanValue).OnElements("td", "th")
	return &cleaner{p}
}

func (c *cleaner) clean(n record.Narrative) string {
	safe := record.Visible(c.policy.Sanitize(string(n)))
	nodes, err := html.ParseFragment(strings.NewReader(safe), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return html.EscapeString(n.Plain())
	}
	root := &html.Node{Type: html.ElementNode, Data: "div"}
	for _, x := range nodes {
		root.AppendChild(x)
	}
	fitSpans(root)
	var b strings.Builder
	writeChildren(&b, root, flow)
	return b.String()
}

// model is what may stand inside an element.
type model int

const (
	flow   model = iota // blocks and words
	phrase              // words alone
	list                // li alone
	terms               // dt and dd alone
	rows                // the parts of a table
)

var inside = map[string]model{
	"p": phrase, "b": phrase, "i": phrase, "u": phrase, "s": phrase, "sub": phrase, "sup": phrase, "pre": phrase, "h4": phrase, "dt": phrase,
	"ul": list, "ol": list, "dl": terms, "table": rows, "thead": rows, "tbody": rows, "tfoot": rows, "tr": rows,
	"li": flow, "td": flow, "th": flow, "dd": flow, "caption": flow,
}

// fits says whether an element may stand inside a model.
func fits(name string, in model) bool {
	switch name {
	case "b", "i", "u", "s", "sub", "sup", "br":
		return in == flow || in == phrase
	case "li":
		return in == list
	case "dt", "dd":
		return in == terms
	case "caption", "thead", "tbody", "tfoot", "tr", "td", "th":
		return in == rows
	}
	return in == flow
}

// writeNode writes a node. One that may not stand where it does gives its
// content alone, with a break where it was a block.
func writeNode(b *strings.Builder, n *html.Node, in model) {
	worded := in == flow || in == phrase
	switch {
	case n.Type == html.TextNode:
		writeText(b, n.Data, in)
	case n.Type != html.ElementNode || !record.NarrativeElements[n.Data] || n.Data == "p" && n.FirstChild == nil:
	case n.Data == "br":
		if worded {
			b.WriteString("<br>")
		}
	case fits(n.Data, in):
		writeElement(b, n)
	case worded:
		if b.Len() > 0 && n.PrevSibling != nil {
			b.WriteString("<br>")
		}
		writeChildren(b, n, in)
	default:
		wrap(b, in, func() { writeNode(b, n, flow) })
	}
}

func writeText(b *strings.Builder, text string, in model) {
	switch {
	case in == flow || in == phrase:
		b.WriteString(html.EscapeString(text))
	case strings.TrimSpace(text) != "":
		wrap(b, in, func() { b.WriteString(html.EscapeString(text)) })
	}
}

func writeElement(b *strings.Builder, n *html.Node) {
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
	}
	b.WriteByte('>')
	writeChildren(b, n, inside[n.Data])
	b.WriteString("</" + n.Data + ">")
}

// wrap puts stray content of a list or of terms into an item; a table has none,
// the parser moved it out.
func wrap(b *strings.Builder, in model, content func()) {
	name := map[model]string{list: "li", terms: "dd"}[in]
	if name == "" {
		return
	}
	b.WriteString("<" + name + ">")
	content()
	b.WriteString("</" + name + ">")
}

func writeChildren(b *strings.Builder, n *html.Node, in model) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeNode(b, c, in)
	}
}
