package html_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func narrativeElement(name string) bool { return record.NarrativeElements[name] }

func table(rows string) string { return "<table><tbody>" + rows + "</tbody></table>" }

func TestNarrative(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"paragraph", "<p>One <b>two</b></p>", "<p>One <b>two</b></p>"},
		{"table", table(`<tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr>`), table(`<tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr>`)},
		{"columns without cells", table(`<tr><td colspan="3">a</td></tr><tr><td>b</td></tr>`), table(`<tr><td>a</td></tr><tr><td>b</td></tr>`)},
		{"rows that are not there", table(`<tr><td rowspan="7">a</td><td>b</td></tr><tr><td>c</td></tr>`), table(`<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>`)},
		{"cells over each other", table(`<tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td></tr>`), table(`<tr><td>a</td><td rowspan="2">b</td></tr><tr><td>c</td></tr>`)},
		{"column between", table(`<tr><td colspan="2">a</td><td>b</td></tr><tr><td colspan="2">c</td><td>d</td></tr>`), table(`<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>`)},
		{"attributes", `<td-x></td-x><p onclick="x" style="y" class="z">a</p>`, "<p>a</p>"},
		{"script", "<p>a</p><script>alert(1)</script>", "<p>a</p>"},
		{"block in a paragraph", "<p>a<ul><li>b</li></ul></p>", "<p>a</p><ul><li>b</li></ul>"},
		{"block in words", "<b>a<p>b</p></b>", "<b>a<br>b</b>"},
		{"item without a list", "<li>a</li><li>b</li>", "a<br>b"},
		{"words in a list", "<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"},
		{"entities", "<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := sheettest.New(&record.Patient{})
			l.Add(&record.DocumentReference{Title: "Note", Section: []record.Section{{Title: "Part", Text: record.Narrative(test.in)}}}, sheettest.Self())
			page := export(t, l, exchange.Scope{})
			_, rest, _ := strings.Cut(page, `<div class="narrative" dir="auto">`)
			got, _, _ := strings.Cut(rest, "</div>")
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
