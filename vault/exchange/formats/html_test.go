package formats_test

import (
	"bytes"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/html"
)

// TestPageHoldsEveryoneOnce reads the page of every sample person: each entry,
// test, result and note of the sheet stands in its section, and none twice; every
// link leads somewhere.
func TestPageHoldsEveryoneOnce(t *testing.T) {
	people, results := 0, 0
	everyPerson(t, func(name string, sel exchange.Selection) {
		var b bytes.Buffer
		if err := html.Export(t.Context(), &b, sel); err != nil {
			t.Fatal(err)
		}
		root, err := xhtml.Parse(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		results += comparePage(t, name, root, sheet.Build(sel))
		people++
	})
	t.Logf("%d people, %d results", people, results)
}

// comparePage compares a page with its sheet and gives the number of results.
func comparePage(t *testing.T, name string, root *xhtml.Node, s *sheet.Sheet) (results int) {
	t.Helper()
	ids, links := map[string]*xhtml.Node{}, []string{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] != nil {
				t.Errorf("%s: the id %s stands twice", name, id)
			}
			ids[id] = n
		}
		if href := attribute(n, "href"); n.Data == "a" {
			links = append(links, strings.TrimPrefix(href, "#"))
		}
	}
	for _, l := range links {
		if ids[l] == nil {
			t.Errorf("%s: a link leads to %q, which is not there", name, l)
		}
	}
	for _, part := range s.Sections {
		rows, points := 0, 0
		for _, x := range part.Tables {
			rows += len(x.Rows)
		}
		for _, x := range part.Tests {
			points += len(x.Points)
		}
		rows += len(part.Tests) + len(part.Notes)
		results += points
		if ids[part.ID] == nil {
			t.Errorf("%s: the section %s is not there", name, part.ID)
			continue
		}
		gotRows, gotPoints, values := 0, 0, []string{}
		for n := range ids[part.ID].Descendants() {
			if n.Type != xhtml.ElementNode {
				continue
			}
			if has(n, "data-r") {
				gotRows++
			}
			if has(n, "data-p") {
				gotPoints++
				values = append(values, words(n))
			}
		}
		if gotRows != rows || gotPoints != points {
			t.Errorf("%s, %s: got %d entries and %d results, want %d and %d", name, part.ID, gotRows, gotPoints, rows, points)
			continue
		}
		for _, x := range part.Tests {
			for _, p := range x.Points {
				if got := values[0]; !strings.Contains(got, squeeze(p.Value)) || !strings.Contains(got, squeeze(p.Unit)) || !strings.Contains(got, squeeze(p.Date)) || !strings.Contains(got, squeeze(p.Flag)) {
					t.Errorf("%s, %s: a result is not as its source has it", name, part.ID)
				}
				values = values[1:]
			}
		}
	}
	return results
}

func attribute(n *xhtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *xhtml.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// words are the words of a node without any space.
func words(n *xhtml.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == xhtml.TextNode {
			b.WriteString(c.Data)
		}
	}
	return squeeze(b.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
