package sheettest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page reads the words of a page as a reader sees them.
func Page(t testing.TB, page string) Face {
	t.Helper()
	root := Parse(t, page)
	f := Face{All: Text(root), Sections: map[string]string{}, Lists: map[string]string{}}
	for n := range root.Descendants() {
		if n.Data != "section" || Attr(n, "id") == "" {
			continue
		}
		if id := Attr(n, "id"); id == "summary" {
			f.Front = Text(n)
		} else {
			f.Sections[id] = Text(n)
			lists(f.Lists, id, n)
		}
	}
	return f
}

// Parse is the tree of a page.
func Parse(t testing.TB, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// lists files the words after each h3 under its title: of its siblings up to
// the next one, or of the details that it sums up.
func lists(into map[string]string, id string, section *html.Node) {
	title := ""
	for c := range section.ChildNodes() {
		switch {
		case c.Data == "h3":
			title = Text(c.FirstChild)
		case c.Data == "details":
			for h := range c.Descendants() {
				if h.Data == "h3" {
					into[id+"/"+Text(h)] = Text(c)
				}
			}
		default:
			into[id+"/"+title] += Text(c) + " "
		}
	}
}

// Attr is an attribute of an element; "" where it has none.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// Text is the visible words of a node; a mark counts as what it stands for.
func Text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Data == "script" || n.Data == "style":
			return
		case n.Data == "abbr":
			b.WriteString(Attr(n, "title"))
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
