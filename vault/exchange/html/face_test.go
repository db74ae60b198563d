package html_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
)

// read exports a selection and reads the page's words as a reader sees them.
func read(t *testing.T) sheettest.Export {
	return func(sel exchange.Selection) sheettest.Face {
		t.Helper()
		var b bytes.Buffer
		if err := html.Format.Export(context.Background(), &b, sel); err != nil {
			t.Fatal(err)
		}
		root := parse(t, b.String())
		f := sheettest.Face{Sections: map[string]string{}, Lists: map[string]string{}}
		f.All = text(root)
		for n := range root.Descendants() {
			if n.Data != "section" || attr(n, "id") == "" {
				continue
			}
			if id := attr(n, "id"); id == "summary" {
				f.Front = text(n)
			} else {
				f.Sections[id] = text(n)
				lists(f.Lists, id, n)
			}
		}
		return f
	}
}

func parse(t testing.TB, page string) *xhtml.Node {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// lists files the words after each h3 under its title: of its siblings up to
// the next one, or of the details that it sums up.
func lists(into map[string]string, id string, section *xhtml.Node) {
	title := ""
	for c := range section.ChildNodes() {
		switch {
		case c.Data == "h3":
			title = text(c.FirstChild)
		case c.Data == "details":
			for h := range c.Descendants() {
				if h.Data == "h3" {
					into[id+"/"+text(h)] = text(c)
				}
			}
		default:
			into[id+"/"+title] += text(c) + " "
		}
	}
}

func attr(n *xhtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text is the visible words of a node; a mark counts as what it stands for.
func text(n *xhtml.Node) string {
	var b strings.Builder
	var walk func(*xhtml.Node)
	walk = func(n *xhtml.Node) {
		switch {
		case n.Type == xhtml.TextNode:
			b.WriteString(n.Data)
			return
		case n.Data == "script" || n.Data == "style":
			return
		case n.Data == "abbr":
			b.WriteString(attr(n, "title"))
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		switch n.Data {
		case "td", "th", "p", "dt", "dd", "li", "h1", "h2", "h3", "h4", "div", "tr", "summary":
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
