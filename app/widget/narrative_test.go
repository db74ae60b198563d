package widget

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestParseNarrative(t *testing.T) {
	blocks := ParseNarrative("<h4>Plan</h4><p>Take <b>one</b> a day.<br/>With food.</p><ul><li>Walk<ol><li>daily</li><li>slowly</li></ol></li><li>Rest</li></ul><table><tr><th>Test</th><th>Value</th></tr><tr><td rowspan=\"2\">HbA1c</td><td>7.1</td></tr><tr><td>6.9</td></tr></table>")
	var got []string
	for _, b := range blocks {
		switch b.Kind {
		case Table:
			for _, row := range b.Cells {
				var cells []string
				for _, c := range row {
					cells = append(cells, Text(c.Runs))
				}
				got = append(got, "row "+strings.Join(cells, "|"))
			}
		case Item:
			got = append(got, strings.Repeat(" ", b.Depth)+b.Mark+" "+Text(b.Runs))
		default:
			got = append(got, Text(b.Runs))
		}
	}
	want := []string{"Plan", "Take one a day.\nWith food.", "• Walk", " 1. daily", " 2. slowly", "• Rest", "row Test|Value", "row HbA1c|7.1", "row |6.9"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestNarrativeKeepsEveryWord compares the blocks with the plain words.
func TestNarrativeKeepsEveryWord(t *testing.T) {
	for _, n := range []record.Narrative{
		"<p>NOT allergic to <i>penicillin</i></p>loose words",
		"<dl><dt>Allergies</dt><dd>none</dd></dl><pre>a  b\n c</pre>",
		"<table><caption>Labs</caption><thead><tr><th colspan=\"2\">All</th></tr></thead><tbody><tr><td><ul><li>one</li><li>two</li></ul></td><td><table><tr><td>inner</td></tr></table></td></tr></tbody></table>",
		"<li>without a list</li>", "<ul><li><p>first</p><p>second</p></li></ul>",
	} {
		var all strings.Builder
		for _, b := range ParseNarrative(n) {
			all.WriteString(Text(b.Runs) + " ")
			for _, row := range b.Cells {
				for _, c := range row {
					all.WriteString(Text(c.Runs) + " ")
				}
			}
		}
		for _, w := range strings.Fields(strings.ReplaceAll(n.Plain(), "|", " ")) {
			if !strings.Contains(all.String(), w) {
				t.Errorf("%q lost %q: %q", n, w, all.String())
			}
		}
	}
}

func TestSplitText(t *testing.T) {
	long := strings.Repeat("word ", 1000) + strings.Repeat("ä", 3000)
	var letters int
	for _, p := range SplitText(long, 100) {
		if len(p) > 100 {
			t.Fatalf("a piece of %d bytes", len(p))
		}
		letters += strings.Count(p, "ä")
	}
	if letters != 3000 {
		t.Errorf("%d letters of 3000 kept", letters)
	}
}

func TestCut(t *testing.T) {
	measure := func(s string) float32 { return float32(len([]rune(s))) }
	for _, c := range []struct {
		text  string
		width float32
		want  string
	}{{"Glucose", 10, "Glucose"}, {"Glucose", 4, "Glu…"}, {"Größe", 4, "Grö…"}, {"Glucose", 0, ""}} {
		if got := Cut(c.text, c.width, measure); got != c.want {
			t.Errorf("%q in %v: got %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
