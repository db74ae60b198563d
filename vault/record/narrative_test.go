package record_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestNarrativeWriter(t *testing.T) {
	var w record.NarrativeWriter
	w.Open("script", "", "")
	w.Text("alert(1)")
	w.Open("table", "", "")
	w.Open("tr", "", "")
	w.Open("td", "2", `1" onclick="x`)
	w.Text("a < b & c")
	w.Close("td")
	w.Open("td", "", "")
	w.Text("d\x00\u0007e")
	w.Close("table")
	w.Open("p", "", "")
	w.Text("left open")
	got := w.Narrative()
	want := record.Narrative(`alert(1)<table><tr><td colspan="2">a &lt; b &amp; c</td><td>de</td></tr></table><p>left open</p>`)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if plain := got.Plain(); plain != "alert(1)\na < b & c | de\nleft open" {
		t.Errorf("plain: %q", plain)
	}
	var empty record.NarrativeWriter
	empty.Open("p", "", "")
	empty.Text("  \n ")
	if n := empty.Narrative(); n != "" {
		t.Errorf("a narrative without words is %q", n)
	}
}

func TestPlainKeepsInlineWordsTogether(t *testing.T) {
	for in, want := range map[record.Narrative]string{
		"<p>a <b>bold</b> word</p>":                        "a bold word",
		"<p>H<sub>2</sub>O</p>":                            "H2O",
		"<ul><li>one</li><li>two</li></ul>":                "one\ntwo",
		"<p>x<br/>y</p>":                                   "x\ny",
		"<table><tr><th>A</th><th>B</th></tr></table>tail": "A | B\ntail",
	} {
		if got := in.Plain(); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func FuzzNarrative(f *testing.F) {
	f.Add("p", "text", "<b>")
	f.Add("td", "&amp;", "\x00")
	f.Add("td", "| |", "\u00a0")
	f.Fuzz(func(t *testing.T, name, a, b string) {
		var w record.NarrativeWriter
		w.Open(name, a, b)
		w.Text(a)
		w.Open("td", b, a)
		w.Text(b)
		w.Close(name)
		n := string(w.Narrative())
		if strings.Count(n, "<") != strings.Count(n, ">") {
			t.Errorf("unbalanced: %q", n)
		}
		if n != "" && strings.TrimSpace(w.Narrative().Plain()) == "" {
			t.Errorf("no words: %q", n)
		}
	})
}

func TestRaisedFiguresStayApart(t *testing.T) {
	for n, want := range map[record.Narrative]string{
		"<p>4.2 x 10<sup>9</sup>/L</p>":               "4.2 x 10⁹/L",
		"<p>10<sup>-3</sup> mol, Ca<sup>2+</sup></p>": "10⁻³ mol, Ca²⁺",
		"<p>5 m<sup>th</sup> H<sub>2</sub>O</p>":      "5 m^th H2O",
		"<p>a<sup></sup>b</p>":                        "ab",
	} {
		if got := n.Plain(); got != want {
			t.Errorf("%s: got %q, want %q", n, got, want)
		}
	}
}
