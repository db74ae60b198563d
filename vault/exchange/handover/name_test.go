package handover

import (
	"strings"
	"testing"
)

func TestSafeNames(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Labs.pdf", "Labs.pdf"},
		{"folder/Labs.pdf", "Labs.pdf"},
		{`..\..\evil.pdf`, "evil.pdf"},
		{"../..", "file"},
		{"", "file"},
		{"a:b*c?.txt", "a_b_c_.txt"},
		{"CON", "_CON"},
		{"com1.txt", "_com1.txt"},
		{"LPT².log", "_LPT².log"},
		{"nul.tar.gz", "_nul.tar.gz"},
		{"name. .", "name"},
		{".hidden", "hidden"},
		{"setup.EXE", "setup.EXE.bin"},
		{"gnp\u202Eexe.png", "gnp_U+202E_exe.png"},
		{"a\x00b\n.txt", "a_U+0000_b_.txt"},
		{"e\u0301.txt", "é.txt"},
		{strings.Repeat("ä", 200) + ".pdf", strings.Repeat("ä", 48) + ".pdf"},
	} {
		if got := safeName(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func TestNamesAreUniqueWithoutRegardToCase(t *testing.T) {
	n := newNames()
	for _, test := range []struct{ in, want string }{{"a.pdf", "a.pdf"}, {"A.PDF", "A (2).PDF"}, {"b/a.pdf", "a (3).pdf"}, {"a (2).pdf", "a (2) (2).pdf"}} {
		if got := n.take(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}
