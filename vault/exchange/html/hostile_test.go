package html_test

import (
	"encoding/json"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
)

// ours are the elements that the template writes besides those of a narrative.
var ours = map[string]bool{
	"html": true, "head": true, "meta": true, "title": true, "style": true, "script": true, "body": true, "header": true, "main": true, "nav": true, "section": true,
	"form": true, "label": true, "input": true, "select": true, "option": true, "output": true, "a": true, "abbr": true, "bdi": true, "span": true, "div": true,
	"h1": true, "h2": true, "h3": true, "details": true, "summary": true, "figure": true, "figcaption": true,
	"ol": true, "p": true, "fieldset": true, "legend": true, "textarea": true, "template": true, "button": true, "br": true, "svg": true, "path": true, "circle": true, "rect": true, "line": true, "text": true,
}

func TestHostileTextStaysText(t *testing.T) {
	clean := counts(sheettest.Parse(t, export(t, sheettest.Hostile("plain"), exchange.Scope{For: "plain"})))
	for _, payload := range sheettest.Payloads {
		root := sheettest.Parse(t, export(t, sheettest.Hostile(payload), exchange.Scope{For: payload}))
		got := counts(root)
		for _, name := range []string{"script", "style", "form", "input", "meta", "svg"} {
			if got[name] != clean[name] {
				t.Errorf("payload %q: got %d %s elements, want %d", payload, got[name], name, clean[name])
			}
		}
		for n := range root.Descendants() {
			if n.Type == xhtml.ElementNode {
				inspect(t, payload, n)
			}
		}
	}
}

// active attributes load, run or style something.
var active = map[string]bool{"style": true, "src": true, "srcset": true, "srcdoc": true, "action": true, "formaction": true, "data": true, "background": true, "poster": true, "xlink:href": true}

func inspect(t *testing.T, payload string, n *xhtml.Node) {
	t.Helper()
	if !ours[n.Data] && !narrativeElement(n.Data) {
		t.Errorf("payload %q: got the element %s, want none like it", payload, n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on") || active[a.Key]:
			t.Errorf("payload %q: got the attribute %s on %s, want none", payload, a.Key, n.Data)
		case a.Key == "href" && !strings.HasPrefix(a.Val, "#"):
			t.Errorf("payload %q: got a link out of the page, want none", payload)
		case n.Data == "meta" && a.Key == "http-equiv" && a.Val != "Content-Security-Policy":
			t.Errorf("payload %q: got a meta of %s, want none", payload, a.Val)
		}
	}
	if n.Data == "script" && sheettest.Attr(n, "type") == "application/json" { // no script: a browser runs none of it
		if sheettest.Attr(n, "id") != "whose" || !json.Valid([]byte(n.FirstChild.Data)) {
			t.Errorf("payload %q: got another block of data than ours, or a broken one", payload)
		}
		return
	}
	if n.Data == "script" && n.FirstChild.Data != assets.PageScript || n.Data == "style" && n.FirstChild.Data != assets.PageStyle {
		t.Errorf("payload %q: got another %s than ours", payload, n.Data)
	}
}

func counts(root *xhtml.Node) map[string]int {
	c := map[string]int{}
	for n := range root.Descendants() {
		if n.Type == xhtml.ElementNode {
			c[n.Data]++
		}
	}
	return c
}

func TestOverridesAreSpelledOut(t *testing.T) {
	page := export(t, sheettest.Hostile("\u202Egnp.exe\u202C\x1b"), exchange.Scope{})
	for _, bad := range []string{"\u202E", "\u202C", "\x1b"} {
		if strings.Contains(page, bad) {
			t.Errorf("got the character %q, want it spelled out", bad)
		}
	}
	if !strings.Contains(page, "⟦U+202E⟧gnp.exe⟦U+202C⟧⟦U+001B⟧") {
		t.Error("got no spelled-out override, want one")
	}
}

func TestPolicyNamesStyleAndScript(t *testing.T) {
	root := sheettest.Parse(t, export(t, sheettest.Realistic(), exchange.Scope{}))
	policy := ""
	for n := range root.Descendants() {
		if n.Data == "meta" && sheettest.Attr(n, "http-equiv") != "" {
			policy = sheettest.Attr(n, "content")
		}
	}
	for n := range root.Descendants() {
		if n.Data == "script" && sheettest.Attr(n, "type") == "" || n.Data == "style" {
			if want := n.Data + "-src '" + hash(n.FirstChild.Data) + "'"; !strings.Contains(policy, want) {
				t.Errorf("policy: got %q, want %q in it", policy, want)
			}
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") {
		t.Errorf("policy: got %q, want nothing allowed by default", policy)
	}
}
