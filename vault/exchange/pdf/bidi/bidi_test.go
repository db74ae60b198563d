package bidi_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	xbidi "golang.org/x/text/unicode/bidi"

	"github.com/carnet-phr/carnet/vault/exchange/pdf/bidi"
)

// conformance is the Unicode Consortium's own test, where the system has it.
const conformance = "/usr/share/unicode/BidiCharacterTest.txt"

func TestConformance(t *testing.T) {
	f, err := os.Open(conformance)
	if err != nil {
		t.Skipf("the Unicode character database is not installed: %v", err)
	}
	defer f.Close()
	lines, wrong := 0, 0
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := strings.Split(s.Text(), ";")
		if len(fields) != 5 || strings.HasPrefix(s.Text(), "#") {
			continue
		}
		var text []rune
		explicit := false
		for _, x := range strings.Fields(fields[0]) {
			n, _ := strconv.ParseUint(x, 16, 32)
			explicit = explicit || n >= 0x202A && n <= 0x202E || n == 0x2029
			text = append(text, rune(n))
		}
		if explicit {
			continue // embeddings and overrides are not shown
		}
		lines++
		d := map[string]bidi.Direction{"0": bidi.LTR, "1": bidi.RTL, "2": bidi.Auto}[fields[1]]
		got, want := bidi.Levels(text, d), strings.Fields(fields[3])
		for i, l := range got {
			if want[i] != "x" && want[i] != strconv.Itoa(l) {
				if wrong++; wrong < 10 {
					t.Errorf("%s, direction %s: got %v, want %v", fields[0], fields[1], got, want)
				}
				break
			}
		}
		order(t, got, want, strings.Fields(fields[4]))
	}
	if t.Logf("%d lines, %d wrong", lines, wrong); lines < 10_000 {
		t.Errorf("got %d lines, want the whole test", lines)
	}
}

// order holds the visual order against the test's; characters that nobody sees
// are left out there.
func order(t *testing.T, levels []int, seen, want []string) {
	t.Helper()
	var got []string
	for _, run := range bidi.Visual(levels) {
		var part []string
		for i := run.From; i < run.To; i++ {
			if seen[i] != "x" {
				part = append(part, strconv.Itoa(i))
			}
		}
		if run.RTL() {
			slices.Reverse(part)
		}
		got = append(got, part...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got the order %v, want %v", got, want)
	}
}

// TestNumbersStandWhereTheyAreRead has what would mislead: a dose torn from its
// unit, a bound turned round.
func TestNumbersStandWhereTheyAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"Penicillin 500 mg":               "Penicillin 500 mg",
		"דם 12.5":                         "12.5 םד",
		"(דם) 5":                          "5 (םד)",
		"BP 120/80":                       "BP 120/80",
		"a \u2068דם\u2069, 12 March 2020": "a \u2068םד\u2069, 12 March 2020",
	} {
		if got := seen(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// seen is a text as it stands on paper, from left to right.
func seen(s string) string {
	text := []rune(s)
	var out []rune
	for _, run := range bidi.Visual(bidi.Levels(text, bidi.Auto)) {
		part := slices.Clone(text[run.From:run.To])
		if run.RTL() {
			part = []rune(xbidi.ReverseString(string(part)))
		}
		out = append(out, part...)
	}
	return string(out)
}

func FuzzLevels(f *testing.F) {
	for _, s := range []string{"", "abc", "שלום 12 abc", "\u2067a\u2069\u2068ب\u2069", "((ب[)a]", "1,2ب3%$"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		levels := bidi.Levels(text, bidi.Auto)
		taken := make([]bool, len(text))
		for _, run := range bidi.Visual(levels) {
			for i := run.From; i < run.To; i++ {
				if taken[i] {
					t.Fatalf("%q: character %d stands twice", s, i)
				}
				taken[i] = true
			}
		}
		if slices.Contains(taken, false) {
			t.Fatalf("%q: a character is lost", s)
		}
	})
}
